#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::text {

/// A word as an eye takes it, however it is written: without accents, in lower case, full-width, framed and
/// foreign letters that look Latin as those letters, digits and signs among letters as the letters they stand
/// for ("b4o", "lu©"), characters of no width left out. For comparing only, both sides alike: i and l are
/// one letter, and so is a letter written three times.
struct SeenWord {
  std::string letters;
  std::size_t at = 0;  ///< its first character's place in the text in NFC, from 1
};

/// Any thread.
[[nodiscard]] std::vector<SeenWord> seen_words(std::string_view utf8);

/// Where `phrase`, the letters of whole words, stands in `text`; nothing if nowhere. Found as well when it is
/// written without its spaces, letter by letter ("b a o l u c"), and, from six letters on, cut anywhere
/// between other words or hidden in a word longer than any syllable. Shorter ones cut anywhere would be
/// found between innocent words ("ca se" is no "case").
[[nodiscard]] std::optional<std::size_t> find_seen(const std::vector<SeenWord>& text,
                                                   const std::vector<std::string>& phrase);

/// `seen_words`, the letters alone.
[[nodiscard]] std::vector<std::string> seen_letters(std::string_view utf8);

/// The text as an eye takes it, character by character: lower-case ASCII where it looks so, other characters
/// as U+FFFD, those of no width left out. With the place of each in the text in NFC, from 1.
struct SeenChar {
  char32_t c = 0;
  std::size_t at = 0;
};
[[nodiscard]] std::vector<SeenChar> seen_chars(std::string_view utf8);

}  // namespace tongdai::text
