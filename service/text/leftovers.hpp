#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What stays in a text when the keyboard's input method was off, or the writer in a hurry. Pure; any thread.
namespace tongdai::text {

/// Can this be one syllable of Vietnamese, its accents taken off? "danh" can, "ddanhs", "police" cannot.
[[nodiscard]] bool is_syllable(std::string_view folded);

/// A syllable with the keys of Telex or VNI still in it, without them: "ddanhs" and "d9anh1" -> "danh",
/// "tuwj" -> "tu". nullopt if it holds none, or if no syllable remains ("stop", "has").
[[nodiscard]] std::optional<std::string> without_keys(std::string_view folded);

/// "toiiii" -> "toi", "cuuuuu" -> "cu" or "cuu": a letter that stands three times or more, `kept` times.
/// nullopt if none does.
[[nodiscard]] std::optional<std::string> without_stretching(std::string_view folded, std::size_t kept);

/// Can `a` become `b` by one slip: a letter more, less, other, or two changed about?
[[nodiscard]] bool one_slip_apart(std::string_view a, std::string_view b);

}  // namespace tongdai::text
