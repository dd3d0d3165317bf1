#pragma once

#include <string>

#include "gateway_adapters/smpp/account/composer.hpp"
#include "gateway_adapters/smpp/account/outcomes.hpp"
#include "gateway_adapters/smpp/codec/message_id.hpp"
#include "gateway_adapters/smpp/session/settings.hpp"

namespace tongdai::gateway::smpp {

inline constexpr std::size_t binds_max = 16;
inline constexpr std::size_t receivers_max = 4;
inline constexpr int rate_parts_per_s_max = 100'000;  ///< of a gateway's configuration

/// One account at a centre.
struct AccountSettings {
  SessionSettings session;    ///< of each bind; `bind` is the mode of those that are not extra receivers
  std::size_t binds = 1;      ///< 1 .. binds_max
  std::size_t receivers = 0;  ///< beside transmitters: 0 .. receivers_max
  Habits habits;
  IdProfile ids;
  Outcomes outcomes;
  int rate_parts_per_s = rate_parts_per_s_max;  ///< 1 .. rate_parts_per_s_max
  Duration connect_timeout = 30s;
  Duration drain_max = 10s;  ///< how long a stop waits for answers
};

/// Of the bind of that number: the first `binds` have the account's mode, the others receive.
[[nodiscard]] SessionSettings session_settings(const AccountSettings& account, std::size_t bind);
/// Does it send, does anything come to it?
[[nodiscard]] Capabilities capabilities_of(const AccountSettings& account, bool sender_is_discreet);
/// Messages in flight, over all binds; 1 .. 10,000.
[[nodiscard]] std::size_t window_of(const AccountSettings& account) noexcept;

}  // namespace tongdai::gateway::smpp
