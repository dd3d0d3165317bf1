#pragma once

#include <cstdint>
#include <string_view>

#include "campaigns/store.hpp"
#include "outbox/message_state.hpp"

/// What becomes of those who still wait when a campaign is cancelled, or its end passes. From that moment on
/// nothing leaves, for the pump asks the campaign; that each of a million is accounted for follows in steps,
/// so that no report waits for it. Between two steps the accounts add up: the others are `pending`. Writer
/// thread.
namespace tongdai::campaigns {

/// Recipients of one step: some 30 ms of the writer.
inline constexpr std::int64_t ending_step_recipients = 10'000;

/// The reasons, as an account tells them.
inline constexpr std::string_view ended_by_cancel = "the campaign was cancelled";
inline constexpr std::string_view ended_by_time = "the campaign's end passed";

/// The next of `c` behind its cursor, which goes with them; all if there are no more than that.
void end_next(storage::Tx& tx, const Campaign& c, outbox::MessageState state, std::string_view reason,
              std::int64_t recipients = ending_step_recipients);

/// As the campaign's state or its end says: `cancelled` or `expired`. The next of one campaign that is not
/// done. False if there was none.
bool end_step(storage::Tx& tx, TimePoint now, std::int64_t recipients = ending_step_recipients);

}  // namespace tongdai::campaigns
