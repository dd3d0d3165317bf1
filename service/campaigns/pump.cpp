#include "campaigns/pump.hpp"

#include <algorithm>
#include <numeric>

#include "campaigns/canary.hpp"
#include "campaigns/control.hpp"
#include "campaigns/editing.hpp"
#include "campaigns/ending.hpp"
#include "campaigns/refusals.hpp"
#include "campaigns/rendering.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::int64_t ready_max = 2000;       // messages of one campaign ahead of the gateways
constexpr Duration ahead_of_neighbours{2000};  // gateways look at what they may take once a second
constexpr Duration ahead{5000};                // a campaign's own rate is laid out this far
// The pump turns every second; what it put into the queue must be out of it when the window closes.
constexpr Duration closing_margin{3000};

constexpr std::string_view select_last_laid_out =
    "SELECT MAX(not_before) FROM message WHERE campaign_id = $1 AND state = 'queued' AND not_before < $2";

constexpr std::string_view select_last_there =
    "SELECT MAX(not_before) FROM message WHERE campaign_id = $1 AND gateway = $2 AND state = 'queued' AND "
    "not_before < $3";
constexpr std::string_view select_queued_there =
    "SELECT 1 FROM message WHERE campaign_id = $1 AND gateway = $2 AND state = 'queued' AND not_before <= $3 "
    "LIMIT 1";

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

outbox::CampaignDoor::Campaign for_door(const Campaign& c, TimePoint closes_at) {
  return {c.id, c.schedule.end, c.klass == Class::advertising, c.schedule.gateway, closes_at};
}

}  // namespace

std::size_t Pump::run_once(storage::Tx& tx, TimePoint now) {
  if (is_barred_) return 0;
  (void)drop_step(tx);
  std::size_t moved = 0;
  for (const Campaign& c : live(tx)) moved += run_campaign(tx, c, now);
  return moved;
}

std::size_t Pump::run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now) {
  if (c.state == CampaignState::paused) {
    courses_.erase(c.id);
    watch_.forget(c.id);
    return 0;
  }
  if (c.state == CampaignState::approved) {
    if (!c.frozen || c.schedule.start > now) return 0;
    if (!move(tx, messages_.ids(), c, CampaignEvent::start, "schedule", "", now)) return 0;
  }
  if (now >= c.schedule.end) {
    end_next(tx, c, outbox::MessageState::expired, ended_by_time);
    finish_if_done(tx, c.id, now);
    return 0;
  }
  if (c.state == CampaignState::running && halt_if_bad(tx, c, now)) return 0;
  const double share = c.paced_by_cases ? pacing_.share(tx, now) : 1;
  const int rate = pacing_.rate(c.schedule.rate, share);
  if (closes_at(c, now) <= now + closing_margin || share <= 0) {
    messages_.suspend_campaign(tx, c.id);
    courses_.erase(c.id);
    if (share <= 0) finish_if_done(tx, c.id, now);
    return 0;
  }
  return go_on(tx, c, rate, now);
}

std::size_t Pump::go_on(storage::Tx& tx, const Campaign& c, int rate, TimePoint now) {
  const auto [known, fresh] = courses_.try_emplace(c.id);
  auto& [slot, last_rate] = known->second;
  if (fresh) {
    slot = after_what_is_laid_out(tx, c.id, now);
  } else if (last_rate != rate) {  // tuned or slowed: what is laid out is laid out anew
    messages_.suspend_campaign(tx, c.id);
    slot = now;
  }
  last_rate = rate;
  slot = messages_.release_campaign(tx, c.id, std::max<outbox::Slot>(now, slot), rate);
  const std::size_t moved = rate > 0 ? lay_out(tx, c, rate, slot, now) : 0;
  if (moved == 0) finish_if_done(tx, c.id, now);
  return moved;
}

TimePoint Pump::closes_at(const Campaign& c, TimePoint now) const {
  return almanac_.hours(c.schedule).closes_at(now);
}

