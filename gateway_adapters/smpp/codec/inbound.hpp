#pragma once

#include <optional>
#include <string>

#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/smpp/codec/alphabet.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// A text that came in, with the oddities it had. Nothing is refused: a report behind a broken header is a
/// report all the same. The session counts the oddities.
struct InboundText {
  std::string sender;  ///< source_addr; with "+" where its type says international and it is a long number
  std::string line;    ///< destination_addr
  std::string text;    ///< well-formed UTF-8, without NUL
  std::optional<PartInfo> part;
  bool header_broken = false;  ///< a user data header reaches beyond the text: all of it is given as text
  bool guessed = false;        ///< data_coding is unknown, or the octets do not fit it
  std::size_t replaced = 0;    ///< characters that could not be read, U+FFFD in `text`
};

/// Reads short_message, or message_payload where that has more; the part's place from the user data header,
/// else from the sar_ parameters. `default_alphabet` is what data_coding 0 means on this route.
[[nodiscard]] InboundText read_inbound(const DeliverSm& pdu, Alphabet default_alphabet);
[[nodiscard]] InboundText read_inbound(const DataSm& pdu, Alphabet default_alphabet);

/// The octets of the text, or of a receipt: a view into `pdu`.
[[nodiscard]] View text_octets(const DeliverSm& pdu) noexcept;
[[nodiscard]] View text_octets(const DataSm& pdu) noexcept;

}  // namespace tongdai::gateway::smpp
