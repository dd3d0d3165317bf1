#pragma once

#include "hotline/store.hpp"

/// How many alerts and pages leave in an hour: a loop or a storm must not drown the people who help. The
/// first alert about a case, and about each of its tracks, always leaves, so that no report is silenced.
/// Writer thread.
namespace tongdai::hotline {

/// May this facility be asked (again) about the case now?
[[nodiscard]] bool may_alert(storage::Tx& tx, const Desk& desk, const Case& c, FacilityId facility,
                             TimePoint now);
/// Had this facility, or the duty desk, fewer texts than the most of an hour?
[[nodiscard]] bool has_room(storage::Tx& tx, const Desk& desk, FacilityId facility, TimePoint now);
/// An alert was given to the door.
void count_alert(storage::Tx& tx, FacilityId facility, TimePoint now);

}  // namespace tongdai::hotline
