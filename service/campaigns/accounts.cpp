#include "campaigns/accounts.hpp"

#include <numeric>

#include "campaigns/audience.hpp"

namespace tongdai::campaigns {
namespace {

constexpr Duration counted_again = 1h;

// Up to the cursor who has no message yet and was not refused is in a gateway's hands.
constexpr std::string_view select_lines =
    "SELECT r.seq, r.recipient, COALESCE(m.state, CASE WHEN r.state = 'pending' AND r.seq <= c.cursor "
    "THEN 'submitting' ELSE r.state END), COALESCE(m.reason, r.reason), COALESCE(m.id, 0), "
    "COALESCE(r.unit_id, 0), "
    "r.language, COALESCE(m.parts, 0), m.updated_at "
    "FROM campaign_recipient r JOIN campaign c ON c.id = r.campaign_id "
    "LEFT JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq "
    "WHERE r.campaign_id = $1 AND r.seq > $2 ORDER BY r.seq LIMIT $3";
constexpr std::string_view sum_audiences = "SELECT COALESCE(SUM(audience), 0) FROM campaign";
constexpr std::string_view sum_tallies =
    "SELECT state, SUM(n) FROM message_tally WHERE campaign_id <> 0 GROUP BY state";

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

Accounts account_of_all(storage::Tx& tx) {
  Accounts a;
  a.audience = tx.value<std::int64_t>(sum_audiences).value_or(0);
  tx.each(sum_tallies, [&](const storage::Row& row) {
    a.by_state[static_cast<std::size_t>(row.get<outbox::MessageState>(0))] = row.integer(1);
  });
  a.pending = a.audience - std::accumulate(a.by_state.begin(), a.by_state.end(), std::int64_t{0});
  return a;
}

std::vector<AccountLine> lines_after(storage::Tx& tx, CampaignId id, std::int64_t after, std::int64_t limit) {
  return tx.all(
      select_lines,
      [](const storage::Row& row) {
        AccountLine line{row.integer(0), row.get<Phone>(1), row.text(2), row.text(3), {}, {}, {}, 0, {}};
        if (line.is_held()) return line;
        line.message = row.get<MessageId>(4);
        line.unit = row.get<UnitId>(5);
        line.language = row.text(6);
        line.parts = row.get<int>(7);
        line.at = row.get<std::optional<TimePoint>>(8);
        return line;
      },
      id, after, limit);
}

AuditFindings Auditor::run_once(storage::Tx& tx, Log& log, TimePoint now) {
  AuditFindings findings;
  std::unordered_map<CampaignId, Sound> sound;
  for (const Campaign& c : live(tx)) {
    ++findings.campaigns;
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
    ++findings.off;
    log.alarm("a campaign's accounts do not add up",
              {{"campaign", c.id}, {"audience", a.audience}, {"sum", a.sum()}});
  }
  sound_ = std::move(sound);
  return findings;
}

}  // namespace tongdai::campaigns
