#include "campaigns/pump.hpp"

#include <numeric>

#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::int64_t ready_max = 2000;  // messages of one campaign ahead of the gateways
constexpr Duration ahead{5000};           // a campaign's own rate is laid out this far
// The pump turns every second; what it put into the queue must be out of it when the window closes.
constexpr Duration closing_margin{3000};

constexpr std::string_view select_last_laid_out =
    "SELECT MAX(not_before) FROM message WHERE campaign_id = $1 AND state = 'queued' AND not_before < $2";

/// Who a rule stopped is suppressed; what cannot be sent at all has failed.
outbox::MessageState state_for(outbox::Refusal why) {
  switch (why) {
    case outbox::Refusal::opted_out:
    case outbox::Refusal::held:
    case outbox::Refusal::invalid_number:
    case outbox::Refusal::machine:
      return outbox::MessageState::suppressed;
    default:
      return outbox::MessageState::failed;
  }
}

std::int64_t count(storage::Tx& tx, CampaignId id, outbox::MessageState state) {
  return outbox::count_messages(tx, id)[static_cast<std::size_t>(state)];
}

void refuse(storage::Tx& tx, const Campaign& c, const Recipient& r, const outbox::Refused& refused) {
  set_refused(tx, c.id, r.seq, state_for(refused.why), name_of(refused.why));
}

/// What an earlier run has laid out keeps its times, and the next follow it.
outbox::Slot after_what_is_laid_out(storage::Tx& tx, CampaignId id, TimePoint now) {
  const auto last = tx.value<std::optional<TimePoint>>(select_last_laid_out, id, outbox::suspended_until)
                        .value_or(std::nullopt);
  return std::min(last.value_or(now), now + ahead);
}

bool is_open(const Campaign& c, const text::TimeZone& zone, TimePoint now) {
  return c.schedule.windows.open_at(now, zone) && c.schedule.windows.open_at(now + closing_margin, zone);
}

}  // namespace

std::size_t Pump::run_once(storage::Tx& tx, TimePoint now) {
  std::size_t moved = 0;
  for (const Campaign& c : live(tx)) moved += run_campaign(tx, c, now);
  return moved;
}

std::size_t Pump::run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now) {
  if (c.state == CampaignState::paused) {
    next_slot_.erase(c.id);
    return 0;
  }
  if (c.state == CampaignState::approved) {
    if (c.schedule.start > now) return 0;
    if (!move(tx, messages_.ids(), c, CampaignEvent::start, "schedule", "", now)) return 0;
  }
  if (now >= c.schedule.end) {
    end_pending(tx, c.id, c.cursor, outbox::MessageState::expired, "the campaign's end passed");
    finish_if_done(tx, c.id, now);
    return 0;
  }
  if (!is_open(c, zone_, now)) {
    messages_.suspend_campaign(tx, c.id);
    next_slot_.erase(c.id);
    return 0;
  }
  const auto [known, fresh] = next_slot_.try_emplace(c.id);
  outbox::Slot& slot = known->second;
  if (fresh) slot = after_what_is_laid_out(tx, c.id, now);
  slot = messages_.release_campaign(tx, c.id, std::max<outbox::Slot>(now, slot), c.schedule.rate);
  const std::size_t moved = c.schedule.rate > 0 ? lay_out(tx, c, slot, now) : 0;
  if (moved == 0) finish_if_done(tx, c.id, now);
  return moved;
}

