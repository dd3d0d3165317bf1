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
  InboundId text;  ///< 0 if none
};

/// Opens a case, freezes its plan and asks the first facility.
CaseId open_case(storage::Tx& tx, Desk& desk, const Opening& opening, TimePoint now);

/// The case's next step at once: the next facility that can be reached, or the duty desk, again and again.
void advance(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now);

/// The place became known: the plan is written anew behind the steps already taken, and its first is taken.
void replan(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now);

/// Advances every case whose timer is due at `now`. How many.
std::size_t escalate_due(storage::Tx& tx, Desk& desk, TimePoint now);

/// A message of a referral came to its end: when no alert of the step is alive any more, the step is over.
void on_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now);

/// May this number get the details of this case? For the door.
[[nodiscard]] bool holds_case(storage::Tx& tx, CaseId id, const Phone& phone);

}  // namespace tongdai::hotline
