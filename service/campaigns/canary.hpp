#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "campaigns/store.hpp"
#include "outbox/tally.hpp"

/// A first share goes out alone, and is judged before the rest follows. Writer thread.
namespace tongdai::campaigns {

/// Where a campaign's canary stands. docs/campaigns.md draws it.
enum class CanaryPhase : std::uint8_t {
  first_share,  ///< it goes out, nothing behind it
  waiting,      ///< all of it left; receipts and refusals are awaited
  passed,       ///< the rest goes out. Final
  halted,       ///< the campaign was paused because of it; whoever resumes it overrules
};

enum class CanaryEvent : std::uint8_t {
  all_left,
  sound,     ///< its time is over, and no limit was passed
  limit,     ///< a limit was passed
  overruled  ///< a person resumed the campaign
};

/// The phase after `event`, or not_allowed, which leaves it as it is.
[[nodiscard]] Result<CanaryPhase> next(CanaryPhase from, CanaryEvent event);

/// How the first share fares.
struct CanaryCounts {
  std::int64_t released = 0;  ///< recipients who were let go
  std::int64_t in_hand = 0;   ///< of them queued or submitting
  std::int64_t failures = 0;  ///< undelivered, failed or uncertain
  std::int64_t opt_outs = 0;  ///< of its recipients, since its first text
};
/// Why the campaign must halt, in words for its history; nullopt while no limit is passed. As long as not all
/// of it is known, `whole` counts: what is known already must exceed the limit of all. Pure.
[[nodiscard]] std::optional<std::string> objection(const Canary& canary, const CanaryCounts& counts,
                                                   std::int64_t whole);

/// How many more recipients may be let go now: all that are left once it passed, or without a canary.
[[nodiscard]] std::int64_t canary_room(storage::Tx& tx, const Campaign& c);

/// Moves the canary of a running campaign on. Why it must be halted; nullopt if it need not.
[[nodiscard]] std::optional<std::string> run_canary(storage::Tx& tx, IdSource& ids, const Campaign& c,
                                                    TimePoint now);

struct CanaryView {
  CanaryPhase phase = CanaryPhase::first_share;
  std::optional<TimePoint> until;
};
/// nullopt without a canary. Any transaction.
[[nodiscard]] std::optional<CanaryView> show_canary(storage::Tx& tx, const Campaign& c);

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::CanaryPhase> {
  static constexpr std::array<std::string_view, 4> names{"first_share", "waiting", "passed", "halted"};
};
template <>
struct tongdai::EnumNames<tongdai::campaigns::CanaryEvent> {
  static constexpr std::array<std::string_view, 4> names{"all_left", "sound", "limit", "overruled"};
};
