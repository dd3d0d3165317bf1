#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::gateway::smpp {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// Tags of optional parameters (SMPP 3.4 §5.3.2) that the adapter reads or writes. Any other number is kept
/// as it came.
namespace tag {
inline constexpr std::uint16_t sc_interface_version = 0x0210;
inline constexpr std::uint16_t receipted_message_id = 0x001e;
inline constexpr std::uint16_t user_message_reference = 0x0204;
inline constexpr std::uint16_t sar_msg_ref_num = 0x020c;
inline constexpr std::uint16_t sar_total_segments = 0x020e;
inline constexpr std::uint16_t sar_segment_seqnum = 0x020f;
inline constexpr std::uint16_t ms_availability_status = 0x0422;
inline constexpr std::uint16_t network_error_code = 0x0423;
inline constexpr std::uint16_t message_payload = 0x0424;
inline constexpr std::uint16_t delivery_failure_reason = 0x0425;
inline constexpr std::uint16_t more_messages_to_send = 0x0426;
inline constexpr std::uint16_t message_state = 0x0427;
}  // namespace tag

inline constexpr std::size_t tlv_value_octets_max = 0xffff;  ///< the length field is two octets

/// An optional parameter: tag, length, value (SMPP 3.4 §3.2.4). In a PDU they come in any order, and a tag
/// may come again.
struct Tlv {
  std::uint16_t tag = 0;
  Bytes value;

  friend bool operator==(const Tlv&, const Tlv&) = default;
};

[[nodiscard]] Tlv tlv_octet(std::uint16_t tag, std::uint8_t value);
[[nodiscard]] Tlv tlv_short(std::uint16_t tag, std::uint16_t value);
/// A C-octet string: `value` and its NUL.
[[nodiscard]] Tlv tlv_text(std::uint16_t tag, std::string_view value);

/// The first one of that tag, or null.
[[nodiscard]] const Tlv* find_tlv(std::span<const Tlv> tlvs, std::uint16_t tag) noexcept;
/// The first one's value as an unsigned number of 1 to 4 octets; nothing if there is none or its length is
/// another.
[[nodiscard]] std::optional<std::uint32_t> tlv_number(std::span<const Tlv> tlvs, std::uint16_t tag) noexcept;
/// The first one's value up to its NUL or its end; nothing if there is none. A view into `tlvs`.
[[nodiscard]] std::optional<std::string_view> tlv_string(std::span<const Tlv> tlvs,
                                                         std::uint16_t tag) noexcept;

}  // namespace tongdai::gateway::smpp
