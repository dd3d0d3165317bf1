#include <cstdlib>

#include "gateway_adapters/smpp/codec/message_id.hpp"
#include "gateway_adapters/smpp/codec/receipt.hpp"
#include "gateway_adapters/smpp/codec/receipt_text.hpp"
#include "gateway_adapters/smpp/codec/time_format.hpp"

/// A receipt's text, and its pieces as id and date.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tongdai::gateway::smpp;
  DeliverSm pdu;
  pdu.esm_class = 0x04;
  pdu.short_message.assign(data, data + size);
  const ReceiptReading read = read_receipt(pdu);
  if (read.id.size() > receipt_id_characters_max) std::abort();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_time(text, std::chrono::minutes(0));
  (void)canonical_id(text, IdForm::decimal);
  const std::string canonical = canonical_id(text, IdForm::hexadecimal);
  if (canonical_id(canonical, IdForm::hexadecimal) != canonical) std::abort();
  return 0;
}
