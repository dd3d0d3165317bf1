#include "outbox/claiming.hpp"

#include <fmt/ranges.h>
#include <algorithm>

#include "outbox/door.hpp"
#include "outbox/receipts.hpp"
#include "outbox/sealed.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view select_due =
    "SELECT id, purpose, " TONGDAI_RECIPIENT("") ", body_id, attempts + 1, pinned, submitted_at IS NULL, expires_at, "
    "COALESCE(campaign_id, 0) FROM message "
    "WHERE state = 'queued' AND gateway = $1 AND lane = $2 AND not_before <= $3 "
    "ORDER BY not_before, id LIMIT $4";
constexpr std::string_view insert_part =
    "INSERT INTO message_part (message_id, part, gateway, gateway_ref, state) VALUES ($1, $2, $3, $4, "
    "'accepted') "
    "ON CONFLICT (message_id, part) DO UPDATE SET gateway = excluded.gateway, gateway_ref = "
    "excluded.gateway_ref";
constexpr std::string_view requeue =
    "UPDATE message SET gateway = $2, not_before = $3, attempts = attempts - $4 WHERE id = $1";
constexpr std::string_view select_movable =
    "SELECT id, purpose, " TONGDAI_RECIPIENT("") " FROM message WHERE state = 'queued' AND gateway = $1 AND lane = $2 AND "
    "pinned = 0 ORDER BY not_before, id LIMIT $3";
constexpr std::string_view postpone = "UPDATE message SET not_before = $2 WHERE id = $1 AND state = 'queued'";
constexpr std::string_view move = "UPDATE message SET gateway = $2 WHERE id = $1 AND state = 'queued'";
constexpr std::string_view select_queues = "SELECT DISTINCT gateway FROM message WHERE state = 'queued'";
constexpr std::string_view select_in_flight =
    "SELECT id, purpose, gateway FROM message WHERE state = 'submitting'";

constexpr std::size_t movable_looked_at_max = 2000;  // those that may not move must not hide those behind

constexpr std::string_view select_next_due =
    "SELECT MIN(not_before) FROM message WHERE state = 'queued' AND gateway = $1 AND lane = $2";

struct Due {
  Claimed claimed;
  BodyId body;
};

Due to_due(const storage::Row& row) {
  Due d;
  d.claimed.id = row.get<MessageId>(0);
  d.claimed.purpose = row.get<Purpose>(1);
  d.claimed.recipient = row.get<Phone>(2);
  d.body = row.get<BodyId>(3);
  d.claimed.attempts = row.get<int>(4);
  d.claimed.pinned = row.get<bool>(5);
  d.claimed.first_time = row.get<bool>(6);
  d.claimed.expires_at = row.get<TimePoint>(7);
  d.claimed.campaign = row.get<CampaignId>(8);
  return d;
}

/// What their campaigns say now, asked once each.
class Leaves {
 public:
  Leaves(storage::Tx& tx, const Messages& messages, TimePoint now)
      : tx_(tx), messages_(messages), now_(now) {}
  const CampaignLeave& of(CampaignId id) {
    for (const auto& [campaign, leave] : asked_) {
      if (campaign == id) return leave;
    }
    return asked_.emplace_back(id, messages_.campaign_leave(tx_, id, now_)).second;
  }

 private:
  storage::Tx& tx_;
  const Messages& messages_;
  TimePoint now_;
  std::vector<std::pair<CampaignId, CampaignLeave>> asked_;
};

bool campaign_stopped(storage::Tx& tx, Messages& messages, Leaves& leaves, const Claimed& c, TimePoint now) {
  bool advertising = false;
  if (c.campaign) {
    const CampaignLeave& leave = leaves.of(c.campaign);
    if (leave.is_cancelled) {
      (void)messages.apply(tx, c.id, MessageEvent::taken_back, "the campaign was cancelled", now);
      return true;
    }
    if (leave.from > now) {
      tx.run(postpone, c.id, leave.from);
      return true;
    }
    advertising = leave.is_advertising;
  }
  const auto objection = messages.door().objection_since(tx, c.recipient, advertising, now);
  if (!objection) return false;
  (void)messages.apply(tx, c.id, MessageEvent::stopped_by_rule, name_of(*objection), now);
  return true;
}

/// Rules that may have changed since the message was admitted.
bool stopped(storage::Tx& tx, Messages& messages, Leaves& leaves, const Claimed& c, TimePoint now) {
  if (c.expires_at <= now) {
    (void)messages.apply(tx, c.id, MessageEvent::time_up, "its time passed before it could leave", now);
    return true;
  }
  if (c.purpose == Purpose::campaign) return campaign_stopped(tx, messages, leaves, c, now);
  const bool of_case = c.purpose == Purpose::reporter_reply || c.purpose == Purpose::relay_to_reporter ||
                       c.purpose == Purpose::relay_to_facility;
  if (!of_case || !messages.has_door()) return false;
  const auto objection = messages.door().case_objection_since(tx, c.id, c.purpose, c.recipient, now);
  if (!objection) return false;
  (void)messages.apply(tx, c.id, MessageEvent::stopped_by_rule, name_of(objection->why), now);
  return true;
}

