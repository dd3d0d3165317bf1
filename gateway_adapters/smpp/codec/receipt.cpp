#include "gateway_adapters/smpp/codec/receipt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "gateway_adapters/smpp/codec/receipt_text.hpp"
#include "gateway_adapters/smpp/codec/udh.hpp"

namespace tongdai::gateway::smpp {
namespace {

/// SMPP 3.4 §5.2.12: bits 5 to 2 are the type of the message.
constexpr std::uint8_t esm_type_mask = 0x3c, esm_receipt = 0x04, esm_intermediate = 0x20;

struct StateWord {
  std::uint32_t number;
  std::string_view abbreviated;
  std::string_view whole;
  ReceiptState state;
};

/// SMPP 3.4 §5.2.28 and appendix B. UNKNOWN tells nothing: it must not be taken for either end.
constexpr std::array state_words{
    StateWord{0, "SCHEDUL", "SCHEDULED", ReceiptState::pending},
    StateWord{1, "ENROUTE", "ENROUTE", ReceiptState::pending},
    StateWord{2, "DELIVRD", "DELIVERED", ReceiptState::delivered},
    StateWord{3, "EXPIRED", "EXPIRED", ReceiptState::undelivered},
    StateWord{4, "DELETED", "DELETED", ReceiptState::undelivered},
    StateWord{5, "UNDELIV", "UNDELIVERABLE", ReceiptState::undelivered},
    StateWord{6, "ACCEPTD", "ACCEPTED", ReceiptState::pending},
    StateWord{7, "UNKNOWN", "UNKNOWN", ReceiptState::pending},
    StateWord{8, "REJECTD", "REJECTED", ReceiptState::undelivered},
    StateWord{9, "SKIPPED", "SKIPPED", ReceiptState::undelivered},
};

bool same_word(std::string_view word, std::string_view upper_case) {
  return std::ranges::equal(word, upper_case, [](char a, char b) {
    return (a >= 'a' && a <= 'z' ? static_cast<char>(a - ('a' - 'A')) : a) == b;
  });
}

bool says_receipt(std::uint8_t esm_class, std::span<const Tlv> tlvs) noexcept {
  const std::uint8_t type = esm_class & esm_type_mask;
  if (type == esm_receipt || type == esm_intermediate) return true;
  return find_tlv(tlvs, tag::receipted_message_id) != nullptr &&
         find_tlv(tlvs, tag::message_state) != nullptr;
}

std::string id_parameter(std::span<const Tlv> tlvs) {
  const std::string_view id = tlv_string(tlvs, tag::receipted_message_id).value_or("");
  const bool sound = id.size() <= receipt_id_characters_max &&
                     std::ranges::all_of(id, [](char c) { return c >= 0x20 && c < 0x7f; });
  return sound ? std::string(id) : "";
}

/// network_error_code (SMPP 3.4 §5.3.2.31): network type, then the code.
std::string network_error(std::span<const Tlv> tlvs) {
  const Tlv* const found = find_tlv(tlvs, tag::network_error_code);
  if (found == nullptr || found->value.size() != 3) return "";
  return fmt::format("{}", found->value[1] << 8 | found->value[2]);
}

ReceiptReading read(View octets, std::uint8_t esm_class, std::span<const Tlv> tlvs) {
  if ((esm_class & esm_udhi) != 0) {
    if (const auto header = parse_udh(octets)) octets = octets.subspan(header->octets);
  }
  const ReceiptText text = parse_receipt_text(octets);
  ReceiptReading reading;
  reading.id = id_parameter(tlvs);
  reading.id_from_tlv = !reading.id.empty();
  if (!reading.id_from_tlv) reading.id = text.id;
  std::string word = text.state;
  reading.state = receipt_state(std::string_view(word));
  if (const auto number = tlv_number(tlvs, tag::message_state)) {
    reading.state = receipt_state(*number);
    const auto* const known = std::ranges::find(state_words, *number, &StateWord::number);
    word = known == state_words.end() ? fmt::format("state {}", *number) : std::string(known->abbreviated);
  }
  if ((esm_class & esm_type_mask) == esm_intermediate) reading.state = ReceiptState::pending;
  if (reading.state == ReceiptState::delivered) return reading;
  reading.error = word.empty() ? "no state" : word;
  const std::string code = text.error.empty() ? network_error(tlvs) : text.error;
  if (!code.empty()) reading.error += " err " + code;
  return reading;
}

}  // namespace

ReceiptState receipt_state(std::uint32_t message_state) noexcept {
  const auto* const found = std::ranges::find(state_words, message_state, &StateWord::number);
  return found == state_words.end() ? ReceiptState::pending : found->state;
}

ReceiptState receipt_state(std::string_view word) noexcept {
  const auto* const found = std::ranges::find_if(state_words, [word](const StateWord& known) {
    return same_word(word, known.abbreviated) || same_word(word, known.whole);
  });
  return found == state_words.end() ? ReceiptState::pending : found->state;
}

bool is_receipt(const DeliverSm& pdu) noexcept {
  return says_receipt(pdu.esm_class, pdu.tlvs);
}

bool is_receipt(const DataSm& pdu) noexcept {
  return says_receipt(pdu.esm_class, pdu.tlvs);
}

ReceiptReading read_receipt(const DeliverSm& pdu) {
  return read(text_octets(pdu), pdu.esm_class, pdu.tlvs);
}

ReceiptReading read_receipt(const DataSm& pdu) {
  return read(text_octets(pdu), pdu.esm_class, pdu.tlvs);
}

}  // namespace tongdai::gateway::smpp