std::size_t Pump::lay_out(storage::Tx& tx, const Campaign& c, outbox::Slot& slot, TimePoint now) {
  const std::int64_t room = ready_max - count(tx, c.id, outbox::MessageState::queued);
  if (room <= 0) return 0;
  const auto variants = texts(tx, c.id);
  const std::vector<std::string> any;
  outbox::CampaignDoor door(door_, tx, {c.id, c.schedule.end}, any, now);
  std::size_t moved = 0;
  for (const Recipient& r : pending_after(tx, c.id, c.cursor, room)) {
    if (slot >= now + ahead) break;
    const CampaignText& text = variants.at(static_cast<std::size_t>(r.text));
    if (const auto passage = door.look(r.phone, text.rendered)) {
      door.enqueue(*passage, r.phone, r.seq, std::chrono::floor<Duration>(slot));
      slot += std::chrono::microseconds{1'000'000} * text.parts / c.schedule.rate;
    } else {
      refuse(tx, c, r, passage.error());
    }
    set_cursor(tx, c.id, r.seq);
    ++moved;
  }
  if (moved > 0) tx.changed("campaign", c.id.value);
  return moved;
}

outbox::BulkTaken Pump::take(storage::Tx& tx, const outbox::BulkRoom& room, TimePoint now) {
  outbox::BulkTaken result;
  std::vector<outbox::Claimed>& taken = result.claimed;
  std::vector<Campaign> feeding;
  for (Campaign& c : live(tx)) {
    if (c.state == CampaignState::running && c.schedule.rate == 0 && now < c.schedule.end &&
        is_open(c, zone_, now))
      feeding.push_back(std::move(c));
  }
  for (std::size_t left = feeding.size(); left > 0; --left) {  // each an equal share of what is left
    const std::size_t free = room.messages - taken.size();
    const std::int64_t used = std::accumulate(taken.begin(), taken.end(), std::int64_t{0},
                                              [](std::int64_t sum, const outbox::Claimed& t) {
                                                return sum + static_cast<std::int64_t>(t.body->parts);
                                              });
    const outbox::BulkRoom share{
        room.gateway, room.able, (free + left - 1) / left,
        (room.parts - used + static_cast<std::int64_t>(left) - 1) / static_cast<std::int64_t>(left)};
    if (take_from(tx, feeding[feeding.size() - left], share, taken, now)) result.more = true;
  }
  return result;
}

bool Pump::take_from(storage::Tx& tx, const Campaign& c, const outbox::BulkRoom& room,
                     std::vector<outbox::Claimed>& taken, TimePoint now) {
  std::int64_t parts = room.parts;
  if (room.messages == 0 || parts <= 0) return true;
  std::int64_t elsewhere = ready_max - count(tx, c.id, outbox::MessageState::queued);
  std::int64_t cursor = c.cursor;
  const auto variants = texts(tx, c.id);
  outbox::CampaignDoor door(door_, tx, {c.id, c.schedule.end}, room.able, now);
  const auto next = pending_after(tx, c.id, c.cursor, static_cast<std::int64_t>(room.messages));
  if (next.empty()) return false;
  door.open_range(room.gateway, next.front().seq, next.back().seq);
  for (const Recipient& r : next) {
    if (parts <= 0) break;
    const CampaignText& text = variants.at(static_cast<std::size_t>(r.text));
    const auto passage = door.look(r.phone, text.rendered);
    if (!passage) {
      refuse(tx, c, r, passage.error());
    } else if (passage->gateway == room.gateway) {
      taken.push_back(door.hand_over(*passage, r.phone, r.seq));
      parts -= text.parts;
    } else if (--elsewhere >= 0) {
      door.enqueue(*passage, r.phone, r.seq, now);
    } else {
      break;  // that gateway is far behind: this one waits for it, so that none is passed over
    }
    cursor = r.seq;
  }
  door.close_range();
  if (cursor == c.cursor) return false;
  set_cursor(tx, c.id, cursor);
  outbox::changed(tx, {}, c.id);
  return elsewhere >= 0;
}

void Pump::finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now) {
  const auto c = find(tx, id);
  if (!c || c->state != CampaignState::running) return;
  if (!pending_after(tx, id, c->cursor, 1).empty()) return;
  if (count(tx, id, outbox::MessageState::queued) + count(tx, id, outbox::MessageState::submitting) > 0)
    return;
  (void)move(tx, messages_.ids(), *c, CampaignEvent::finish, "schedule", "", now);
  next_slot_.erase(id);
}

}  // namespace tongdai::campaigns
