#include "campaigns/audience.hpp"

#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

// Who is chosen: of any included group (or of all, if only units are named), of none excluded, living in one
// of the units, below it, or in an old unit that became part of it.
#define CHOSEN                                                                                             \
  "WITH RECURSIVE area (id) AS ("                                                                          \
  "  SELECT target_id FROM campaign_audience WHERE campaign_id = $1 AND role = 'unit' "                    \
  "  UNION SELECT u.id FROM unit u JOIN area a ON u.parent_id = a.id OR u.successor_id = a.id), "          \
  "chosen (id, phone, text, refused) AS ("                                                                 \
  "  SELECT c.id, c.phone, COALESCE(t.ordinal, 0), o.recipient IS NOT NULL FROM contact c "                \
  "  LEFT JOIN campaign_text t ON t.campaign_id = $1 AND t.language = c.language "                         \
  "  LEFT JOIN opt_out o ON o.recipient = c.phone "                                                        \
  "  WHERE (NOT EXISTS (SELECT 1 FROM campaign_audience WHERE campaign_id = $1 AND role = 'group') "       \
  "         OR EXISTS (SELECT 1 FROM group_member m JOIN campaign_audience a ON a.target_id = m.group_id " \
  "                    WHERE m.contact_id = c.id AND a.campaign_id = $1 AND a.role = 'group')) "           \
  "  AND NOT EXISTS (SELECT 1 FROM group_member m JOIN campaign_audience a ON a.target_id = m.group_id "   \
  "                  WHERE m.contact_id = c.id AND a.campaign_id = $1 AND a.role = 'exclude_group') "      \
  "  AND (NOT EXISTS (SELECT 1 FROM campaign_audience WHERE campaign_id = $1 AND role = 'unit') "          \
  "       OR c.unit_id IN (SELECT id FROM area))) "
constexpr std::string_view count_chosen =
    CHOSEN "SELECT text, refused, COUNT(*) FROM chosen GROUP BY text, refused";
constexpr std::string_view insert_chosen =
    "INSERT INTO campaign_recipient (campaign_id, seq, recipient, text, state, reason) " CHOSEN
    "SELECT $1, ROW_NUMBER() OVER (ORDER BY id), phone, text, CASE WHEN refused THEN 'suppressed' ELSE "
    "'pending' END, "
    "CASE WHEN refused THEN 'opted_out' ELSE '' END FROM chosen";
#undef CHOSEN
constexpr std::string_view select_pending =
    "SELECT seq, recipient, text, fill FROM campaign_recipient WHERE campaign_id = $1 AND seq > $2 AND state "
    "= "
    "'pending' "
    "ORDER BY seq LIMIT $3";
constexpr std::string_view update_refused =
    "UPDATE campaign_recipient SET state = $3, reason = $4 WHERE campaign_id = $1 AND seq = $2";
constexpr std::string_view update_pending =
    "UPDATE campaign_recipient SET state = $2, reason = $3 WHERE campaign_id = $1 AND seq > $4 AND state = "
    "'pending'";
constexpr std::string_view count_rows =
    "SELECT COUNT(*) FROM campaign_recipient WHERE campaign_id = $1 AND seq > $2 AND state = 'pending'";
constexpr std::string_view count_suppressed =
    "SELECT COUNT(*) FROM campaign_recipient WHERE campaign_id = $1 AND state = 'suppressed'";
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
        if (row.get<bool>(1)) {
          size.exclusions["opted_out"] += n;
        } else {
          size.by_text[row.get<int>(0)] += n;
        }
      },
      id);
  return size;
}

std::int64_t freeze_audience(storage::Tx& tx, CampaignId id) {
  const std::int64_t size = tx.run(insert_chosen, id);
  outbox::tally(tx, id, std::nullopt, outbox::MessageState::suppressed,
                tx.value<std::int64_t>(count_suppressed, id).value_or(0));
  return size;
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

std::int64_t end_pending(storage::Tx& tx, CampaignId id, std::int64_t cursor, outbox::MessageState state,
                         std::string_view reason) {
  const std::int64_t n = tx.run(update_pending, id, state, reason, cursor);
  outbox::tally(tx, id, std::nullopt, state, n);
  return n;
}

std::int64_t count_pending(storage::Tx& tx, CampaignId id, std::int64_t cursor) {
  return tx.value<std::int64_t>(count_rows, id, cursor).value_or(0);
}

std::function<int(const Phone&)> recent_texts(storage::Tx& tx, CampaignId except, TimePoint since) {
  auto others =
      tx.all(select_recent, [](const storage::Row& row) { return row.get<CampaignId>(0); }, except, since);
  if (others.empty()) return {};
  return [&tx, others = std::move(others), since](const Phone& phone) {
    int n = 0;
    for (const CampaignId other : others)
      n += tx.value<int>(select_text_since, other, phone, since).value_or(0);
    return n;
  };
}

std::vector<MessageId> messages_to(storage::Tx& tx, const Phone& phone) {
  return tx.all(select_messages_to, [](const storage::Row& row) { return row.get<MessageId>(0); }, phone);
}

}  // namespace tongdai::campaigns
