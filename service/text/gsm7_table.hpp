#pragma once

#include <cstdint>
#include <optional>

namespace tongdai::text {

/// Introduces a character of the extension table; none itself.
inline constexpr std::uint8_t gsm7_escape = 0x1b;

/// A character's place: in the default alphabet, or behind the escape.
struct Gsm7Place {
  std::uint8_t septet = 0;
  bool extended = false;
};

[[nodiscard]] std::optional<Gsm7Place> gsm7_find(char16_t c) noexcept;
/// The character of the default alphabet (§6.2.1); U+FFFD for the escape and above 0x7f.
[[nodiscard]] char16_t gsm7_character(std::uint8_t septet) noexcept;
/// The character behind the escape (§6.2.1.1): what the extension table does not have is read in the default
/// alphabet, a second escape as a space.
[[nodiscard]] char16_t gsm7_extension(std::uint8_t septet) noexcept;

}  // namespace tongdai::text
