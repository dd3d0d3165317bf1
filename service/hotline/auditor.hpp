#pragma once

#include "hotline/desk.hpp"

namespace tongdai::hotline {

/// Holds the promise against the rows: each open case has an owner with a running lease or a future timer.
/// What violates it is logged as an alarm, and the duty officers are paged (once in an hour). A timer
/// that was not overdue at the audit before this one, also of an earlier run, is not forgotten: the clock may
/// have leapt since, or the service was away. How many violate it. Writer thread.
std::size_t audit(storage::Tx& tx, Desk& desk, TimePoint now);

}  // namespace tongdai::hotline
