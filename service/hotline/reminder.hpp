#pragma once

#include "hotline/store.hpp"

/// The owner of a case is reminded before their lease ends; then it escalates again. Writer thread.
namespace tongdai::hotline {

/// The lease was given or renewed, and ends at `ends`.
void set_reminder(storage::Tx& tx, const Desk& desk, const Case& c, TimePoint ends, TimePoint now);
/// Nobody has it any more; of a case that is closed, on all tracks.
void drop_reminder(storage::Tx& tx, const Case& c);
void drop_reminders(storage::Tx& tx, CaseId id);
/// Reminds the owners whose time is near; at most `limit`. How many.
std::size_t fire_reminders(storage::Tx& tx, Desk& desk, TimePoint now, std::size_t limit);

}  // namespace tongdai::hotline