std::string joined(std::span<const std::string> refs) {
  return refs.size() == 1 ? refs.front() : fmt::format("{}", fmt::join(refs, ","));
}

}  // namespace

std::vector<Claimed> claim(storage::Tx& tx, Messages& messages, std::string_view gateway, Lane lane,
                           std::size_t messages_max, std::int64_t parts_max, TimePoint now) {
  std::vector<Claimed> taken;
  if (messages_max == 0 || parts_max <= 0) return taken;
  std::int64_t parts = 0;
  Leaves leaves(tx, messages, now);
  BodyId last;
  std::shared_ptr<const Body> body;  // of one campaign many follow each other
  const auto most = std::min(static_cast<std::int64_t>(messages_max), parts_max);  // each has a part at least
  for (Due& due : tx.all(select_due, to_due, gateway, lane, now, most)) {
    if (parts >= parts_max) break;
    Claimed& c = due.claimed;
    if (stopped(tx, messages, leaves, c, now)) continue;
    if (c.campaign) c.closes_at = leaves.of(c.campaign).closes_at;
    if (!messages.submitting(tx, c, gateway, now)) continue;
    if (due.body != last) body = std::make_shared<const Body>(load_body(tx, due.body).value());
    last = due.body;
    c.body = body;
    parts += static_cast<std::int64_t>(body->parts);
    taken.push_back(std::move(c));
  }
  return taken;
}

void record_accepted(storage::Tx& tx, Messages& messages, const Acceptance& a, TimePoint now) {
  const bool by_part = a.reports_delivery && a.refs.size() > 1;
  const std::string ref = by_part ? "" : joined(a.refs);
  if (a.handed_over != nullptr) {
    messages.accepted(tx, *a.handed_over, a.gateway, ref, a.reports_delivery, a.arrived, now);
  } else if (!messages.accepted(tx, a.id, a.campaign, ref, a.reports_delivery, now)) {
    (void)messages.apply(tx, a.id, MessageEvent::taken, "", now);
  }
  int part = 0;
  if (by_part) {
    for (const std::string& each : a.refs) tx.run(insert_part, a.id, ++part, a.gateway, each);
  }
  if (!a.any_parked || !any_parked(tx)) return;
  for (const std::string& each : a.refs) apply_parked(tx, messages, a.id, a.gateway, each, now);
}

void put_back(storage::Tx& tx, Messages& messages, MessageId id, std::string_view gateway,
              TimePoint not_before, bool counts, std::string_view reason, TimePoint now) {
  if (!messages.apply(tx, id, MessageEvent::put_back, reason, now)) return;
  tx.run(requeue, id, gateway, not_before, counts ? 0 : 1);
}

std::size_t reroute(storage::Tx& tx, std::string_view gateway, Lane lane, std::size_t limit,
                    const std::function<std::optional<std::string>(Purpose, const Phone&)>& pick) {
  struct Movable {
    MessageId id;
    Purpose purpose;
    Phone to;
  };
  const auto waiting = tx.all(
      select_movable,
      [](const storage::Row& row) {
        return Movable{row.get<MessageId>(0), row.get<Purpose>(1), row.get<Phone>(2)};
      },
      gateway, lane, std::max(limit, movable_looked_at_max));
  std::size_t moved = 0;
  for (const Movable& m : waiting) {
    if (moved == limit) break;
    const auto other = pick(m.purpose, m.to);
    if (!other || *other == gateway) continue;
    tx.run(move, m.id, *other);
    tx.changed("message", m.id.value);
    ++moved;
  }
  if (moved > 0) tx.changed(came_due, 0);
  return moved;
}

std::vector<std::string> queues(storage::Tx& tx) {
  return tx.all(select_queues, [](const storage::Row& row) { return row.text(0); });
}

Rescued rescue(storage::Tx& tx, Messages& messages,
               const std::function<bool(std::string_view gateway)>& deduplicates, TimePoint now) {
  struct InFlight {
    MessageId id;
    Purpose purpose;
    std::string gateway;
  };
  Rescued rescued;
  const auto all = tx.all(select_in_flight, [](const storage::Row& row) {
    return InFlight{row.get<MessageId>(0), row.get<Purpose>(1), row.text(2)};
  });
  for (const InFlight& m : all) {
    if (rules_of(m.purpose).resend_in_doubt || deduplicates(m.gateway)) {
      put_back(tx, messages, m.id, m.gateway, now, true, "in doubt after a crash: sent again by rule", now);
      ++rescued.resent;
    } else {
      (void)messages.apply(tx, m.id, MessageEvent::lost_sight, "in doubt after a crash", now);
      ++rescued.uncertain;
    }
  }
  return rescued;
}

std::optional<TimePoint> next_due(storage::Tx& tx, std::string_view gateway) {
  std::optional<TimePoint> earliest;
  for (const Lane lane : {Lane::reply, Lane::alert, Lane::bulk}) {
    const auto due =
        tx.value<std::optional<TimePoint>>(select_next_due, gateway, lane).value_or(std::nullopt);
    if (due && (!earliest || *due < *earliest)) earliest = due;
  }
  return earliest;
}

}  // namespace tongdai::outbox
