#include "gateway_adapters/smpp/codec/codec.hpp"
#include "gateway_adapters/smpp/codec/layout.hpp"
#include "gateway_adapters/smpp/codec/writer.hpp"

namespace tongdai::gateway::smpp {
namespace {

bool has_body(const Pdu& pdu, std::uint32_t status) {
  return status == 0 ||
         !(std::holds_alternative<BindResp>(pdu) || std::holds_alternative<SubmitSmResp>(pdu) ||
           std::holds_alternative<SubmitMultiResp>(pdu));
}

}  // namespace

Result<void> encode(const Pdu& pdu, std::uint32_t sequence, std::uint32_t status, Bytes& out) {
  const std::size_t start = out.size();
  Writer writer(out);
  writer.number(0, 4);  // the length, known at the end
  writer.number(static_cast<std::uint32_t>(command_of(pdu)), 4);
  writer.number(status, 4);
  writer.number(sequence, 4);
  if (has_body(pdu, status)) std::visit([&writer](const auto& p) { layout::body(writer, p); }, pdu);
  if (writer.fault()) {
    out.resize(start);
    return std::unexpected(
        Error{writer.fault()->code, std::string(name_of(command_of(pdu))) + ": " + writer.fault()->what});
  }
  const auto length = static_cast<std::uint32_t>(out.size() - start);
  for (std::size_t i = 0; i < 4; ++i)
    out[start + i] = static_cast<std::uint8_t>(length >> (8 * (3 - i)) & 0xff);
  return {};
}

}  // namespace tongdai::gateway::smpp
