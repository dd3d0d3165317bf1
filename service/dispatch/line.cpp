#include "dispatch/line.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

#include "dispatch/backoff.hpp"
#include "outbox/receipts.hpp"

namespace tongdai::dispatch {
namespace {

constexpr Duration idle_look{1000};       // the queue is looked at this often though nobody called
constexpr Duration storage_wait{1000};    // after a commit failed
constexpr Duration link_patience{2000};   // a link may blink; after this its queue goes elsewhere
constexpr std::size_t reroute_max = 500;  // messages a turn
constexpr std::size_t bulk_share = 5;     // a fifth of the window stays free of bulk, for answers and alerts
constexpr std::size_t alert_share = 10;   // a tenth stays free of alerts, for answers
constexpr std::size_t claim_max = 1000;   // messages a turn
constexpr Duration valid_min{1000};       // the commit took the last of its time: it may still leave

}  // namespace

Line::Line(gateway::Settings settings, gateway::Gateway& gateway, const Surroundings& around)
    : settings_(std::move(settings)),
      gateway_(gateway),
      around_(around),
      pacer_(settings_.rate_parts_per_s, around.clock.monotonic()),
      signal_(around.loop),
      down_since_(around.clock.monotonic()),
      wake_at_(down_since_),
      random_(std::hash<std::string>{}(settings_.name)) {}

asio::awaitable<void> Line::wait_for_work() {
  using namespace asio::experimental::awaitable_operators;
  (void)co_await (around_.sleeper.until(wake_at_) || signal_.wait());
}

asio::awaitable<void> Line::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    bool failed = false;
    try {
      co_await turn();
    } catch (const storage::StorageDown&) {
      failed = true;
    }
    if (failed) wake_at_ = around_.clock.monotonic() + storage_wait;
    if (co_await runtime::told_to_end()) co_return;
    co_await wait_for_work();
    if (co_await runtime::told_to_end()) co_return;
  }
}

std::vector<Line::Answered> Line::take_answers() {
  return std::exchange(answers_, {});
}

Line::Leave Line::leave(MonoTime mono) {
  const std::size_t window = gateway_.window();
  Leave leave;
  leave.claim = can_send();
  leave.move = !leave.claim && (paused_ || mono - down_since_ >= link_patience);
  leave.keep_bulk = paused_;
  if (leave.move) leave.able = around_.able();
  leave.budget = pacer_.available(mono);
  leave.free = window > in_flight_.size() ? window - in_flight_.size() : 0;
  return leave;
}

asio::awaitable<void> Line::turn() {
  const MonoTime mono = around_.clock.monotonic();
  const TimePoint now = around_.clock.now();
  std::vector<Answered> answered = take_answers();
  const Leave granted = leave(mono);
  wake_at_ = mono + idle_look;
  std::optional<Turn> done;
  std::exception_ptr failure;
  ++turns_open_;
  try {
    done = co_await around_.writer.run([&](storage::Tx& tx) { return work(tx, answered, granted, now); });
  } catch (...) {
    failure = std::current_exception();
  }
  --turns_open_;
  if (failure) {
    // Nothing was written: the answers stand for the next turn, in front of those that came meanwhile.
    std::move(answers_.begin(), answers_.end(), std::back_inserter(answered));
    answers_ = std::move(answered);
    std::rethrow_exception(failure);
  }
  submit(std::move(*done));
}

Line::Turn Line::work(storage::Tx& tx, const std::vector<Answered>& answered, const Leave& leave,
                      TimePoint now) {
  Turn turn;
  for (const Answered& a : answered) record(tx, a, now);
  if (leave.claim) claim_lanes(tx, turn, leave.budget, leave.free, now);
  if (leave.move) send_elsewhere(tx, leave);
  turn.next_due = outbox::next_due(tx, name());
  return turn;
}

