#include "outbox/new_message.hpp"

#include "outbox/messages.hpp"
#include "outbox/tally.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_message =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, pinned, attempts, "
    "not_before, "
    "expires_at, campaign_id, campaign_seq, case_id, referral_id, created_at, submitted_at, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $17)";

template <class Tag>
std::optional<std::int64_t> or_null(Id<Tag> id) {
  return id ? std::optional(id.value) : std::nullopt;
}

}  // namespace

MessageId insert(storage::Tx& tx, IdSource& ids, const NewMessage& m, TimePoint now) {
  const auto id = ids.next<MessageTag>();
  const MessageState state = m.in_hand ? MessageState::submitting : MessageState::queued;
  tx.run(insert_message, id, m.purpose, rules_of(m.purpose).lane, state, m.to, m.body, m.parts, m.gateway,
         m.pinned, m.in_hand ? 1 : 0, m.not_before, m.expires_at, or_null(m.campaign), m.campaign_seq,
         or_null(m.case_id), or_null(m.referral), now, m.in_hand ? std::optional(now) : std::nullopt);
  tally(tx, m.campaign, std::nullopt, state);
  changed(tx, id, m.campaign);
  return id;
}

}  // namespace tongdai::outbox
