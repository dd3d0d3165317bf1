#include "outbox/new_message.hpp"

#include "outbox/handover.hpp"
#include "outbox/messages.hpp"
#include "outbox/sealed.hpp"
#include "outbox/tally.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_message =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, not_before, "
    "expires_at, campaign_id, campaign_seq, case_id, referral_id, created_at, updated_at) "
    "VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)";
// As above, with a reporter's number sealed, or only the text in its body.
constexpr std::string_view insert_to_reporter =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, not_before, "
    "expires_at, case_id, referral_id, created_at, updated_at, key_id, sealed_recipient) "
    "VALUES ($1, $2, $3, 'queued', tag($4), $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, seal($14, $4))";
constexpr std::string_view insert_about_case =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, not_before, "
    "expires_at, case_id, referral_id, created_at, updated_at, key_id) "
    "VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)";
constexpr std::string_view insert_first_word =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, attempts, "
    "not_before, expires_at, campaign_id, campaign_seq, gateway_ref, awaits_receipt, created_at, "
    "submitted_at, accepted_at, updated_at) "
    "VALUES ($1, 'campaign', 'bulk', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $8, $8, $14, $15)";

void tell_lines(storage::Tx& tx, const NewMessage& m, TimePoint now) {
  const bool at_once = rules_of(m.purpose).lane != Lane::bulk && m.not_before <= now;
  tx.changed(at_once ? urgent_came_due : came_due, 0);
}

template <class Tag>
std::optional<std::int64_t> or_null(Id<Tag> id) {
  return id ? std::optional(id.value) : std::nullopt;
}

}  // namespace

MessageId insert(storage::Tx& tx, IdSource& ids, const NewMessage& m, TimePoint now) {
  const auto id = ids.next<MessageTag>();
  if (m.key) {
    tx.run(is_to_reporter(m.purpose) ? insert_to_reporter : insert_about_case, id, m.purpose,
           rules_of(m.purpose).lane, m.to, m.body, m.parts, m.gateway, m.pinned, m.not_before, m.expires_at,
           or_null(m.case_id), or_null(m.referral), now, m.key);
  } else {
    tx.run(insert_message, id, m.purpose, rules_of(m.purpose).lane, m.to, m.body, m.parts, m.gateway,
           m.pinned, m.not_before, m.expires_at, or_null(m.campaign), m.campaign_seq, or_null(m.case_id),
           or_null(m.referral), now);
  }
  tally(tx, m.campaign, std::nullopt, MessageState::queued);
  changed(tx, id, m.campaign);
  if (!m.campaign) tell_lines(tx, m, now);
  return id;
}

void insert_handed_over(storage::Tx& tx, const Claimed& m, const FirstWord& word, TimePoint now) {
  const HandedOver& from = *m.handed_over;
  const bool accepted = word.state != MessageState::submitting;
  tx.run(insert_first_word, m.id, word.state, m.recipient, m.body->id, m.body->parts, word.gateway,
         m.attempts, from.at, m.expires_at, m.campaign, from.campaign_seq,
         accepted ? std::optional(word.ref) : std::nullopt, word.awaits_receipt,
         accepted ? std::optional(now) : std::nullopt, accepted ? now : from.at);
  if (word.state != MessageState::submitting) tally(tx, m.campaign, MessageState::submitting, word.state);
  settle_handover(tx, from.range);
  changed(tx, m.id, m.campaign);
}

}  // namespace tongdai::outbox
