#include "campaigns/accounts.hpp"

#include <numeric>

#include "campaigns/audience.hpp"

namespace tongdai::campaigns {
namespace {

constexpr Duration counted_again = 1h;

// Up to the cursor who has no message yet and was not refused is in a gateway's hands.
constexpr std::string_view select_lines =
    "SELECT r.seq, r.recipient, COALESCE(m.state, CASE WHEN r.state = 'pending' AND r.seq <= c.cursor "
    "THEN 'submitting' ELSE r.state END), COALESCE(m.reason, r.reason), COALESCE(m.id, 0) "
    "FROM campaign_recipient r JOIN campaign c ON c.id = r.campaign_id "
    "LEFT JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq "
    "WHERE r.campaign_id = $1 ORDER BY r.seq";

}  // namespace

std::int64_t Accounts::sum() const {
  return std::accumulate(by_state.begin(), by_state.end(), pending);
}

Accounts account(storage::Tx& tx, const Campaign& c) {
  Accounts a;
  a.audience = c.audience;
  a.by_state = outbox::count_messages(tx, c.id);
  a.pending = c.audience - std::accumulate(a.by_state.begin(), a.by_state.end(), std::int64_t{0});
  return a;
}

void each_line(storage::Tx& tx, CampaignId id, const std::function<void(const AccountLine&)>& read) {
  tx.each(
      select_lines,
      [&](const storage::Row& row) {
        read({row.integer(0), row.get<Phone>(1), row.text(2), row.text(3), row.get<MessageId>(4)});
      },
      id);
}

std::size_t Auditor::run_once(storage::Tx& tx, Log& log, TimePoint now) {
  std::size_t wrong = 0;
  std::unordered_map<CampaignId, Sound> sound;
  for (const Campaign& c : live(tx)) {
    Accounts a = account(tx, c);
    const auto last = sound_.find(c.id);
    if (last != sound_.end() && last->second.cursor == c.cursor && last->second.counts == a.by_state &&
        now - last->second.at < counted_again) {
      sound.insert(*last);
      continue;
    }
    a.pending = count_pending(tx, c.id, c.cursor);
    if (a.add_up()) {
      sound.emplace(c.id, Sound{c.cursor, a.by_state, now});
      continue;
    }
    ++wrong;
    log.alarm("a campaign's accounts do not add up",
              {{"campaign", c.id}, {"audience", a.audience}, {"sum", a.sum()}});
  }
  sound_ = std::move(sound);
  return wrong;
}

}  // namespace tongdai::campaigns
