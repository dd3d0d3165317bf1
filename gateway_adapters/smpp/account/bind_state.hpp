#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"

namespace tongdai::gateway::smpp {

/// Where one bind of an account stands.
///
///     waiting ──due──> connecting ──connected──> open ──left──> leaving ──lost──> stopped
///        ^─────────────lost──┘                     │ └──lost──> waiting
///                                                  └─refused──> refused
///     `leave` takes waiting, connecting and refused to stopped.
enum class BindState : std::uint8_t {
  waiting,     ///< for the time of the next try
  connecting,  ///< a connection is being made
  open,        ///< the connection stands; its session tells more
  leaving,     ///< the session drains and unbinds
  refused,     ///< the centre rejects the account: nobody tries again before a person has acted
  stopped,     ///< for good
};

enum class BindEvent : std::uint8_t {
  due,        ///< time to try
  connected,  ///< a connection stands
  lost,       ///< it does not, or no longer
  refused,    ///< the account is refused for good
  leave,      ///< the account stops
};

/// The whole machine. Nothing where `event` has no place in `from`: the state then stays as it is.
[[nodiscard]] constexpr std::optional<BindState> next_state(BindState from, BindEvent event) noexcept {
  using S = BindState;
  constexpr std::optional<S> no;
  // due, connected, lost, refused, leave
  constexpr std::array<std::array<std::optional<S>, 5>, 6> table{{
      {S::connecting, no, no, no, S::stopped},       // waiting
      {no, S::open, S::waiting, no, S::stopped},     // connecting
      {no, no, S::waiting, S::refused, S::leaving},  // open
      {no, no, S::stopped, S::stopped, no},          // leaving
      {no, no, no, no, S::stopped},                  // refused
      {no, no, no, no, no},                          // stopped
  }};
  return table.at(static_cast<std::size_t>(from)).at(static_cast<std::size_t>(event));
}

}  // namespace tongdai::gateway::smpp

template <>
struct tongdai::EnumNames<tongdai::gateway::smpp::BindState> {
  static constexpr std::array<std::string_view, 6> names{"waiting", "connecting", "open",
                                                         "leaving", "refused",    "stopped"};
};
