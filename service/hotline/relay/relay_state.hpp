#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::hotline {

/// Where the written thread with a case's reporter stands. docs/conversation.md draws it.
enum class RelayState : std::uint8_t {
  open,     ///< texts pass to the reporter as their safe contact allows
  holding,  ///< they were silent long, and a facility's text waits for the agreed word
  stopped,  ///< they asked not to be written to; their own texts still reach the case
  duress,   ///< the duress word came: nothing goes out until a counsellor records a safe contact anew
  expired,  ///< idle too long, the number may be another person's: nothing goes out, and a later text begins
            ///< a case of its own. Final
};

enum class RelayEvent : std::uint8_t {
  held,        ///< a facility wrote after a silence
  word,        ///< the agreed word came
  refused,     ///< the reporter asked not to be written to
  threatened,  ///< the duress word came
  renewed,     ///< a counsellor recorded the safe contact anew
  idled,       ///< nobody wrote for too long
};

/// The state after `event`, or not_allowed, which leaves the thread as it is.
[[nodiscard]] Result<RelayState> next(RelayState from, RelayEvent event);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::RelayState> {
  static constexpr std::array<std::string_view, 5> names{"open", "holding", "stopped", "duress", "expired"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::RelayEvent> {
  static constexpr std::array<std::string_view, 6> names{"held",       "word",    "refused",
                                                         "threatened", "renewed", "idled"};
};
