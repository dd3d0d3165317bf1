#include "hotline/relay/relay_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::hotline {
namespace {

std::optional<RelayState> lookup(RelayState from, RelayEvent event) {
  if (from == RelayState::expired) return std::nullopt;
  switch (event) {
    case RelayEvent::held:
      if (from == RelayState::open || from == RelayState::holding) return RelayState::holding;
      return std::nullopt;
    case RelayEvent::word:
      // After a refusal or a threat a word is not enough: only a human opens the thread again.
      return from == RelayState::holding ? RelayState::open : from;
    case RelayEvent::refused:
      return from == RelayState::duress ? RelayState::duress : RelayState::stopped;
    case RelayEvent::threatened:
      return RelayState::duress;
    case RelayEvent::renewed:
      return RelayState::open;
    case RelayEvent::idled:
      return RelayState::expired;
  }
  std::unreachable();
}

}  // namespace

Result<RelayState> next(RelayState from, RelayEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a thread that is {} cannot be {}", name_of(from), name_of(event)));
}

}  // namespace tongdai::hotline
