#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"

namespace tongdai::gateway::smpp {

/// Where a session stands. Every connection goes through it once.
enum class SessionState : std::uint8_t {
  closed,     ///< no connection yet
  binding,    ///< connected, our bind is sent and not answered
  bound,      ///< submissions and inbound messages flow, as the mode of the bind allows
  unbinding,  ///< no new submissions; the window drains, then unbind is sent and its answer awaited
  dismissed,  ///< the centre unbound and was answered; what is in flight may still be answered, for a while
  ended,      ///< the connection is over and everything that was in flight has its end
};

/// What moves a session from a state to another.
enum class SessionEvent : std::uint8_t {
  connected,      ///< a connection stands
  bind_accepted,  ///< the centre took our bind
  unbind_asked,   ///< our side wants to leave
  unbind_came,    ///< the centre wants us to
  over,           ///< refused, lost, out of step, timed out or left in order
};

/// The whole machine. Nothing where `event` has no place in `from`: the state then stays as it is.
[[nodiscard]] constexpr std::optional<SessionState> next_state(SessionState from,
                                                               SessionEvent event) noexcept {
  using S = SessionState;
  constexpr std::optional<S> no;
  // connected, bind_accepted, unbind_asked, unbind_came, over
  constexpr std::array<std::array<std::optional<S>, 5>, 6> table{{
      {S::binding, no, no, no, no},                      // closed
      {no, S::bound, S::ended, S::dismissed, S::ended},  // binding: nothing to drain
      {no, no, S::unbinding, S::dismissed, S::ended},    // bound
      {no, no, no, S::dismissed, S::ended},              // unbinding
      {no, no, no, no, S::ended},                        // dismissed
      {S::binding, no, no, no, no},                      // ended: a new connection begins anew
  }};
  return table.at(static_cast<std::size_t>(from)).at(static_cast<std::size_t>(event));
}

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::SessionState> {
  static constexpr std::array<std::string_view, 6> names{"closed",    "binding",   "bound",
                                                         "unbinding", "dismissed", "ended"};
};
