#include "outbox/messages.hpp"

#include "outbox/new_message.hpp"
#include "outbox/reason.hpp"
#include "outbox/tally.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_message =
    "SELECT state, purpose, COALESCE(campaign_id, 0), COALESCE(case_id, 0), COALESCE(referral_id, 0), "
    "gateway, "
    "submitted_at IS NULL FROM message WHERE id = $1";
// A receipt is awaited by what is accepted alone. The times are those of the straight way.
constexpr std::string_view update_state =
    "UPDATE message SET state = $2, reason = $3, updated_at = $4, "
    "awaits_receipt = CASE WHEN $2 = 'accepted' THEN awaits_receipt ELSE 0 END, "
    "submitted_at = CASE WHEN $2 = 'submitting' AND submitted_at IS NULL THEN $4 ELSE submitted_at END, "
    "accepted_at = CASE WHEN $2 = 'accepted' AND $5 = 'submitting' THEN $4 ELSE accepted_at END "
    "WHERE id = $1 AND state = $5";
constexpr std::string_view to_submitting =
    "UPDATE message SET state = 'submitting', attempts = attempts + 1, "
    "submitted_at = COALESCE(submitted_at, $2), updated_at = $2 WHERE id = $1 AND state = 'queued'";
constexpr std::string_view to_accepted =
    "UPDATE message SET state = 'accepted', reason = '', gateway_ref = $2, awaits_receipt = $3, accepted_at "
    "= $4, "
    "updated_at = $4 WHERE id = $1 AND state = 'submitting'";
constexpr std::string_view to_delivered =
    "UPDATE message SET state = 'delivered', reason = '', awaits_receipt = 0, updated_at = $3 WHERE id = ("
    "SELECT MAX(id) FROM message WHERE awaits_receipt = 1 AND gateway_ref = $2 AND gateway = $1) "
    "AND state = 'accepted' "
    "RETURNING id, purpose, COALESCE(campaign_id, 0), COALESCE(case_id, 0), COALESCE(referral_id, 0)";
constexpr std::string_view insert_event =
    "INSERT INTO message_event (id, message_id, at, state, reason, gateway) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view select_expired =
    "SELECT id FROM message WHERE state = 'queued' AND expires_at <= $1 ORDER BY expires_at LIMIT $2";
constexpr std::string_view suspend =
    "UPDATE message SET not_before = $2 WHERE campaign_id = $1 AND state = 'queued' AND not_before <> $2";
constexpr std::string_view select_suspended =
    "SELECT id, parts FROM message WHERE campaign_id = $1 AND state = 'queued' AND not_before = $2 ORDER BY "
    "id";
constexpr std::string_view set_not_before = "UPDATE message SET not_before = $2 WHERE id = $1";
constexpr std::string_view select_ready_of_campaign =
    "SELECT id FROM message WHERE campaign_id = $1 AND state = 'queued'";
constexpr std::string_view select_ready_of_referral =
    "SELECT m.id FROM message m JOIN referral r ON r.case_id = m.case_id "
    "WHERE r.id = $1 AND m.referral_id = $1 AND m.state = 'queued'";
constexpr std::string_view select_over =
    "SELECT 1 FROM message WHERE id = $1 AND campaign_id IS NOT NULL AND expires_at <= $2";
constexpr std::string_view select_erased = "SELECT 1 FROM message WHERE id = $1 AND key_id = 0";
constexpr std::string_view requeue =
    "UPDATE message SET not_before = $2, expires_at = CASE WHEN expires_at > $2 THEN expires_at ELSE $3 END, "
    "attempts = 0 "
    "WHERE id = $1";

struct Standing {
  MessageState state = MessageState::queued;
  Fate fate;
  std::string gateway;
  bool never_submitted = true;
};

/// The steps that the message's own times tell: they need no event.
bool is_straight(const Standing& standing, MessageEvent event) {
  switch (event) {
    case MessageEvent::claimed:
      return standing.never_submitted;
    case MessageEvent::taken:
      return standing.state == MessageState::submitting;
    case MessageEvent::all_delivered:
      return standing.state == MessageState::accepted;
    default:
      return false;
  }
}

std::vector<MessageId> ids_of(storage::Tx& tx, std::string_view sql, auto... args) {
  return tx.all(sql, [](const storage::Row& row) { return row.get<MessageId>(0); }, args...);
}

}  // namespace

void changed(storage::Tx& tx, MessageId id, CampaignId campaign) {
  if (!campaign) return tx.changed("message", id.value);
  const auto& changes = tx.changes();
  if (changes.empty() || changes.back().topic != progress || changes.back().id != campaign.value)
    tx.changed(progress, campaign.value);
}

