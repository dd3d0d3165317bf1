#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway_adapters/smpp/codec/udh.hpp"

namespace tongdai::smsc {

using gateway::PartInfo;
using gateway::smpp::Bytes;
using gateway::smpp::View;

/// A submit_sm (SMPP 3.4 §4.4.1) where it lies, as far as the centre looks at it. Views into the PDU.
struct SubmitView {
  std::string_view source, destination;
  std::uint8_t destination_ton = 0, destination_npi = 0;
  std::uint8_t esm_class = 0, registered_delivery = 0, data_coding = 0;
  View text;  ///< short_message or message_payload, without a user data header
  std::optional<PartInfo> part;

  /// Does it ask for a receipt of success (SMPP 3.4 §5.2.17)?
  [[nodiscard]] bool wants_receipt() const { return (registered_delivery & 0x03) == 1; }
};

/// `pdu`: a whole one, with its header. Nothing if a field or an optional parameter is cut short.
[[nodiscard]] std::optional<SubmitView> read_submit(View pdu);

/// Appends what the octets say: data_coding 8 is UCS-2, 3 Latin-1, 1 ASCII, 0 the default alphabet of GSM;
/// what cannot be read is a U+FFFD.
void append_utf8(View octets, std::uint8_t data_coding, std::string& out);

}  // namespace tongdai::smsc
