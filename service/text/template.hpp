#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace tongdai::text {

/// A text with places to be filled in: "Chao {name}, o {unit}". "{{" and "}}" stand for braces. A value is
/// put in as it is and never read again, so that nothing of it can name a placeholder. Immutable; any thread.
class Template {
 public:
  /// Error: invalid, with the character at which it is wrong: a brace that is not closed or closes nothing, a
  /// name that is not of a-z, 0-9 and _.
  [[nodiscard]] static Result<Template> parse(std::string_view body);

  /// What it names, sorted, each once.
  [[nodiscard]] const std::vector<std::string>& placeholders() const noexcept { return names_; }
  /// Does everybody get the same?
  [[nodiscard]] bool is_plain() const noexcept { return names_.empty(); }

  /// `values` in the order of placeholders(), one each.
  [[nodiscard]] std::string render(std::span<const std::string> values) const;

  /// The text from left to right: words as they are, or a place among placeholders().
  struct Piece {
    std::string words;
    std::optional<std::size_t> placeholder;
  };
  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }

 private:
  std::vector<Piece> pieces_;
  std::vector<std::string> names_;
};

/// Is it a name that may stand in braces?
[[nodiscard]] bool is_placeholder(std::string_view name) noexcept;

/// Characters (of what one sees) of a value; what is longer is cut. Longer than any name of a person or a
/// place.
inline constexpr std::size_t value_chars_max = 60;

/// A value as it may stand in a text: NFC, in one line, no control characters, no marks that turn the
/// direction of writing, no braces, trimmed, at most value_chars_max. "" for what could be read as a link:
/// who writes a contact list must not be able to send everybody somewhere. Any thread.
[[nodiscard]] std::string clean_value(std::string_view written);

}  // namespace tongdai::text
