#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "gateway_adapters/smpp/codec/tlv.hpp"

namespace tongdai::gateway::smpp {

/// How characters lie in short_message and message_payload.
enum class Alphabet : std::uint8_t {
  gsm7,    ///< unpacked septets, one an octet; `@` is 0x00
  ascii,   ///< IA5
  latin1,  ///< ISO 8859-1
  ucs2,    ///< big-endian, no byte order mark
};

/// data_coding of UCS-2 (SMPP 3.4 §5.2.19).
inline constexpr std::uint8_t data_coding_ucs2 = 0x08;

/// What a data_coding says: SMPP 3.4 §5.2.19 up to 0x0f, the groups of 3GPP TS 23.038 §4 above. 0 is the
/// centre's own default alphabet, a setting of the route. Nothing for binary, for alphabets we do not read
/// and for reserved values.
[[nodiscard]] std::optional<Alphabet> alphabet_of(std::uint8_t data_coding,
                                                  Alphabet default_alphabet) noexcept;

/// Error: invalid, if the alphabet lacks a character of `utf8` or it is not UTF-8.
[[nodiscard]] Result<Bytes> to_alphabet(std::string_view utf8, Alphabet alphabet);

/// Text that came in.
struct Words {
  std::string utf8;          ///< always well-formed, without NUL
  bool guessed = false;      ///< the octets did not fit what was said of them
  std::size_t replaced = 0;  ///< characters that could not be read: U+FFFD stands for each
};

/// Any octets in. Octets above 0x7f where there cannot be any are read as UTF-8 or as Latin-1.
[[nodiscard]] Words from_alphabet(View octets, Alphabet alphabet);
/// Octets of which nothing is known: what they most likely are.
[[nodiscard]] Words guess_words(View octets, Alphabet default_alphabet);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::Alphabet> {
  static constexpr std::array<std::string_view, 4> names{"gsm7", "ascii", "latin1", "ucs2"};
};
