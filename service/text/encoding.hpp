#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::text {

/// How a short message's characters travel (3GPP TS 23.038).
enum class Encoding : std::uint8_t {
  gsm7,  ///< default alphabet with its extension table: 160 septets, 153 a part when long
  ucs2,  ///< UTF-16BE: 70 units, 67 a part when long
};

/// What a text costs. `units` are septets (gsm7, an extension character counts two) or UTF-16 units.
struct Measure {
  Encoding encoding = Encoding::gsm7;
  std::size_t units = 0;
  std::size_t parts = 0;  ///< 1 for the empty text as well: a message is sent all the same
};

/// One message is at most this many parts: the reference's total is one octet.
inline constexpr std::size_t parts_max = 255;

/// Is every byte part of a well-formed character? Any thread.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// How many parts so many units take, if each character is one unit. At least 1. Any thread.
[[nodiscard]] std::size_t parts_of(std::size_t units, Encoding encoding) noexcept;

/// How many units of the last part are free. Any thread.
[[nodiscard]] std::size_t units_left(const Measure& measure) noexcept;

/// `utf8` in any normal form; measured in NFC. Invalid sequences count as U+FFFD. Any thread.
[[nodiscard]] Measure measure(std::string_view utf8);

/// Splits for sending: each element is one part's text in NFC, cut only between whole characters (never
/// inside an extension pair, a surrogate pair; a combining mark stays with its base where it fits), filled as
/// far as it goes. Every part travels in measure(utf8).encoding: a part of a UCS-2 text may look like GSM-7
/// when seen alone. Error: limit above parts_max.
[[nodiscard]] Result<std::vector<std::string>> split(std::string_view utf8);

/// Unpacked septets, one an octet, of a text that is all GSM-7. Error: invalid at the first character that is
/// not.
[[nodiscard]] Result<std::vector<std::uint8_t>> to_gsm7(std::string_view utf8);
/// Any octets in; what the alphabet does not have becomes U+FFFD, as does an escape at the end. An escape
/// before what the extension table does not have is passed over; two escapes are a space (3GPP TS 23.038
/// §6.2.1.1).
[[nodiscard]] std::string from_gsm7(const std::vector<std::uint8_t>& septets);
/// Big-endian, no byte order mark.
[[nodiscard]] std::vector<std::uint8_t> to_ucs2(std::string_view utf8);
/// Any octets in; lone surrogates and an odd last octet become U+FFFD.
[[nodiscard]] std::string from_ucs2(const std::vector<std::uint8_t>& octets);

/// Is every character (after NFC) in the default alphabet or its extension table?
[[nodiscard]] bool fits_gsm7(std::string_view utf8);

/// A character that has the whole text travel as UCS-2.
struct Outsider {
  std::string character;
  std::size_t at = 0;  ///< its first place in the text in NFC, from 1
};
/// Each once, in the order they come. Any thread.
[[nodiscard]] std::vector<Outsider> outside_gsm7(std::string_view utf8);

}  // namespace tongdai::text

template <>
struct tongdai::EnumNames<tongdai::text::Encoding> {
  static constexpr std::array<std::string_view, 2> names{"gsm7", "ucs2"};
};
