#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hotline/store.hpp"

/// The law's own clocks of a case: a warning before the time is up, an alarm when it is. They run beside the
/// escalation and end nothing. Writer thread for changes, any transaction for questions.
namespace tongdai::hotline {

enum class ClockKind : std::uint8_t {
  forward,  ///< a child: the information is passed on at once (Decree 56/2017). Met by a facility's yes
  child_measures,  ///< a child: emergency measures within 12 h of the information (Decree 56/2017)
  no_contact,      ///< a no-contact decision within 12 h of its request (Law 13/2022, Art. 25)
};

enum class ClockState : std::uint8_t {
  running,
  warned,   ///< the time is nearly up, and those concerned know
  overdue,  ///< the time is up; it may still be met, late
  met,
  ended,  ///< the case was closed before
};

enum class ClockEvent : std::uint8_t { neared, ran_out, met, case_closed, case_reopened };

/// The state after `event`, or not_allowed. docs/cases.md draws it.
[[nodiscard]] Result<ClockState> next(ClockState from, ClockEvent event);

struct Clock {
  CaseId case_id;
  ClockKind kind = ClockKind::forward;
  ClockState state = ClockState::running;
  TimePoint started_at{};
  TimePoint limit_at{};
  std::optional<TimePoint> met_at{};
};

/// Starts a clock at `from`; one that is there already goes on. False then.
bool start_clock(storage::Tx& tx, Desk& desk, CaseId id, ClockKind kind, TimePoint from, TimePoint now);
/// Those that a case's own facts start: a child's.
void start_clocks(storage::Tx& tx, Desk& desk, const Case& c, TimePoint from, TimePoint now);
/// What it counted towards is done. Errors: not_found (it does not run), not_allowed.
Result<void> meet_clock(storage::Tx& tx, Desk& desk, CaseId id, ClockKind kind, TimePoint now);
/// The case was closed, or goes on.
void end_clocks(storage::Tx& tx, CaseId id);
void resume_clocks(storage::Tx& tx, const Desk& desk, CaseId id);

[[nodiscard]] std::vector<Clock> clocks_of(storage::Tx& tx, CaseId id);
/// Warns, or raises the alarm, for the clocks that are due at `now`; at most `limit`. How many.
std::size_t fire_clocks(storage::Tx& tx, Desk& desk, TimePoint now, std::size_t limit);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::ClockKind> {
  static constexpr std::array<std::string_view, 3> names{"forward", "child_measures", "no_contact"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::ClockState> {
  static constexpr std::array<std::string_view, 5> names{"running", "warned", "overdue", "met", "ended"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::ClockEvent> {
  static constexpr std::array<std::string_view, 5> names{"neared", "ran_out", "met", "case_closed",
                                                         "case_reopened"};
};
