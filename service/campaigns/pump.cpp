#include "campaigns/pump.hpp"

#include "campaigns/audience.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::int64_t ready_max = 2000;  // messages of one campaign ahead of the gateways
constexpr Duration ahead{5000};           // a campaign's own rate is laid out this far
// The pump turns every second; what it put into the queue must be out of it when the window closes.
constexpr Duration closing_margin{3000};

constexpr std::string_view count_ready =
    "SELECT COUNT(*) FROM message WHERE campaign_id = $1 AND state = 'queued'";
constexpr std::string_view count_in_flight =
    "SELECT COUNT(*) FROM message WHERE state = 'submitting' AND campaign_id = $1";

/// Who a rule stopped is suppressed; what cannot be sent at all has failed.
std::string_view state_for(outbox::Refusal why) {
  switch (why) {
    case outbox::Refusal::opted_out:
    case outbox::Refusal::held:
    case outbox::Refusal::duplicate:
    case outbox::Refusal::invalid_number:
    case outbox::Refusal::machine:
      return "suppressed";
    default:
      return "failed";
  }
}

bool is_open(const Campaign& c, const text::TimeZone& zone, TimePoint now) {
  return c.windows.open_at(now, zone) && c.windows.open_at(now + closing_margin, zone);
}

}  // namespace

std::size_t Pump::run_once(storage::Tx& tx, TimePoint now) {
  std::size_t moved = 0;
  for (const Campaign& c : live(tx)) moved += run_campaign(tx, c, now);
  return moved;
}

std::size_t Pump::run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now) {
  if (c.state == CampaignState::paused) {
    if (now >= c.end) messages_.postpone_campaign(tx, c.id, now);  // their time is up: they expire
    return 0;
  }
  if (c.state == CampaignState::approved) {
    if (c.start > now) return 0;
    if (!move(tx, messages_.ids(), c, CampaignEvent::start, "schedule", "", now)) return 0;
  }
  if (now >= c.end) {
    end_pending(tx, c.id, "expired", "the campaign's end passed");
    finish_if_done(tx, c.id, now);
    return 0;
  }
  if (!is_open(c, zone_, now)) {
    messages_.postpone_campaign(tx, c.id, c.windows.next_open(now + closing_margin, zone_));
    next_slot_.erase(c.id);
    return 0;
  }
  const std::size_t moved = feed(tx, c, now);
  if (moved == 0) finish_if_done(tx, c.id, now);
  return moved;
}

std::size_t Pump::feed(storage::Tx& tx, const Campaign& c, TimePoint now) {
  const std::int64_t room = ready_max - tx.value<std::int64_t>(count_ready, c.id).value_or(0);
  if (room <= 0) return 0;
  Slot slot = std::max<Slot>(now, next_slot_[c.id]);
  const auto variants = texts(tx, c.id);
  std::size_t moved = 0;
  for (const Recipient& r : pending_after(tx, c.id, c.cursor, room)) {
    if (c.rate > 0 && slot >= now + ahead) break;
    outbox::Draft draft;
    draft.purpose = outbox::Purpose::campaign;
    draft.to = r.phone;
    const CampaignText& text = variants.at(static_cast<std::size_t>(r.text));
    draft.body = text.rendered;
    draft.not_before = std::chrono::floor<Duration>(slot);
    draft.expires_at = c.end;
    draft.campaign = c.id;
    const auto admitted = door_.admit(tx, draft, now);
    if (admitted) {
      set_sent(tx, c.id, r.seq, *admitted);
    } else {
      set_refused(tx, c.id, r.seq, state_for(admitted.error().why), name_of(admitted.error().why));
    }
    if (admitted && c.rate > 0) slot += std::chrono::microseconds{1'000'000} * text.parts / c.rate;
    set_cursor(tx, c.id, r.seq);
    ++moved;
  }
  next_slot_[c.id] = slot;
  if (moved > 0) tx.changed("campaign", c.id.value);
  return moved;
}

void Pump::finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now) {
  const auto c = find(tx, id);
  if (!c || c->state != CampaignState::running) return;
  if (!pending_after(tx, id, 0, 1).empty()) return;
  if (tx.value<int>(count_ready, id).value_or(0) > 0 || tx.value<int>(count_in_flight, id).value_or(0) > 0)
    return;
  (void)move(tx, messages_.ids(), *c, CampaignEvent::finish, "schedule", "", now);
  next_slot_.erase(id);
}

}  // namespace tongdai::campaigns
