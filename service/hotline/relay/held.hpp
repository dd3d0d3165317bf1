#pragma once

#include "hotline/reporter/safe_contact.hpp"
#include "hotline/store.hpp"

/// Facilities' texts that wait for the agreed word. Writer thread.
namespace tongdai::hotline {

/// Sends them in order, those of who has the case now; what cannot go now is dropped, and its facility told.
void release_held(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// Drops those of a facility, or all (`of` 0), and tells who wrote them if they have the case still.
void drop_held(storage::Tx& tx, Desk& desk, CaseId id, FacilityId of, TimePoint now);

/// A text to a reporter came to its end: if it did not arrive, the facility that wrote it is told, as long as
/// it has the case.
void on_relay_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now);

}  // namespace tongdai::hotline
