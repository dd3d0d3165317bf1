#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tongdai::gateway::smpp {

/// How a command went (SMPP 3.4 §5.1.3). A plain number, since centres send values of their own; these are
/// the ones the code speaks of by name.
namespace status {
inline constexpr std::uint32_t ok = 0x00000000;
inline constexpr std::uint32_t invalid_message_length = 0x00000001;
inline constexpr std::uint32_t invalid_command_length = 0x00000002;
inline constexpr std::uint32_t invalid_command_id = 0x00000003;
inline constexpr std::uint32_t invalid_bind_status = 0x00000004;
inline constexpr std::uint32_t already_bound = 0x00000005;
inline constexpr std::uint32_t system_error = 0x00000008;
inline constexpr std::uint32_t bind_failed = 0x0000000d;
inline constexpr std::uint32_t invalid_password = 0x0000000e;
inline constexpr std::uint32_t invalid_system_id = 0x0000000f;
inline constexpr std::uint32_t message_queue_full = 0x00000014;
inline constexpr std::uint32_t invalid_system_type = 0x00000053;
inline constexpr std::uint32_t throttled = 0x00000058;
inline constexpr std::uint32_t receiver_temporary_error = 0x00000064;
inline constexpr std::uint32_t receiver_permanent_error = 0x00000065;
inline constexpr std::uint32_t receiver_reject = 0x00000066;
inline constexpr std::uint32_t invalid_tlv_stream = 0x000000c0;
inline constexpr std::uint32_t invalid_parameter_length = 0x000000c2;
inline constexpr std::uint32_t invalid_parameter_value = 0x000000c4;
}  // namespace status

struct StatusEntry {
  std::uint32_t code;
  std::string_view name;     ///< without the standard's prefix "ESME_"
  std::string_view meaning;  ///< in a few words
};

/// Every status that SMPP 3.4 §5.1.3 names, by code.
[[nodiscard]] std::span<const StatusEntry> statuses() noexcept;
/// The row of `code`; null for one that the standard reserves or leaves to the vendor.
[[nodiscard]] const StatusEntry* find_status(std::uint32_t code) noexcept;
/// "RINVDSTADR (0x0b): invalid destination address", or "status 0x0400: not of SMPP 3.4". Stable.
[[nodiscard]] std::string describe_status(std::uint32_t code);

}  // namespace tongdai::gateway::smpp
