#pragma once

#include <string>
#include <string_view>

#include "hotline/store.hpp"

/// What a counsellor does at the desk in a facility's name, mostly because it called. Writer thread.
namespace tongdai::hotline {

enum class Deed : std::uint8_t { accept, decline, transfer, hand_back, progress, reopen };

struct Behalf {
  std::string facility;  ///< whose name; "" means who has the case (of reopen: nobody, the plan begins anew)
  std::string to;        ///< of transfer: a service or a facility; "" for the next of the plan
  std::string reason;    ///< for the timeline, without numbers
};

/// Does it by the same rules as the facility's own text, and sends the facility what it must know: the
/// details, when it has the case now. A facility that is not in the plan may accept: somebody called it.
/// Errors: not_found (no such case, no such facility), refused (in conflict with the reporter), invalid (no
/// facility named where one is needed, or `to` means nobody or more than one), not_allowed, conflict.
[[nodiscard]] Result<void> act_on_behalf(storage::Tx& tx, Desk& desk, std::string_view code, Deed deed,
                                         const Behalf& behalf, TimePoint now);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Deed> {
  static constexpr std::array<std::string_view, 6> names{"accept",    "decline",  "transfer",
                                                         "hand_back", "progress", "reopen"};
};
