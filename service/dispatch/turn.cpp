#include "dispatch/turn.hpp"

#include <algorithm>

#include "outbox/receipts.hpp"

namespace tongdai::dispatch {
namespace {

constexpr std::size_t reroute_max = 500;  // messages a turn
constexpr std::size_t bulk_share = 5;     // a fifth of the window stays free of bulk, for answers and alerts
constexpr std::size_t alert_share = 10;   // a tenth stays free of alerts, for answers

/// What a decision writes.
struct Record {
  storage::Tx& tx;
  outbox::Messages& messages;
  const TurnOrder& order;
  const Answered& a;
  TimePoint now;

  void operator()(const Accept&) const {
    outbox::record_accepted(
        tx, messages,
        {a.message.id, a.message.campaign, order.gateway, a.result.refs, order.reports_delivery}, now);
  }
  void operator()(const PutBack& p) const {
    outbox::put_back(tx, messages, a.message.id, p.gateway, now + p.after, p.counts, a.result.reason, now);
  }
  void operator()(const GiveUp&) const {
    (void)messages.apply(tx, a.message.id, outbox::MessageEvent::refused, a.result.reason, now);
  }
  void operator()(const LoseSight&) const {
    (void)messages.apply(tx, a.message.id, outbox::MessageEvent::lost_sight, a.result.reason, now);
  }
};

/// The turn's claims, lane by lane.
class Claims {
 public:
  Claims(storage::Tx& tx, const Surroundings& around, const TurnOrder& order, TimePoint now)
      : tx_(tx), around_(around), order_(order), now_(now), budget_(order.budget), free_(order.free) {}

  TurnResult take() {
    // An answer may go into the rate's debt: it waits for no blast.
    from_queue(outbox::Lane::reply, 0, std::max<std::int64_t>(budget_, 1));
    from_queue(outbox::Lane::alert, order_.window / alert_share, std::max<std::int64_t>(budget_, 1));
    if (order_.urgent_only) return std::move(result_);
    const std::size_t kept_free = order_.window / bulk_share;
    from_queue(outbox::Lane::bulk, kept_free, budget_);
    const std::size_t wanted = room(kept_free);
    if (around_.bulk && wanted > 0 && budget_ > 0) {
      add(around_.bulk(tx_, {order_.gateway, order_.able, wanted, budget_}, now_));
    }
    result_.more = result_.claimed.size() >= turn_max && free_ > kept_free;
    return std::move(result_);
  }

 private:
  /// Messages that may be taken now so that `kept_free` of the window stay free, and the turn short.
  [[nodiscard]] std::size_t room(std::size_t kept_free) const {
    const std::size_t left = turn_max - std::min(result_.claimed.size(), turn_max);
    return free_ > kept_free ? std::min(free_ - kept_free, left) : 0;
  }
  void from_queue(outbox::Lane lane, std::size_t kept_free, std::int64_t parts) {
    add(outbox::claim(tx_, around_.messages, order_.gateway, lane, room(kept_free), parts, now_));
  }
  void add(std::vector<outbox::Claimed> claimed) {
    for (outbox::Claimed& c : claimed) {
      budget_ -= static_cast<std::int64_t>(c.body->parts);
      --free_;
      result_.claimed.push_back(std::move(c));
    }
  }

  storage::Tx& tx_;
  const Surroundings& around_;
  const TurnOrder& order_;
  TimePoint now_;
  std::int64_t budget_;
  std::size_t free_;
  TurnResult result_;
};

void send_elsewhere(storage::Tx& tx, const Surroundings& around, const TurnOrder& order) {
  outbox::reroute(tx, order.gateway, reroute_max,
                  [&](outbox::Purpose purpose, const Phone& to) -> std::optional<std::string> {
                    if (order.keep_bulk && outbox::rules_of(purpose).lane == outbox::Lane::bulk)
                      return std::nullopt;
                    for (const std::string& other : around.routes.candidates(purpose, to)) {
                      if (other != order.gateway && std::ranges::find(order.able, other) != order.able.end())
                        return other;
                    }
                    return std::nullopt;
                  });
}

}  // namespace

TurnResult run_turn(storage::Tx& tx, const Surroundings& around, const TurnOrder& order, TimePoint now) {
  for (const Answered& a : order.answers) std::visit(Record{tx, around.messages, order, a, now}, a.decision);
  for (const gateway::Receipt& r : order.receipts) {
    outbox::record_receipt(tx, around.messages, order.gateway, r.ref, r.delivered, r.reason, now);
  }
  TurnResult result;
  if (order.claim) result = Claims(tx, around, order, now).take();
  if (order.move) send_elsewhere(tx, around, order);
  if (!order.urgent_only) result.next_due = outbox::next_due(tx, order.gateway);
  return result;
}

}  // namespace tongdai::dispatch
