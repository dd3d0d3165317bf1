#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::text {

/// One word of a text, with its place there.
struct Token {
  std::string folded;      ///< as fold_words gives it: "danh"
  std::string spelt;       ///< with its letters' own marks, the tone behind them: "đánh" -> "đanh'"
  std::size_t from = 0;    ///< where it begins: characters (code points) of the text
  std::size_t length = 0;  ///< characters
  /// Was it written without any accent? Then it fits every spelling.
  [[nodiscard]] bool is_plain() const { return folded == spelt; }
};

/// The words of a text, cut and folded as fold_words does, the first `words_max` of them. The tone stands at
/// the end of `spelt`, so that "hoà" and "hòa" are one spelling. Invalid UTF-8 parts words. Any thread.
[[nodiscard]] std::vector<Token> tokens(std::string_view utf8, std::size_t words_max);

}  // namespace tongdai::text
