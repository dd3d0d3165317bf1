#include "outbox/messages.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_message =
    "SELECT state, purpose, COALESCE(case_id, 0), COALESCE(referral_id, 0), gateway FROM message WHERE id = "
    "$1";
constexpr std::string_view update_state =
    "UPDATE message SET state = $2, reason = $3, updated_at = $4 WHERE id = $1 AND state = $5";
constexpr std::string_view insert_event =
    "INSERT INTO message_event (id, message_id, at, state, reason, gateway) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view select_expired =
    "SELECT id FROM message WHERE state = 'queued' AND expires_at <= $1 ORDER BY expires_at LIMIT $2";
constexpr std::string_view postpone =
    "UPDATE message SET not_before = $2 WHERE campaign_id = $1 AND state = 'queued'";
constexpr std::string_view select_ready_of_campaign =
    "SELECT id FROM message WHERE campaign_id = $1 AND state = 'queued'";
constexpr std::string_view select_ready_of_referral =
    "SELECT m.id FROM message m JOIN referral r ON r.case_id = m.case_id "
    "WHERE r.id = $1 AND m.referral_id = $1 AND m.state = 'queued'";
constexpr std::string_view requeue =
    "UPDATE message SET not_before = $2, expires_at = CASE WHEN expires_at > $2 THEN expires_at ELSE $3 END, "
    "attempts = 0 "
    "WHERE id = $1";

struct Standing {
  MessageState state = MessageState::queued;
  Fate fate;
  std::string gateway;
};

std::vector<MessageId> ids_of(storage::Tx& tx, std::string_view sql, auto... args) {
  return tx.all(sql, [](const storage::Row& row) { return row.get<MessageId>(0); }, args...);
}

}  // namespace

Result<MessageState> Messages::apply(storage::Tx& tx, MessageId id, MessageEvent event,
                                     std::string_view reason, TimePoint now) {
  const auto standing = tx.first(
      select_message,
      [&](const storage::Row& row) {
        Standing s;
        s.state = row.get<MessageState>(0);
        s.fate = {id,
                  s.state,
                  row.get<Purpose>(1),
                  row.get<CaseId>(2),
                  row.get<ReferralId>(3),
                  std::string(reason)};
        s.gateway = row.text(4);
        return s;
      },
      id);
  if (!standing) return fail(Code::not_found, "there is no message " + to_string(id));
  const auto to = next(standing->state, event);
  if (!to) return to;
  tx.run(update_state, id, *to, reason, now, standing->state);
  tx.run(insert_event, ids_.next<struct EventTag>(), id, now, *to, reason, standing->gateway);
  tx.changed("message", id.value);
  if (listener_ && (is_final(*to) || *to == MessageState::uncertain)) {
    Fate fate = standing->fate;
    fate.state = *to;
    listener_(tx, fate, now);
  }
  return to;
}

std::size_t Messages::expire(storage::Tx& tx, TimePoint now, std::size_t limit) {
  const auto due = ids_of(tx, select_expired, now, limit);
  for (const MessageId id : due)
    (void)apply(tx, id, MessageEvent::time_up, "its time passed before it could leave", now);
  return due.size();
}

Result<MessageState> Messages::resend(storage::Tx& tx, MessageId id, TimePoint now) {
  auto state = apply(tx, id, MessageEvent::resent, "sent again by an operator", now);
  if (state) tx.run(requeue, id, now, now + 1h);
  return state;
}

Result<MessageState> Messages::write_off(storage::Tx& tx, MessageId id, TimePoint now) {
  return apply(tx, id, MessageEvent::written_off, "given up by an operator", now);
}

std::size_t Messages::postpone_campaign(storage::Tx& tx, CampaignId campaign, TimePoint from) {
  const auto n = tx.run(postpone, campaign, from);
  if (n > 0) tx.changed("message", 0);
  return static_cast<std::size_t>(n);
}

std::size_t Messages::cancel_campaign(storage::Tx& tx, CampaignId campaign, TimePoint now) {
  const auto ready = ids_of(tx, select_ready_of_campaign, campaign);
  for (const MessageId id : ready)
    (void)apply(tx, id, MessageEvent::taken_back, "the campaign was cancelled", now);
  return ready.size();
}

std::size_t Messages::cancel_referral(storage::Tx& tx, ReferralId referral, TimePoint now) {
  const auto ready = ids_of(tx, select_ready_of_referral, referral);
  for (const MessageId id : ready)
    (void)apply(tx, id, MessageEvent::taken_back, "the case was taken or closed", now);
  return ready.size();
}

}  // namespace tongdai::outbox
