#pragma once

#include <optional>
#include <string>

#include "core/enum_names.hpp"
#include "gateway_adapters/smpp/codec/pdu.hpp"

namespace tongdai::gateway::smpp {

/// What a receipt says of a message.
enum class ReceiptState : std::uint8_t {
  pending,      ///< nothing final: on its way, accepted, or a state we do not know
  delivered,    ///< final: the handset has it
  undelivered,  ///< final: it never will
};

/// A receipt of one part.
struct ReceiptReading {
  std::string id;  ///< as the centre wrote it; "" if it gives none, or one longer than 65 characters
  bool id_from_tlv = false;  ///< receipted_message_id: written as in the answer, not as in receipts' texts
  ReceiptState state = ReceiptState::pending;
  std::string
      error;  ///< "UNDELIV", "EXPIRED err 011": state and error code as the centre has them, never text
};

/// message_state (SMPP 3.4 §5.2.28; 0 and 9 of SMPP 5.0 §4.7.15).
[[nodiscard]] ReceiptState receipt_state(std::uint32_t message_state) noexcept;
/// The word after "stat:" (SMPP 3.4 appendix B), in any case, also written out ("DELIVERED").
[[nodiscard]] ReceiptState receipt_state(std::string_view word) noexcept;

/// Is it a delivery receipt or an intermediate notification? By esm_class & 0x3C (SMPP 3.4 §5.2.12); also by
/// the pair of receipted_message_id and message_state, which no text of a person has. The words of a text
/// never make it a receipt: anybody can write them. What a handset's user acknowledges (0x08, 0x10) is a
/// text.
[[nodiscard]] bool is_receipt(const DeliverSm& pdu) noexcept;
[[nodiscard]] bool is_receipt(const DataSm& pdu) noexcept;

/// Reads what is_receipt: parameters first (SMPP 3.4 §5.3.2.12, §5.3.2.35), then the text of appendix B as
/// ASCII, whatever data_coding says. An intermediate notification is never final. Never fails: what is
/// missing stays empty or pending.
[[nodiscard]] ReceiptReading read_receipt(const DeliverSm& pdu);
[[nodiscard]] ReceiptReading read_receipt(const DataSm& pdu);

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::ReceiptState> {
  static constexpr std::array<std::string_view, 3> names{"pending", "delivered", "undelivered"};
};
