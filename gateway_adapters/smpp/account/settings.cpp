#include "gateway_adapters/smpp/account/settings.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {

SessionSettings session_settings(const AccountSettings& account, std::size_t bind) {
  SessionSettings settings = account.session;
  if (bind >= account.binds) settings.bind = BindMode::receiver;
  return settings;
}

Capabilities capabilities_of(const AccountSettings& account, bool sender_is_discreet) {
  const bool receives = account.session.bind != BindMode::transmitter || account.receivers > 0;
  return {.sends = account.session.bind != BindMode::receiver,
          .receives = receives,
          .reports_delivery = receives && account.habits.receipts,
          .deduplicates = false,
          .sender_is_discreet = sender_is_discreet};
}

std::size_t window_of(const AccountSettings& account) noexcept {
  constexpr std::size_t messages_max = 10'000;
  return std::clamp<std::size_t>(account.session.window * account.binds, 1, messages_max);
}

}  // namespace tongdai::gateway::smpp
