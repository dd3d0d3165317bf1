#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/layout.hpp"
#include "gateway_adapters/smpp/codec/reader.hpp"
#include "gateway_adapters/smpp/codec/status.hpp"

namespace tongdai::gateway::smpp {
namespace {

std::uint32_t answer_to(BodyFault fault) {
  switch (fault) {
    case BodyFault::cut_short:
      return status::invalid_command_length;
    case BodyFault::bad_tlv:
      return status::invalid_tlv_stream;
    case BodyFault::bad_value:
      return status::invalid_parameter_value;
  }
  return status::system_error;
}

std::string_view sentence(BodyFault fault) {
  switch (fault) {
    case BodyFault::cut_short:
      return "the PDU ends inside it";
    case BodyFault::bad_tlv:
      return "its length reaches beyond the PDU";
    case BodyFault::bad_value:
      return "its value is unknown and decides what follows";
  }
  return "it is malformed";
}

/// An answer with nothing in it, one that says no, one whose parameters are broken: what it says stands
/// before.
bool forgives(CommandId command, const Header& header, View body, BodyFault fault) {
  return is_response(command) && (body.empty() || header.status != 0 || fault == BodyFault::bad_tlv);
}

}  // namespace

std::expected<Decoded, DecodeError> decode(View pdu) {
  using Kind = DecodeError::Kind;
  Header header;
  if (pdu.size() < header_octets || number_at(pdu, 4) != pdu.size()) {
    return std::unexpected(DecodeError{Kind::bad_length, header, status::invalid_command_length,
                                       "command_length is not the number of bytes of the PDU"});
  }
  header = {number_at(pdu.subspan(4), 4), number_at(pdu.subspan(8), 4), number_at(pdu.subspan(12), 4)};
  const auto command = command_from(header.command);
  if (!command) {
    return std::unexpected(
        DecodeError{Kind::unknown_command, header, status::invalid_command_id,
                    "command_id " + std::to_string(header.command) + " is not of SMPP 3.4"});
  }
  Decoded decoded{header.status, header.sequence, pdu_of(*command)};
  const View body = pdu.subspan(header_octets);
  Reader reader(body);
  std::visit([&reader](auto& p) { layout::body(reader, p); }, decoded.pdu);
  if (reader.fault() && !forgives(*command, header, body, reader.fault()->kind)) {
    const auto& fault = *reader.fault();
    return std::unexpected(DecodeError{Kind::bad_body, header, answer_to(fault.kind),
                                       std::string(name_of(*command)) + ": " + std::string(fault.field) +
                                           ": " + std::string(sentence(fault.kind))});
  }
  return decoded;
}

}  // namespace tongdai::gateway::smpp
