#include "campaigns/rescue.hpp"

#include <unordered_map>

#include "campaigns/rendering.hpp"

namespace tongdai::campaigns {
namespace {

// Their places in the audience are known; who of them was refused, or has a row, was not left in doubt.
constexpr std::string_view select_missing =
    "SELECT h.id + r.seq - h.first_seq, h.campaign_id, r.seq, r.recipient, r.text, r.fill, h.gateway, h.at, "
    "c.end_at FROM message_handover h JOIN campaign c ON c.id = h.campaign_id "
    "JOIN campaign_recipient r ON r.campaign_id = h.campaign_id AND r.seq BETWEEN h.first_seq AND h.last_seq "
    "AND r.seq <= c.cursor AND r.state = 'pending' "
    "WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = r.campaign_id AND m.campaign_seq = "
    "r.seq)";
constexpr std::string_view insert_missing =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, attempts, "
    "not_before, "
    "expires_at, campaign_id, campaign_seq, created_at, submitted_at, updated_at) "
    "VALUES ($1, 'campaign', 'bulk', 'submitting', $2, $3, $4, $5, 1, $6, $7, $8, $9, $6, $6, $6)";
constexpr std::string_view delete_ranges = "DELETE FROM message_handover";

struct Missing {
  MessageId id;
  CampaignId campaign;
  Recipient recipient;
  std::string gateway;
  TimePoint at{}, expires_at{};
};

/// The text that this message left with. Identifiers are not made yet: one of its own bears the message's.
outbox::Body body_of(storage::Tx& tx, const Rendering& rendering, const Missing& m, bool strip) {
  const Rendering::Variant& variant = rendering.variant(m.recipient.text);
  if (variant.words.is_plain())
    return outbox::load_body(tx, strip ? variant.text.stripped : variant.text.rendered).value();
  outbox::Body body = Rendering::body(variant, m.recipient.fill, strip);
  body.id = BodyId{m.id.value};
  outbox::insert_body(tx, body);
  return body;
}

}  // namespace

std::int64_t lay_down_handovers(storage::Tx& tx, const outbox::Router& router) {
  const auto missing = tx.all(select_missing, [](const storage::Row& row) {
    return Missing{row.get<MessageId>(0),
                   row.get<CampaignId>(1),
                   {row.integer(2), row.get<Phone>(3), row.get<int>(4), row.text(5)},
                   row.text(6),
                   row.get<TimePoint>(7),
                   row.get<TimePoint>(8)};
  });
  std::unordered_map<CampaignId, Rendering> renderings;
  for (const Missing& m : missing) {
    const auto rendering = renderings.try_emplace(m.campaign, tx, m.campaign).first;
    const auto choice = router.choose(outbox::Purpose::campaign, m.recipient.phone, m.gateway);
    const auto body = body_of(tx, rendering->second, m, choice && choice->limits->strips_accents);
    tx.run(insert_missing, m.id, m.recipient.phone, body.id, body.parts, m.gateway, m.at, m.expires_at,
           m.campaign, m.recipient.seq);
  }
  tx.run(delete_ranges);
  return std::ssize(missing);
}

}  // namespace tongdai::campaigns
