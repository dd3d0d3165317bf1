#include "campaigns/accounts.hpp"

#include <numeric>

namespace tongdai::campaigns {
namespace {

constexpr std::string_view count_recipients =
    "SELECT state, COUNT(*) FROM campaign_recipient WHERE campaign_id = $1 AND state <> 'sent' GROUP BY "
    "state";
constexpr std::string_view select_lines =
    "SELECT r.seq, r.recipient, COALESCE(m.state, r.state), COALESCE(m.reason, r.reason), "
    "COALESCE(r.message_id, 0) "
    "FROM campaign_recipient r LEFT JOIN message m ON m.id = r.message_id WHERE r.campaign_id = $1 ORDER BY "
    "r.seq";

}  // namespace

std::int64_t Accounts::sum() const {
  return std::accumulate(by_state.begin(), by_state.end(), pending);
}

Accounts account(storage::Tx& tx, const Campaign& c) {
  Accounts a;
  a.audience = c.audience;
  a.by_state = outbox::count_messages(tx, c.id);
  tx.each(
      count_recipients,
      [&](const storage::Row& row) {
        const std::string state = row.text(0);
        if (state == "pending") {
          a.pending = row.integer(1);
        } else if (const auto ended = from_name<outbox::MessageState>(state)) {
          a.by_state[static_cast<std::size_t>(*ended)] += row.integer(1);
        }
      },
      c.id);
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

std::size_t audit(storage::Tx& tx, Log& log) {
  std::size_t wrong = 0;
  for (const Campaign& c : live(tx)) {
    const Accounts a = account(tx, c);
    if (a.add_up()) continue;
    ++wrong;
    log.alarm("a campaign's accounts do not add up",
              {{"campaign", c.id}, {"audience", a.audience}, {"sum", a.sum()}});
  }
  return wrong;
}

}  // namespace tongdai::campaigns
