#include "campaigns/audience.hpp"

#include "campaigns/audience_sql.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view count_chosen = TONGDAI_CHOSEN("(NOT " TONGDAI_NAMED("group") "OR " TONGDAI_MEMBER(
    "group") ")") "SELECT text, reason, COUNT(*), SUM(again) FROM chosen GROUP BY text, reason";
constexpr std::string_view add_exclusion =
    "INSERT INTO campaign_exclusion (campaign_id, reason, n) VALUES ($1, $2, $3) ON CONFLICT (campaign_id, "
    "reason) DO UPDATE SET n = campaign_exclusion.n + excluded.n";
constexpr std::string_view select_exclusions =
    "SELECT reason, n FROM campaign_exclusion WHERE campaign_id = $1";
constexpr std::string_view duplicate = "duplicate";  // no reason to be left out, and counted beside them
constexpr std::string_view select_pending =
    "SELECT seq, recipient, text, fill FROM campaign_recipient WHERE campaign_id = $1 AND seq > $2 AND state "
    "= "
    "'pending' "
    "ORDER BY seq LIMIT $3";
constexpr std::string_view update_refused =
    "UPDATE campaign_recipient SET state = $3, reason = $4 WHERE campaign_id = $1 AND seq = $2";
constexpr std::string_view count_rows =
    "SELECT COUNT(*) FROM campaign_recipient WHERE campaign_id = $1 AND seq > $2 AND state = 'pending'";
// Whose state has not changed since then and who is at its end sent nothing since.
constexpr std::string_view select_recent =
    "SELECT id FROM campaign WHERE id <> $1 AND (state IN ('running', 'paused') OR updated_at > $2) AND "
    "cursor > 0";
// A message, or a place among those in a gateway's hands.
constexpr std::string_view select_text_since =
    "SELECT 1 FROM campaign_recipient r "
    "LEFT JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq "
    "WHERE r.campaign_id = $1 AND r.recipient = $2 AND r.state = 'pending' AND "
    "(m.created_at > $3 AND m.state NOT IN ('cancelled', 'suppressed', 'expired') OR m.id IS NULL AND EXISTS "
    "(SELECT 1 FROM message_handover h WHERE h.campaign_id = r.campaign_id AND h.at > $3 AND "
    "r.seq BETWEEN h.first_seq AND h.last_seq))";
constexpr std::string_view select_messages_to =
    "SELECT m.id FROM campaign c JOIN campaign_recipient r ON r.campaign_id = c.id AND r.recipient = $1 "
    "JOIN message m ON m.campaign_id = r.campaign_id AND m.campaign_seq = r.seq ORDER BY c.id";

}  // namespace

AudienceSize measure_audience(storage::Tx& tx, CampaignId id) {
  AudienceSize size;
  tx.each(
      count_chosen,
      [&](const storage::Row& row) {
        const std::int64_t n = row.integer(2);
        size.audience += n;
        size.duplicates += row.integer(3);
        if (std::string reason = row.text(1); !reason.empty()) {
          size.exclusions[std::move(reason)] += n;
        } else {
          size.by_text[row.get<int>(0)] += n;
        }
      },
      id);
  return size;
}

AudienceSize frozen_size(storage::Tx& tx, const Campaign& c) {
  AudienceSize size;
  size.audience = c.audience;
  tx.each(
      select_exclusions,
      [&](const storage::Row& row) {
        const std::string reason = row.text(0);
        std::int64_t& count = reason == duplicate ? size.duplicates : size.exclusions[reason];
        count = row.integer(1);
      },
      c.id);
  return size;
}

void add_frozen(storage::Tx& tx, CampaignId id, const AudienceSize& step) {
  if (step.duplicates > 0) tx.run(add_exclusion, id, duplicate, step.duplicates);
  for (const auto& [reason, n] : step.exclusions) tx.run(add_exclusion, id, reason, n);
}

std::vector<Recipient> pending_after(storage::Tx& tx, CampaignId id, std::int64_t cursor,
                                     std::int64_t limit) {
  return tx.all(
      select_pending,
      [](const storage::Row& row) {
        return Recipient{row.integer(0), row.get<Phone>(1), row.get<int>(2), row.text(3)};
      },
      id, cursor, limit);
}

void set_refused(storage::Tx& tx, CampaignId id, std::int64_t seq, outbox::MessageState state,
                 std::string_view reason) {
  tx.run(update_refused, id, seq, state, reason);
  outbox::tally(tx, id, std::nullopt, state);
}

std::int64_t count_pending(storage::Tx& tx, CampaignId id, std::int64_t cursor) {
  return tx.value<std::int64_t>(count_rows, id, cursor).value_or(0);
}

outbox::OtherTexts recent_texts(storage::Tx& tx, CampaignId except, TimePoint since) {
  auto others =
      tx.all(select_recent, [](const storage::Row& row) { return row.get<CampaignId>(0); }, except, since);
  const int most = static_cast<int>(others.size());  // a campaign sends nobody more than one
  return {[&tx, others = std::move(others), since](const Phone& phone) {
            int n = 0;
            for (const CampaignId other : others)
              n += tx.value<int>(select_text_since, other, phone, since).value_or(0);
            return n;
          },
          most};
}

std::vector<MessageId> messages_to(storage::Tx& tx, const Phone& phone) {
  return tx.all(select_messages_to, [](const storage::Row& row) { return row.get<MessageId>(0); }, phone);
}

}  // namespace tongdai::campaigns
