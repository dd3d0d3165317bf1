#pragma once

#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "gateway_adapters/smpp/codec/alphabet.hpp"
#include "text/encoding.hpp"

namespace tongdai::gateway::smpp {

/// How a centre wants a text that does not fit into one short message.
enum class LongForm : std::uint8_t {
  udh,      ///< parts with a user data header of an 8-bit reference (3GPP TS 23.040 §9.2.3.24.1)
  sar,      ///< parts with sar_ parameters (SMPP 3.4 §5.3.2.22 to §5.3.2.24)
  payload,  ///< one PDU with all of it in message_payload (SMPP 3.4 §5.3.2.32); the centre cuts it
};

/// What one submit_sm carries of a text.
struct OutPart {
  std::uint8_t esm_class = 0;
  std::uint8_t data_coding = 0;
  Bytes bytes;  ///< short_message, with its header; at most 140 octets of UCS-2, 160 of another alphabet
  std::vector<Tlv> tlvs;
};

/// Splits `utf8` as text::split does, so that the parts are those that were counted; one part if it is short,
/// whatever the form. `reference` is the same for all parts, and of a udh only its low 8 bits travel: 16
/// would leave room for a character less than was counted. `encoding` gsm7 travels as data_coding 0 in
/// `default_alphabet`, and as UCS-2 where that alphabet lacks a character of the text. Errors: limit, above
/// 255 parts; invalid, if the text is not UTF-8 or is said to be gsm7 and is not.
[[nodiscard]] Result<std::vector<OutPart>> split_out(std::string_view utf8, text::Encoding encoding,
                                                     LongForm form, std::uint16_t reference,
                                                     Alphabet default_alphabet = Alphabet::gsm7);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::LongForm> {
  static constexpr std::array<std::string_view, 3> names{"udh", "sar", "payload"};
};
