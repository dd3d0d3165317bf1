#include "gateway_adapters/smpp/codec/udh.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::uint8_t concat_8_bit = 0x00, concat_16_bit = 0x08;

}  // namespace

std::optional<PartInfo> sane_part(std::uint32_t reference, std::uint32_t total, std::uint32_t part) noexcept {
  if (total < 2 || total > 255 || part < 1 || part > total || reference > 0xffff) return std::nullopt;
  return PartInfo{static_cast<std::uint16_t>(reference), static_cast<std::uint8_t>(total),
                  static_cast<std::uint8_t>(part)};
}

Bytes build_udh(const PartInfo& part, bool wide) {
  const auto high = static_cast<std::uint8_t>(part.reference >> 8);
  const auto low = static_cast<std::uint8_t>(part.reference & 0xff);
  if (wide) return {6, concat_16_bit, 4, high, low, part.total, part.part};
  return {5, concat_8_bit, 3, low, part.total, part.part};
}

std::optional<UserDataHeader> parse_udh(View octets) {
  if (octets.empty() || octets[0] > octets.size() - 1) return std::nullopt;
  UserDataHeader header{std::size_t{octets[0]} + 1, std::nullopt};
  View rest = octets.subspan(1, octets[0]);
  while (rest.size() >= 2) {
    const std::uint8_t kind = rest[0];
    const std::size_t length = rest[1];
    if (length > rest.size() - 2) break;
    const View value = rest.subspan(2, length);
    // a repeated element: the last one counts (TS 23.040 §9.2.3.24)
    if (kind == concat_8_bit && length == 3) {
      header.part = sane_part(value[0], value[1], value[2]);
    } else if (kind == concat_16_bit && length == 4) {
      header.part = sane_part(static_cast<std::uint32_t>(value[0] << 8 | value[1]), value[2], value[3]);
    }
    rest = rest.subspan(2 + length);
  }
  return header;
}

}  // namespace tongdai::gateway::smpp
