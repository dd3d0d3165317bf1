#pragma once

#include <expected>

#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// Appends the PDU to `out`. Error: limit or invalid, where a field is longer than SMPP 3.4 allows or a
/// C-octet string holds a NUL; `out` is then as it was. The body of a bind, submit_sm or submit_multi answer
/// is left out if `status` is not 0 (SMPP 3.4 §4.1.2, §4.4.2, §4.5.2).
[[nodiscard]] Result<void> encode(const Pdu& pdu, std::uint32_t sequence, std::uint32_t status, Bytes& out);

struct Header {
  std::uint32_t command = 0;  ///< as it came, known or not
  std::uint32_t status = 0;
  std::uint32_t sequence = 0;
};

struct Decoded {
  std::uint32_t status = 0;
  std::uint32_t sequence = 0;
  Pdu pdu;
};

/// Why a PDU was not understood, and what to say to the peer.
struct DecodeError {
  enum class Kind : std::uint8_t {
    bad_length,       ///< command_length is not the number of bytes given: a fault of the caller
    unknown_command,  ///< answer generic_nack with RINVCMDID
    bad_body,         ///< a field is cut short, or an optional parameter reaches beyond the PDU
  };
  Kind kind = Kind::bad_length;
  Header header;             ///< what is known of it
  std::uint32_t answer = 0;  ///< command_status for the answer: of its own response, or generic_nack
  std::string what;          ///< a sentence without any of the PDU's content
};

/// Reads one whole PDU, as Framer gives it. Answers may lack their body, in whole or, with a status that is
/// not 0, in part, and may break off in their optional parameters: what is missing keeps its default. Fields
/// longer than the standard allows, unknown values of status, tags and enumerations are taken as they are;
/// bytes after the last field of a PDU without optional parameters are passed over. Never throws but for lack
/// of memory.
[[nodiscard]] std::expected<Decoded, DecodeError> decode(View pdu);

}  // namespace tongdai::gateway::smpp
