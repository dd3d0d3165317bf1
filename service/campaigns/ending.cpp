#include "campaigns/ending.hpp"

#include <algorithm>

#include "outbox/messages.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;

constexpr std::string_view update_pending =
    "UPDATE campaign_recipient SET state = $4, reason = $5 WHERE campaign_id = $1 AND seq > $2 AND seq <= $3 "
    "AND state = 'pending'";
constexpr std::string_view select_unended =
    "SELECT id FROM campaign WHERE cursor < audience AND (state = 'cancelled' OR state IN ('approved', "
    "'running', 'paused') AND frozen = 1 AND end_at <= $1) ORDER BY id LIMIT 1";

}  // namespace

void end_next(storage::Tx& tx, const Campaign& c, MessageState state, std::string_view reason,
              std::int64_t recipients) {
  const std::int64_t to = std::min(c.cursor + recipients, c.audience);
  if (to <= c.cursor) return;
  outbox::tally(tx, c.id, std::nullopt, state, tx.run(update_pending, c.id, c.cursor, to, state, reason));
  set_cursor(tx, c.id, to);
  tx.changed(outbox::progress, c.id.value);
}

bool end_step(storage::Tx& tx, TimePoint now, std::int64_t recipients) {
  const auto id = tx.value<CampaignId>(select_unended, now);
  if (!id) return false;
  const auto c = find(tx, *id);
  if (c->state == CampaignState::cancelled) {
    end_next(tx, *c, MessageState::cancelled, ended_by_cancel, recipients);
  } else {
    end_next(tx, *c, MessageState::expired, ended_by_time, recipients);
  }
  return true;
}

}  // namespace tongdai::campaigns