Result<MessageState> Messages::apply(storage::Tx& tx, MessageId id, MessageEvent event, std::string_view said,
                                     TimePoint now) {
  const std::string reason = without_numbers(said);
  const auto standing = tx.first(
      select_message,
      [&](const storage::Row& row) {
        Standing s;
        s.state = row.get<MessageState>(0);
        s.fate = {id,
                  s.state,
                  row.get<Purpose>(1),
                  row.get<CampaignId>(2),
                  row.get<CaseId>(3),
                  row.get<ReferralId>(4),
                  reason};
        s.gateway = row.text(5);
        s.never_submitted = row.get<bool>(6);
        return s;
      },
      id);
  if (!standing) return fail(Code::not_found, "there is no message " + to_string(id));
  const auto to = next(standing->state, event);
  if (!to) return to;
  tx.run(update_state, id, *to, reason, now, standing->state);
  if (!is_straight(*standing, event)) write_event(tx, id, *to, reason, standing->gateway, now);
  tally(tx, standing->fate.campaign, standing->state, *to);
  changed(tx, id, standing->fate.campaign);
  if (*to == MessageState::queued && !standing->fate.campaign) tx.changed(came_due, 0);
  if (listener_ && (is_final(*to) || *to == MessageState::uncertain)) {
    Fate fate = standing->fate;
    fate.state = *to;
    listener_(tx, fate, now);
  }
  return to;
}

void Messages::write_event(storage::Tx& tx, MessageId id, MessageState state, std::string_view reason,
                           std::string_view gateway, TimePoint now) {
  tx.run(insert_event, ids_.next<struct EventTag>(), id, now, state, reason, gateway);
}

bool Messages::submitting(storage::Tx& tx, const Claimed& claimed, std::string_view gateway, TimePoint now) {
  if (tx.run(to_submitting, claimed.id, now) != 1) return false;
  if (!claimed.first_time) write_event(tx, claimed.id, MessageState::submitting, "", gateway, now);
  tally(tx, claimed.campaign, MessageState::queued, MessageState::submitting);
  changed(tx, claimed.id, claimed.campaign);
  return true;
}

bool Messages::accepted(storage::Tx& tx, MessageId id, CampaignId campaign, const std::string& ref,
                        bool awaits_receipt, TimePoint now) {
  if (tx.run(to_accepted, id, ref, awaits_receipt && !ref.empty(), now) != 1) return false;
  tally(tx, campaign, MessageState::submitting, MessageState::accepted);
  changed(tx, id, campaign);
  return true;
}

void Messages::accepted(storage::Tx& tx, const Claimed& handed_over, std::string_view gateway,
                        const std::string& ref, bool awaits_receipt, bool arrived, TimePoint now) {
  const MessageState state = arrived ? MessageState::delivered : MessageState::accepted;
  insert_handed_over(tx, handed_over, {state, gateway, ref, awaits_receipt && !arrived && !ref.empty()}, now);
  if (!arrived || !listener_) return;
  listener_(tx, {handed_over.id, state, handed_over.purpose, handed_over.campaign, {}, {}, ""}, now);
}

void Messages::write_down(storage::Tx& tx, const Claimed& handed_over, std::string_view gateway,
                          TimePoint now) {
  insert_handed_over(tx, handed_over, {.state = MessageState::submitting, .gateway = gateway}, now);
}

bool Messages::delivered(storage::Tx& tx, std::string_view gateway, std::string_view ref, TimePoint now) {
  const auto fate = tx.first(
      to_delivered,
      [](const storage::Row& row) {
        return Fate{row.get<MessageId>(0),
                    MessageState::delivered,
                    row.get<Purpose>(1),
                    row.get<CampaignId>(2),
                    row.get<CaseId>(3),
                    row.get<ReferralId>(4),
                    ""};
      },
      gateway, ref, now);
  if (!fate) return false;
  tally(tx, fate->campaign, MessageState::accepted, MessageState::delivered);
  changed(tx, fate->id, fate->campaign);
  if (listener_) listener_(tx, *fate, now);
  return true;
}

std::size_t Messages::expire(storage::Tx& tx, TimePoint now, std::size_t limit) {
  const auto due = ids_of(tx, select_expired, now, limit);
  for (const MessageId id : due)
    (void)apply(tx, id, MessageEvent::time_up, "its time passed before it could leave", now);
  return due.size();
}

Result<MessageState> Messages::resend(storage::Tx& tx, MessageId id, TimePoint now) {
  if (tx.value<int>(select_over, id, now))
    return fail(Code::not_allowed, "its campaign's end has passed: nothing of it leaves after");
  if (tx.value<int>(select_erased, id))
    return fail(Code::not_allowed, "its case was erased: there is no text to send");
  auto state = apply(tx, id, MessageEvent::resent, "sent again by an operator", now);
  if (state) tx.run(requeue, id, now, now + 1h);
  return state;
}

Result<MessageState> Messages::write_off(storage::Tx& tx, MessageId id, TimePoint now) {
  return apply(tx, id, MessageEvent::written_off, "given up by an operator", now);
}

void Messages::suspend_campaign(storage::Tx& tx, CampaignId campaign) {
  tx.run(suspend, campaign, suspended_until);
}

Slot Messages::release_campaign(storage::Tx& tx, CampaignId campaign, Slot from, int rate_parts_per_s) {
  struct Waiting {
    MessageId id;
    int parts;
  };
  const auto waiting = tx.all(
      select_suspended,
      [](const storage::Row& row) { return Waiting{row.get<MessageId>(0), row.get<int>(1)}; }, campaign,
      suspended_until);
  for (const Waiting& w : waiting) {
    tx.run(set_not_before, w.id, std::chrono::floor<Duration>(from));
    if (rate_parts_per_s > 0) from += std::chrono::microseconds{1'000'000} * w.parts / rate_parts_per_s;
  }
  if (!waiting.empty()) {
    tx.changed("message", 0);
    tx.changed(came_due, 0);
  }
  return from;
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
