#include "outbox/tally.hpp"

#include <vector>

namespace tongdai::outbox {
namespace {

constexpr std::string_view add =
    "INSERT INTO message_tally (campaign_id, state, n) VALUES ($1, $2, $3) "
    "ON CONFLICT (campaign_id, state) DO UPDATE SET n = message_tally.n + excluded.n";
constexpr std::string_view delete_campaign = "DELETE FROM message_tally WHERE campaign_id = $1";
constexpr std::string_view count_all = "SELECT state, SUM(n) FROM message_tally GROUP BY state";
constexpr std::string_view count_campaign = "SELECT state, n FROM message_tally WHERE campaign_id = $1";

class Sums final : public storage::Closing {
 public:
  void add(CampaignId campaign, MessageState state, std::int64_t n) {
    for (Sum& s : sums_) {
      if (s.campaign == campaign && s.state == state) {
        s.n += n;
        return;
      }
    }
    sums_.push_back({campaign, state, n});
  }
  void close(storage::Tx& tx) override {
    for (const Sum& s : sums_) {
      if (s.n != 0) tx.run(outbox::add, s.campaign, s.state, s.n);
    }
  }

 private:
  struct Sum {
    CampaignId campaign;
    MessageState state;
    std::int64_t n;
  };
  std::vector<Sum> sums_;
};

StateCounts to_counts(storage::Tx& tx, std::string_view sql, auto... args) {
  StateCounts counts{};
  tx.each(
      sql,
      [&](const storage::Row& row) {
        counts[static_cast<std::size_t>(row.get<MessageState>(0))] = row.integer(1);
      },
      args...);
  return counts;
}

}  // namespace

void tally(storage::Tx& tx, CampaignId campaign, std::optional<MessageState> from, MessageState to,
           std::int64_t n) {
  Sums& sums = tx.closing<Sums>();
  if (from) sums.add(campaign, *from, -n);
  sums.add(campaign, to, n);
}

void drop_tally(storage::Tx& tx, CampaignId campaign) {
  tx.run(delete_campaign, campaign);
}

StateCounts count_messages(storage::Tx& tx) {
  return to_counts(tx, count_all);
}

StateCounts count_messages(storage::Tx& tx, CampaignId campaign) {
  return to_counts(tx, count_campaign, campaign);
}

}  // namespace tongdai::outbox
