#include "gateway_adapters/smpp/codec/tlv.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {

Tlv tlv_octet(std::uint16_t tag, std::uint8_t value) {
  return {tag, {value}};
}

Tlv tlv_short(std::uint16_t tag, std::uint16_t value) {
  return {tag, {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value & 0xff)}};
}

Tlv tlv_text(std::uint16_t tag, std::string_view value) {
  Tlv made{tag, Bytes(value.begin(), value.end())};
  made.value.push_back(0);
  return made;
}

const Tlv* find_tlv(std::span<const Tlv> tlvs, std::uint16_t tag) noexcept {
  const auto found = std::ranges::find(tlvs, tag, &Tlv::tag);
  return found == tlvs.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> tlv_number(std::span<const Tlv> tlvs, std::uint16_t tag) noexcept {
  const Tlv* const found = find_tlv(tlvs, tag);
  if (found == nullptr || found->value.empty() || found->value.size() > 4) return std::nullopt;
  std::uint32_t number = 0;
  for (const std::uint8_t octet : found->value) number = number << 8 | octet;
  return number;
}

std::optional<std::string_view> tlv_string(std::span<const Tlv> tlvs, std::uint16_t tag) noexcept {
  const Tlv* const found = find_tlv(tlvs, tag);
  if (found == nullptr) return std::nullopt;
  const std::string_view whole(reinterpret_cast<const char*>(found->value.data()), found->value.size());
  return whole.substr(0, whole.find('\0'));
}

}  // namespace tongdai::gateway::smpp
