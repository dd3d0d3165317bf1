#include "dispatch/turn.hpp"

#include <algorithm>
#include <unordered_map>

#include "outbox/receipts.hpp"

namespace tongdai::dispatch {
namespace {

constexpr std::size_t reroute_max = 500;  // messages of a lane a turn
constexpr std::size_t alert_share = 10;   // a tenth stays free of alerts, for answers

/// The turn's receipts that say yes, for the answers of the same turn.
class Arrivals {
 public:
  Arrivals(const std::vector<gateway::Receipt>& receipts, bool any_answers) : used_(receipts.size()) {
    if (!any_answers) return;
    for (std::size_t i = 0; i < receipts.size(); ++i) {
      if (receipts[i].delivered) by_ref_.emplace(receipts[i].ref, i);
    }
  }
  /// Has the message of this one reference arrived? Then its receipt is used.
  bool take(const std::vector<std::string>& refs) {
    if (refs.size() != 1 || refs.front().empty()) return false;
    const auto found = by_ref_.find(refs.front());
    if (found == by_ref_.end() || used_[found->second]) return false;
    return used_[found->second] = true;
  }
  [[nodiscard]] bool is_used(std::size_t receipt) const { return used_[receipt]; }

 private:
  std::unordered_map<std::string_view, std::size_t> by_ref_;
  std::vector<bool> used_;
};

/// What a decision writes.
struct Record {
  storage::Tx& tx;
  outbox::Messages& messages;
  const TurnOrder& order;
  Arrivals& arrivals;
  bool any_parked;
  const Answered& a;
  TimePoint now;

  void write() const {
    const bool accepted = std::holds_alternative<Accept>(a.decision);
    if (a.message.handed_over && !accepted) messages.write_down(tx, a.message, order.gateway, now);
    std::visit(*this, a.decision);
  }
  void operator()(const Accept&) const {
    outbox::Acceptance taken{a.message.id, a.message.campaign, order.gateway, a.result.refs,
                             order.reports_delivery};
    taken.any_parked = any_parked;
    if (a.message.handed_over) {
      taken.handed_over = &a.message;
      taken.arrived = order.reports_delivery && arrivals.take(a.result.refs);
    }
    outbox::record_accepted(tx, messages, taken, now);
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
      : tx_(tx), around_(around), order_(order), now_(now), free_(order.free) {}

  TurnResult take() {
    from_queue(outbox::Lane::reply, 0, order_.reply_budget);
    from_queue(outbox::Lane::alert, order_.window / alert_share, order_.alert_budget);
    if (order_.urgent_only) {
      result_.more = is_urgent_left_;
      return std::move(result_);
    }
    const std::size_t kept_free = kept_from_bulk(order_.window);
    from_queue(outbox::Lane::bulk, kept_free, order_.budget);
    const bool is_left = from_source(room(kept_free));
    result_.more = is_left || result_.claimed.size() >= turn_max;
    return std::move(result_);
  }

 private:
  /// Messages that may be taken now so that `kept_free` of the window stay free, and the turn short.
  [[nodiscard]] std::size_t room(std::size_t kept_free) const {
    const std::size_t left = turn_max - std::min(result_.claimed.size(), turn_max);
    return free_ > kept_free ? std::min(free_ - kept_free, left) : 0;
  }
  void from_queue(outbox::Lane lane, std::size_t kept_free, std::int64_t budget) {
    const std::size_t wanted = room(kept_free);
    auto claimed = outbox::claim(tx_, around_.messages, order_.gateway, lane, wanted, budget - spent_, now_);
    const bool is_cut = claimed.size() >= wanted;
    add(std::move(claimed));
    if (lane != outbox::Lane::bulk && (is_cut || spent_ >= budget)) is_urgent_left_ = true;
  }
  /// True if there may be more.
  bool from_source(std::size_t wanted) {
    if (!around_.bulk) return false;
    if (wanted == 0 || spent_ >= order_.budget) return true;  // not asked: there is no room now
    outbox::BulkTaken taken =
        around_.bulk(tx_, {order_.gateway, order_.able, wanted, order_.budget - spent_}, now_);
    add(std::move(taken.claimed));
    return taken.more;
  }
  void add(std::vector<outbox::Claimed> claimed) {
    for (outbox::Claimed& c : claimed) {
      spent_ += static_cast<std::int64_t>(c.body->parts);
      --free_;
      result_.claimed.push_back(std::move(c));
    }
  }

  storage::Tx& tx_;
  const Surroundings& around_;
  const TurnOrder& order_;
  TimePoint now_;
  std::int64_t spent_ = 0;  // parts
  std::size_t free_;
  bool is_urgent_left_ = false;  // perhaps
  TurnResult result_;
};

void send_elsewhere(storage::Tx& tx, const Surroundings& around, const TurnOrder& order) {
  const auto pick = [&](outbox::Purpose purpose, const Phone& to) -> std::optional<std::string> {
    for (const std::string& other : around.routes.candidates(purpose, to)) {
      if (other != order.gateway && std::ranges::find(order.able, other) != order.able.end()) return other;
    }
    return std::nullopt;
  };
  for (const auto lane : {outbox::Lane::reply, outbox::Lane::alert, outbox::Lane::bulk}) {
    if (lane == outbox::Lane::bulk && order.keep_bulk) continue;
    outbox::reroute(tx, order.gateway, lane, reroute_max, pick);
  }
}

}  // namespace

TurnResult run_turn(storage::Tx& tx, const Surroundings& around, const TurnOrder& order, TimePoint now) {
  Arrivals arrivals(order.receipts, !order.answers.empty());
  const bool parked = !order.answers.empty() && outbox::any_parked(tx);
  for (const Answered& a : order.answers)
    Record{tx, around.messages, order, arrivals, parked, a, now}.write();
  for (std::size_t i = 0; i < order.receipts.size(); ++i) {
    const gateway::Receipt& r = order.receipts[i];
    if (!arrivals.is_used(i))
      outbox::record_receipt(tx, around.messages, order.gateway, r.ref, r.delivered, r.reason, now);
  }
  TurnResult result;
  if (order.claim) result = Claims(tx, around, order, now).take();
  if (order.move) send_elsewhere(tx, around, order);
  if (!order.urgent_only) result.next_due = outbox::next_due(tx, order.gateway);
  return result;
}

}  // namespace tongdai::dispatch
