#include "outbox/queries.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_one =
    "SELECT m.id, m.state, m.reason, m.purpose, m.recipient, m.gateway, m.parts, m.attempts, "
    "COALESCE(m.campaign_id, 0), "
    "b.text, m.created_at FROM message m JOIN body b ON b.id = m.body_id WHERE m.id = $1";
constexpr std::string_view select_list =
    "SELECT m.id, m.state, m.reason, m.purpose, m.recipient, m.gateway, m.parts, m.attempts, "
    "COALESCE(m.campaign_id, 0), "
    "b.text, m.created_at FROM message m JOIN body b ON b.id = m.body_id "
    "WHERE ($1 = 0 OR m.id < $1) AND ($2 IS NULL OR m.state = $2) ORDER BY m.id DESC LIMIT $3";
constexpr std::string_view select_list_to =
    "SELECT m.id, m.state, m.reason, m.purpose, m.recipient, m.gateway, m.parts, m.attempts, "
    "COALESCE(m.campaign_id, 0), "
    "b.text, m.created_at FROM message m JOIN body b ON b.id = m.body_id "
    "WHERE m.recipient = $4 AND ($1 = 0 OR m.id < $1) AND ($2 IS NULL OR m.state = $2) ORDER BY m.id DESC "
    "LIMIT $3";
constexpr std::string_view select_history =
    "SELECT at, state, reason, gateway FROM message_event WHERE message_id = $1 ORDER BY id";
constexpr std::string_view select_alive =
    "SELECT 1 FROM message WHERE case_id = $1 AND referral_id = $2 "
    "AND state IN ('queued', 'submitting', 'accepted', 'delivered', 'uncertain') LIMIT 1";
constexpr std::string_view count_all = "SELECT state, COUNT(*) FROM message GROUP BY state";
constexpr std::string_view count_campaign =
    "SELECT state, COUNT(*) FROM message WHERE campaign_id = $1 GROUP BY state";

MessageView to_view(const storage::Row& row) {
  MessageView v;
  v.id = row.get<MessageId>(0);
  v.state = row.get<MessageState>(1);
  v.reason = row.text(2);
  v.purpose = row.get<Purpose>(3);
  v.to = row.get<Phone>(4);
  v.gateway = row.text(5);
  v.parts = row.get<int>(6);
  v.attempts = row.get<int>(7);
  v.campaign = row.get<CampaignId>(8);
  v.text = row.text(9);
  v.created_at = row.get<TimePoint>(10);
  return v;
}

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

std::optional<MessageView> find_message(storage::Tx& tx, MessageId id) {
  auto view = tx.first(select_one, to_view, id);
  if (!view) return std::nullopt;
  view->history = tx.all(
      select_history,
      [](const storage::Row& row) {
        return MessageStep{row.get<TimePoint>(0), row.get<MessageState>(1), row.text(2), row.text(3)};
      },
      id);
  return view;
}

std::vector<MessageView> list_messages(storage::Tx& tx, const MessageFilter& filter) {
  if (filter.to)
    return tx.all(select_list_to, to_view, filter.before, filter.state, filter.limit, *filter.to);
  return tx.all(select_list, to_view, filter.before, filter.state, filter.limit);
}

bool any_alive(storage::Tx& tx, CaseId case_id, ReferralId referral) {
  return tx.value<int>(select_alive, case_id, referral).has_value();
}

StateCounts count_messages(storage::Tx& tx) {
  return to_counts(tx, count_all);
}

StateCounts count_messages(storage::Tx& tx, CampaignId campaign) {
  return to_counts(tx, count_campaign, campaign);
}

}  // namespace tongdai::outbox