bool Pump::halt_if_bad(storage::Tx& tx, const Campaign& c, TimePoint now) {
  std::string_view who = "canary";
  auto why = run_canary(tx, messages_.ids(), c, now);
  if (!why) {
    who = "failure watch";
    why = watch_.look(c.id, outbox::count_messages(tx, c.id));
  }
  if (!why) return false;
  if (!act(tx, messages_, c.id, CampaignEvent::pause, Actor{std::string(who)}, *why, now)) return false;
  courses_.erase(c.id);
  watch_.forget(c.id);
  log_.alarm("a campaign was halted", {{"campaign", c.id}, {"by", who}, {"why", *why}});
  return true;
}

bool Pump::may_carry(const Campaign& c) const {
  return c.schedule.gateway.empty() ||
         door_.router().choose(outbox::Purpose::campaign, Phone{}, c.schedule.gateway).has_value();
}

std::size_t Pump::lay_out(storage::Tx& tx, const Campaign& c, int rate, outbox::Slot& slot, TimePoint now) {
  if (!may_carry(c)) return 0;
  const std::int64_t room =
      std::min(ready_max - count(tx, c.id, outbox::MessageState::queued), canary_room(tx, c));
  if (room <= 0) return 0;
  StoredTexts texts(tx, messages_.ids(), c.id);
  const std::vector<std::string> any;
  outbox::CampaignDoor door(door_, tx, for_door(c, outbox::suspended_until), any, now);
  std::size_t moved = 0;
  for (const Recipient& r : pending_after(tx, c.id, c.cursor, room)) {
    if (slot >= now + ahead) break;
    if (const auto passage = door.look(r.phone, texts.of(r))) {
      door.enqueue(*passage, r.phone, r.seq, std::chrono::floor<Duration>(slot));
      slot += std::chrono::microseconds{1'000'000} * passage->body->parts / rate;
    } else {
      refuse(tx, c, r, passage.error());
    }
    set_cursor(tx, c.id, r.seq);
    ++moved;
  }
  if (moved > 0) tx.changed("campaign", c.id.value);
  return moved;
}

std::vector<Pump::Feeding> Pump::feeding(storage::Tx& tx, const std::string& gateway, TimePoint now) const {
  std::vector<Feeding> feeding;
  for (Campaign& c : live(tx)) {
    const bool runs = c.state == CampaignState::running && c.schedule.rate == 0 && now < c.schedule.end;
    if (!runs || (!c.schedule.gateway.empty() && c.schedule.gateway != gateway)) continue;
    const TimePoint closing = closes_at(c, now);
    if (closing > now + closing_margin) feeding.push_back({std::move(c), closing});
  }
  return feeding;
}

outbox::BulkTaken Pump::take(storage::Tx& tx, const outbox::BulkRoom& room, TimePoint now) {
  outbox::BulkTaken result;
  if (is_barred_) return result;
  std::vector<outbox::Claimed>& taken = result.claimed;
  const auto parts_from = [&taken](std::size_t first) {
    return std::accumulate(taken.begin() + static_cast<std::ptrdiff_t>(first), taken.end(), std::int64_t{0},
                           [](std::int64_t sum, const outbox::Claimed& t) {
                             return sum + static_cast<std::int64_t>(t.body->parts);
                           });
  };
  const auto from = feeding(tx, room.gateway, now);
  for (std::size_t left = from.size(); left > 0; --left) {  // each an equal share of what is left
    const Feeding& next = from[from.size() - left];
    // What it has in the queue there is its share beside its neighbours.
    if (from.size() > 1 &&
        tx.value<int>(select_queued_there, next.campaign.id, room.gateway, now + ahead_of_neighbours))
      continue;
    const std::size_t free = room.messages - taken.size();
    outbox::BulkRoom share{
        room.gateway, room.able, (free + left - 1) / left,
        (room.parts - parts_from(0) + static_cast<std::int64_t>(left) - 1) / static_cast<std::int64_t>(left)};
    const double speed = next.campaign.paced_by_cases ? pacing_.share(tx, now) : 1;
    if (speed < 1) {
      share.parts = std::min(share.parts, pacing_.budget(room.gateway, speed, now));
      if (share.parts <= 0) continue;  // it is looked at again within a second
    }
    const std::size_t before = taken.size();
    const bool more = take_from(tx, next, share, taken, now);
    if (speed < 1) pacing_.spend(room.gateway, parts_from(before));
    if (more && speed >= 1) result.more = true;
  }
  return result;
}

