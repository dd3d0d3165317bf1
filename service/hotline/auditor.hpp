#pragma once

#include "hotline/desk.hpp"

namespace tongdai::hotline {

/// Holds the promise against the rows: each open case has an owner with a running lease or a future timer.
/// What violates it is logged as an alarm, and the duty officers are paged (once in an hour). `before`: the time
/// of the audit before this one; a timer that was not overdue then is not forgotten, for the clock may have leapt
/// since. How many violate it. Writer thread.
std::size_t audit(storage::Tx& tx, Desk& desk, TimePoint before, TimePoint now);

}  // namespace tongdai::hotline
