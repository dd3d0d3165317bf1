#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/ids.hpp"
#include "outbox/message_state.hpp"
#include "storage/tx.hpp"

/// How many messages stand in each state, kept beside the messages: nobody counts ten million rows to know.
namespace tongdai::outbox {

using StateCounts = std::array<std::int64_t, EnumNames<MessageState>::names.size()>;

/// `n` messages of `campaign` (0: of none) came into `to`; they were in `from`, or are new. Recipients of a
/// campaign who end without a message are counted as well. Written down with the closure's end. Writer's
/// closures.
void tally(storage::Tx& tx, CampaignId campaign, std::optional<MessageState> from, MessageState to,
           std::int64_t n = 1);

/// Forgets what was tallied of a campaign whose audience is given up before it began.
void drop_tally(storage::Tx& tx, CampaignId campaign);

/// Any transaction; what the running closure tallied is not in it yet.
[[nodiscard]] StateCounts count_messages(storage::Tx& tx);
[[nodiscard]] StateCounts count_messages(storage::Tx& tx, CampaignId campaign);

}  // namespace tongdai::outbox