void Line::record(storage::Tx& tx, const Answered& a, TimePoint now) {
  outbox::Messages& messages = around_.messages;
  const MessageId id = a.message.id;
  struct Write {
    Line& line;
    storage::Tx& tx;
    const Answered& a;
    TimePoint now;
    outbox::Messages& messages;
    void operator()(const Accept&) const {
      outbox::record_accepted(tx, messages, a.message.id, line.name(), a.result.refs, now);
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
  std::visit(Write{*this, tx, a, now, messages}, a.decision);
  tx.changed("message", id.value);
}

void Line::claim_lanes(storage::Tx& tx, Turn& turn, std::int64_t budget, std::size_t free, TimePoint now) {
  const std::size_t window = gateway_.window();
  const auto take = [&](outbox::Lane lane, std::size_t kept_free, std::int64_t parts) {
    const std::size_t room = free > kept_free ? std::min(free - kept_free, claim_max) : 0;
    for (auto& c : outbox::claim(tx, around_.messages, name(), lane, room, parts, now)) {
      budget -= static_cast<std::int64_t>(c.parts);
      --free;
      turn.claimed.push_back(std::move(c));
    }
  };
  // An answer may go into the rate's debt: it waits for no blast.
  take(outbox::Lane::reply, 0, std::max<std::int64_t>(budget, 1));
  take(outbox::Lane::alert, window / alert_share, std::max<std::int64_t>(budget, 1));
  take(outbox::Lane::bulk, window / bulk_share, budget);
}

void Line::send_elsewhere(storage::Tx& tx, const Leave& leave) {
  outbox::reroute(tx, name(), reroute_max,
                  [&](outbox::Purpose purpose, const Phone& to) -> std::optional<std::string> {
                    if (leave.keep_bulk && outbox::rules_of(purpose).lane == outbox::Lane::bulk)
                      return std::nullopt;
                    for (const std::string& other : around_.routes.candidates(purpose, to)) {
                      if (other != name() && std::ranges::find(leave.able, other) != leave.able.end())
                        return other;
                    }
                    return std::nullopt;
                  });
}

void Line::submit(Turn turn) {
  const MonoTime mono = around_.clock.monotonic();
  const TimePoint now = around_.clock.now();
  std::vector<gateway::Submission> batch;
  batch.reserve(turn.claimed.size());
  std::int64_t parts = 0;
  for (outbox::Claimed& c : turn.claimed) {
    parts += static_cast<std::int64_t>(c.parts);
    const outbox::Claimed& kept = in_flight_.insert_or_assign(c.id, std::move(c)).first->second;
    batch.push_back({kept.id, kept.recipient.reveal(), kept.text, kept.encoding, kept.parts,
                     std::max(kept.expires_at - now, valid_min)});
  }
  pacer_.spend(parts, mono);
  submitted_ += batch.size();
  if (!batch.empty()) gateway_.submit(batch);
  if (!can_send()) return;
  if (turn.next_due) wake_at_ = std::min(wake_at_, mono + std::max(Duration{0}, *turn.next_due - now));
  const std::size_t window = gateway_.window();
  if (in_flight_.size() >= window - window / bulk_share) {
    wake_at_ = mono + idle_look;  // an answer wakes us earlier
  } else {
    wake_at_ = std::max(wake_at_, pacer_.ready_at(mono));
  }
}

void Line::pause(bool paused) {
  paused_ = paused;
  wake();
}

asio::awaitable<void> Line::drain(MonoTime deadline) {
  draining_ = true;
  while ((turns_open_ > 0 || !in_flight_.empty()) && around_.clock.monotonic() < deadline) {
    if (!co_await around_.sleeper.until(around_.clock.monotonic() + Duration{20})) co_return;
  }
}

asio::awaitable<void> Line::flush() {
  draining_ = true;
  if (answers_.empty()) co_return;
  bool failed = false;
  try {
    co_await turn();
  } catch (const storage::StorageDown&) {
    failed = true;
  }
  if (failed) {
    around_.log.error("the last answers were not written down: the next start rescues their messages",
                      {{"gateway", name()}, {"answers", answers_.size()}});
  }
}

void Line::on_link(gateway::Link link, std::string_view reason) {
  if (link_ == gateway::Link::up && link != gateway::Link::up) down_since_ = around_.clock.monotonic();
  if (link == gateway::Link::refused && link_ != link) {
    around_.log.alarm("gateway refuses our credentials", {{"gateway", name()}, {"reason", reason}});
  } else if (link != link_) {
    around_.log.info("gateway link", {{"gateway", name()}, {"state", name_of(link)}, {"reason", reason}});
  }
  link_ = link;
  link_reason_ = reason;
  wake();
}

void Line::on_result(gateway::SubmitResult result) {
  const auto found = in_flight_.find(result.id);
  if (found == in_flight_.end()) {
    around_.log.warning("an answer matches no submission", {{"gateway", name()}, {"message", result.id}});
    return;
  }
  outbox::Claimed message = std::move(found->second);
  in_flight_.erase(found);
  if (result.outcome == gateway::Outcome::throttled) pacer_.slow_down(around_.clock.monotonic());
  const Duration wait = backoff(outbox::rules_of(message.purpose).lane, message.attempts, random_);
  const auto candidates = around_.routes.candidates(message.purpose, message.recipient);
  Decision decision = decide(message, result, name(), candidates, gateway_.capabilities().deduplicates, wait);
  answers_.push_back({std::move(message), std::move(result), std::move(decision)});
  wake();
}

void Line::on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) {
  around_.writer.post(
      [this, receipt = std::move(receipt)](storage::Tx& tx) {
        outbox::record_receipt(tx, around_.messages, name(), receipt.ref, receipt.delivered, receipt.reason,
                               around_.clock.now());
        return true;
      },
      [loop = around_.loop, done = std::move(done)](const std::exception_ptr& error) mutable {
        asio::post(loop, [done = std::move(done), stored = !error]() mutable { done(stored); });
      });
}

void Line::on_inbound(gateway::Inbound inbound, std::move_only_function<void(bool)> done) {
  around_.inbound(name(), std::move(inbound), std::move(done));
}

}  // namespace tongdai::dispatch
