#pragma once

#include "hotline/store.hpp"
#include "outbox/messages.hpp"

/// Who is asked next, and when. Whoever decides that a step is due also writes its alerts and the next due
/// time, in one transaction: no crash can fall between deciding and doing. Writer thread.
namespace tongdai::hotline {

/// What opens a case. `unit` only if the place is known.
struct Opening {
  Phone reporter;  ///< empty for a case opened at the desk
  Urgency urgency = Urgency::normal;
  Place place = Place::missing;
  UnitId unit;
  std::vector<std::string> services;
  std::string note;
  std::vector<FacilityId> conflicts;
  InboundId text;          ///< 0 if none
  std::string language{};  ///< what the reporter speaks, "" if it is not known
};

/// Opens a case, freezes its plan and asks the first facility.
CaseId open_case(storage::Tx& tx, Desk& desk, const Opening& opening, TimePoint now);

/// The next step of a case, or of one of its tracks, at once: the next facility that can be reached, or the
/// duty desk, again and again.
void advance(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now, int track = 0);

/// The place became known: the plan is written anew behind the steps already taken, and its first is taken.
void replan(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now);

/// It is more urgent than it was: what was worth half an hour, or a lease of hours, is no longer. Steps and
/// leases, of the tracks too, end no later than the new urgency allows.
void hasten(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now);

/// How many timers of each kind one turn of `escalate_due` fires at most.
inline constexpr std::size_t due_max = 500;
/// Fires what is due at `now`: reminders, clocks of the law, and the steps and leases of cases, whose alerts
/// leave bundled. How many; as many as `due_max` means that more may be due.
std::size_t escalate_due(storage::Tx& tx, Desk& desk, TimePoint now);

/// A message of a referral came to its end: when no alert of the step is alive any more, the step is over.
void on_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now);

/// May this number get the details of this case? For the door.
[[nodiscard]] bool holds_case(storage::Tx& tx, CaseId id, const Phone& phone);

}  // namespace tongdai::hotline
