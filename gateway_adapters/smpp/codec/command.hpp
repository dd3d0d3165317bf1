#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The Short Message Peer-to-Peer protocol 3.4, without sockets: bytes in, values out, and back. Nothing
/// here keeps a thread, a clock or a connection; every function may be called from any thread.
namespace tongdai::gateway::smpp {

/// What a PDU asks or answers (SMPP 3.4 §5.1.2.1). The high bit marks an answer.
enum class CommandId : std::uint32_t {
  bind_receiver = 0x00000001,
  bind_transmitter = 0x00000002,
  query_sm = 0x00000003,
  submit_sm = 0x00000004,
  deliver_sm = 0x00000005,
  unbind = 0x00000006,
  replace_sm = 0x00000007,
  cancel_sm = 0x00000008,
  bind_transceiver = 0x00000009,
  outbind = 0x0000000b,
  enquire_link = 0x00000015,
  submit_multi = 0x00000021,
  alert_notification = 0x00000102,
  data_sm = 0x00000103,
  generic_nack = 0x80000000,
  bind_receiver_resp = 0x80000001,
  bind_transmitter_resp = 0x80000002,
  query_sm_resp = 0x80000003,
  submit_sm_resp = 0x80000004,
  deliver_sm_resp = 0x80000005,
  unbind_resp = 0x80000006,
  replace_sm_resp = 0x80000007,
  cancel_sm_resp = 0x80000008,
  bind_transceiver_resp = 0x80000009,
  enquire_link_resp = 0x80000015,
  submit_multi_resp = 0x80000021,
  data_sm_resp = 0x80000103,
};

inline constexpr std::uint32_t response_bit = 0x80000000;

/// The command of that number; nothing for one that SMPP 3.4 does not know.
[[nodiscard]] std::optional<CommandId> command_from(std::uint32_t id) noexcept;
/// "submit_sm", as the standard writes it.
[[nodiscard]] std::string_view name_of(CommandId id) noexcept;
/// Is it an answer? generic_nack is one.
[[nodiscard]] constexpr bool is_response(CommandId id) noexcept {
  return (static_cast<std::uint32_t>(id) & response_bit) != 0;
}

}  // namespace tongdai::gateway::smpp
