#include "campaigns/rescue.hpp"

namespace tongdai::campaigns {
namespace {

// Their places in the audience are known; who of them was refused, or has a row, was not left in doubt.
constexpr std::string_view insert_missing =
    "INSERT INTO message (id, purpose, lane, state, recipient, body_id, parts, gateway, attempts, "
    "not_before, "
    "expires_at, campaign_id, campaign_seq, created_at, submitted_at, updated_at) "
    "SELECT h.id + r.seq - h.first_seq, 'campaign', 'bulk', 'submitting', r.recipient, t.body_id, b.parts, "
    "h.gateway, 1, h.at, c.end_at, h.campaign_id, r.seq, h.at, h.at, h.at "
    "FROM message_handover h JOIN campaign c ON c.id = h.campaign_id "
    "JOIN campaign_recipient r ON r.campaign_id = h.campaign_id AND r.seq BETWEEN h.first_seq AND h.last_seq "
    "AND r.seq <= c.cursor AND r.state = 'pending' "
    "JOIN campaign_text t ON t.campaign_id = h.campaign_id AND t.ordinal = r.text "
    "JOIN body b ON b.id = t.body_id "
    "WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = r.campaign_id AND m.campaign_seq = "
    "r.seq)";
constexpr std::string_view delete_ranges = "DELETE FROM message_handover";

}  // namespace

std::int64_t lay_down_handovers(storage::Tx& tx) {
  const std::int64_t laid_down = tx.run(insert_missing);
  tx.run(delete_ranges);
  return laid_down;
}

}  // namespace tongdai::campaigns
