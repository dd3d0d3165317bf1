#include "gateway_adapters/smpp/codec/inbound.hpp"

#include <algorithm>

#include "gateway_adapters/smpp/codec/udh.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::uint8_t ton_international = 1;  ///< SMPP 3.4 §5.2.5
/// Below are short codes, above is no number (E.164).
constexpr std::size_t e164_digits_min = 8, e164_digits_max = 15;

View octets_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string address_text(const Address& address) {
  return from_alphabet(octets_of(address.value), Alphabet::ascii).utf8;
}

std::string sender_text(const Address& address) {
  const std::string& digits = address.value;
  const bool number = digits.size() >= e164_digits_min && digits.size() <= e164_digits_max &&
                      std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  // A leading 0 is national whatever the centre says of it.
  if (address.ton == ton_international && number && digits.front() != '0') return "+" + digits;
  return address_text(address);
}

std::optional<PartInfo> sar_part(std::span<const Tlv> tlvs) {
  const auto reference = tlv_number(tlvs, tag::sar_msg_ref_num);
  const auto total = tlv_number(tlvs, tag::sar_total_segments);
  const auto part = tlv_number(tlvs, tag::sar_segment_seqnum);
  if (!reference || !total || !part) return std::nullopt;
  return sane_part(*reference, *total, *part);
}

/// Of both PDUs.
struct Carried {
  View octets;
  std::uint8_t esm_class;
  std::uint8_t data_coding;
  std::span<const Tlv> tlvs;
};

InboundText read(const Address& source, const Address& destination, const Carried& carried,
                 Alphabet default_alphabet) {
  InboundText in;
  in.sender = sender_text(source);
  in.line = address_text(destination);
  View octets = carried.octets;
  if ((carried.esm_class & esm_udhi) != 0) {
    if (const auto header = parse_udh(octets)) {
      in.part = header->part;
      octets = octets.subspan(header->octets);
    } else {
      in.header_broken = true;
    }
  }
  if (!in.part) in.part = sar_part(carried.tlvs);
  const auto alphabet = alphabet_of(carried.data_coding, default_alphabet);
  Words words = alphabet ? from_alphabet(octets, *alphabet) : guess_words(octets, default_alphabet);
  in.text = std::move(words.utf8);
  in.guessed = words.guessed;
  in.replaced = words.replaced;
  return in;
}

}  // namespace

View text_octets(const DeliverSm& pdu) noexcept {
  const Tlv* const payload = find_tlv(pdu.tlvs, tag::message_payload);
  return payload != nullptr && payload->value.size() >= pdu.short_message.size() ? payload->value
                                                                                 : pdu.short_message;
}

View text_octets(const DataSm& pdu) noexcept {
  const Tlv* const payload = find_tlv(pdu.tlvs, tag::message_payload);
  return payload != nullptr ? View(payload->value) : View();
}

InboundText read_inbound(const DeliverSm& pdu, Alphabet default_alphabet) {
  return read(pdu.source, pdu.destination, {text_octets(pdu), pdu.esm_class, pdu.data_coding, pdu.tlvs},
              default_alphabet);
}

InboundText read_inbound(const DataSm& pdu, Alphabet default_alphabet) {
  return read(pdu.source, pdu.destination, {text_octets(pdu), pdu.esm_class, pdu.data_coding, pdu.tlvs},
              default_alphabet);
}

}  // namespace tongdai::gateway::smpp