Pump::Elsewhere Pump::elsewhere(storage::Tx& tx, const Campaign& c, const std::string& gateway,
                                TimePoint now) const {
  Elsewhere e;
  e.left = ready_max - count(tx, c.id, outbox::MessageState::queued);
  e.slot = now;
  const auto rate = pacing_.full_speed(gateway);
  const auto sharers = std::ssize(feeding(tx, gateway, now));
  if (!rate || sharers < 2) return e;
  e.a_part = std::chrono::microseconds{1'000'000} * sharers / *rate;
  e.until = now + ahead_of_neighbours;
  const auto last =
      tx.value<std::optional<TimePoint>>(select_last_there, c.id, gateway, outbox::suspended_until)
          .value_or(std::nullopt);
  if (last) e.slot = std::max<outbox::Slot>(now, *last + e.a_part);
  return e;
}

bool Pump::take_from(storage::Tx& tx, const Feeding& from, const outbox::BulkRoom& room,
                     std::vector<outbox::Claimed>& taken, TimePoint now) {
  const Campaign& c = from.campaign;
  std::int64_t parts = room.parts;
  if (room.messages == 0 || parts <= 0) return true;
  std::map<std::string, Elsewhere> others;
  bool must_wait = false;
  std::int64_t cursor = c.cursor;
  StoredTexts texts(tx, messages_.ids(), c.id);
  outbox::CampaignDoor door(door_, tx, for_door(c, from.closes_at), room.able, now);
  const auto most = std::min(static_cast<std::int64_t>(room.messages), canary_room(tx, c));
  const auto next = pending_after(tx, c.id, c.cursor, most);
  if (next.empty()) return false;
  door.open_range(room.gateway, next.front().seq, next.back().seq);
  for (const Recipient& r : next) {
    if (parts <= 0) break;
    const auto passage = door.look(r.phone, texts.of(r));
    if (!passage) {
      refuse(tx, c, r, passage.error());
    } else if (passage->gateway == room.gateway) {
      taken.push_back(door.hand_over(*passage, r.phone, r.seq));
      parts -= static_cast<std::int64_t>(passage->body->parts);
    } else {
      const auto [there, fresh] = others.try_emplace(passage->gateway);
      Elsewhere& e = there->second;
      if (fresh) e = elsewhere(tx, c, passage->gateway, now);
      must_wait = e.left <= 0 || e.slot >= e.until;
      if (must_wait) break;  // that gateway is behind: this one waits for it, so that none is passed over
      door.enqueue(*passage, r.phone, r.seq, std::chrono::floor<Duration>(e.slot));
      e.slot += e.a_part * passage->body->parts;
      --e.left;
    }
    cursor = r.seq;
  }
  door.close_range();
  if (cursor == c.cursor) return false;
  set_cursor(tx, c.id, cursor);
  outbox::changed(tx, {}, c.id);
  return !must_wait;
}

void Pump::finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now) {
  const auto c = find(tx, id);
  if (!c || c->state != CampaignState::running) return;
  if (!pending_after(tx, id, c->cursor, 1).empty()) return;
  if (count(tx, id, outbox::MessageState::queued) + count(tx, id, outbox::MessageState::submitting) > 0)
    return;
  (void)move(tx, messages_.ids(), *c, CampaignEvent::finish, "schedule", "", now);
  courses_.erase(id);
  watch_.forget(id);
}

}  // namespace tongdai::campaigns
