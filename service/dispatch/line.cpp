#include "dispatch/line.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>

#include "dispatch/backoff.hpp"

namespace tongdai::dispatch {
namespace {

constexpr Duration storage_wait{1000};   // after a turn failed
constexpr Duration link_patience{2000};  // a link may blink; after this its queue goes elsewhere
constexpr Duration gather{4};            // answers are written down together while nothing waits for it
constexpr Duration valid_min{1000};      // the commit took the last of its time: it may still leave
constexpr std::size_t urgent_max = 64;   // replies and alerts a turn of theirs
constexpr std::int64_t turn_parts_max = 4 * turn_max;  // of the rate: what is left is the other hand's
// How far what is urgent may run ahead of the rate. Replies further: they wait for no storm of alerts.
constexpr Duration reply_credit{1000};
constexpr Duration alert_credit{500};
constexpr std::int64_t urgent_parts_max = 10 * urgent_max;

/// Takes the first `count` out of `from`.
template <class T>
std::vector<T> take_first(std::vector<T>& from, std::size_t count) {
  if (from.size() <= count) return std::exchange(from, {});
  const auto middle = from.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<T> taken(std::make_move_iterator(from.begin()), std::make_move_iterator(middle));
  from.erase(from.begin(), middle);
  return taken;
}

/// Puts them back in front of those that came meanwhile.
template <class T>
void put_first(std::vector<T>& to, std::vector<T>&& first) {
  std::move(to.begin(), to.end(), std::back_inserter(first));
  to = std::move(first);
}

}  // namespace

Line::Line(gateway::Settings settings, gateway::Gateway& gateway, const Surroundings& around)
    : settings_(std::move(settings)),
      gateway_(gateway),
      around_(around),
      pacer_(settings_.rate_parts_per_s, around.clock.monotonic()),
      signal_(around.loop),
      urgent_(around.loop),
      enough_(around.loop),
      down_since_(around.clock.monotonic()),
      wake_at_(down_since_),
      random_(std::hash<std::string>{}(settings_.name)) {}

/// What the turns under way may claim, of the window and of the rate.
class Line::Reservation {
 public:
  Reservation(Line& line, std::size_t messages, std::int64_t parts)
      : line_(line), messages_(messages), parts_(parts) {
    ++line_.turns_open_;
    line_.reserved_ += messages_;
    line_.reserved_parts_ += parts_;
  }
  ~Reservation() {
    --line_.turns_open_;
    line_.reserved_ -= messages_;
    line_.reserved_parts_ -= parts_;
  }
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;

 private:
  Line& line_;
  std::size_t messages_;
  std::int64_t parts_;
};

void Line::wake() {
  signal_.raise();
  urgent_.raise();
}

bool Line::is_worth_a_commit() const {
  if (answers_.size() + receipts_.size() >= turn_max) return true;
  return bulk_waits_ && in_flight_.size() + reserved_ <= gateway_.window() / 2;
}

asio::awaitable<void> Line::wait_for_work() {
  using namespace asio::experimental::awaitable_operators;
  (void)co_await (around_.sleeper.until(wake_at_) || signal_.wait());
  if (co_await runtime::told_to_end()) co_return;
  if ((answers_.empty() && receipts_.empty()) || is_worth_a_commit()) co_return;
  (void)co_await (around_.sleeper.until(came_back_at_ + gather) || enough_.wait());
}

asio::awaitable<void> Line::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    bool failed = false;
    try {
      co_await turn();
    } catch (const storage::StorageDown&) {  // the writer has told of it
      failed = true;
    } catch (const std::exception& e) {
      failed = true;
      turn_failed(e.what());
    }
    if (failed) wake_at_ = around_.clock.monotonic() + storage_wait;
    if (co_await runtime::told_to_end()) co_return;
    co_await wait_for_work();
    if (co_await runtime::told_to_end()) co_return;
  }
}

asio::awaitable<void> Line::run_urgent() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (co_await urgent_.wait()) {
    try {
      co_await urgent_turn();
    } catch (const storage::StorageDown&) {
      continue;  // `run` looks at the queue again and again
    } catch (const std::exception& e) {
      turn_failed(e.what());
    }
  }
}

/// What fails once may fail always: from here on the turns are short, so that one bad row keeps nothing else
/// from being written down.
void Line::turn_failed(std::string_view why) {
  const Level level = turn_size_ == turn_max ? Level::alarm : Level::error;
  around_.log.write(level, "a gateway's turn failed",
                    std::array{Field{"gateway", name()}, Field{"error", why}});
  turn_size_ = 1;
}

TurnOrder Line::order(MonoTime mono) {
  const std::size_t window = gateway_.window();
  const std::size_t taken = in_flight_.size() + reserved_;
  TurnOrder order{.gateway = settings_.name};
  order.claim = can_send();
  order.move = !order.claim && !draining_ && (paused_ || mono - down_since_ >= link_patience);
  order.keep_bulk = paused_;
  order.able = around_.able();
  const auto parts = [&](std::int64_t available, std::int64_t most) {
    return std::clamp<std::int64_t>(available - reserved_parts_, 0, most);
  };
  order.budget = parts(pacer_.available(mono), turn_parts_max);
  order.reply_budget = parts(pacer_.available_on_credit(reply_credit, mono), urgent_parts_max);
  order.alert_budget = parts(pacer_.available_on_credit(alert_credit, mono), urgent_parts_max);
  order.free = window > taken ? window - taken : 0;
  order.window = window;
  order.reports_delivery = gateway_.capabilities().reports_delivery;
  return order;
}

/// Without a blast a turn is small: it needs no commit of its own.
bool Line::is_light(const TurnOrder& todo) const {
  return !bulk_waits_ && todo.answers.size() + todo.receipts.size() < turn_max;
}

/// One transaction, and into the gateway's hands with what it claimed. If it throws, nothing was written.
asio::awaitable<TurnResult> Line::commit(const TurnOrder& todo, storage::Load load) {
  // A turn of the blast takes nothing from what is kept for others: they need not wait for its commit.
  const std::size_t kept = load == storage::Load::bulk ? kept_from_bulk(todo.window) : 0;
  const Reservation reservation(*this, std::min(todo.free - std::min(todo.free, kept), turn_max),
                                todo.urgent_only ? 0 : todo.budget);
  // The writer's own time: what came due in closures before this one, in the same commit, is due for it as
  // well.
  TurnResult result = co_await around_.writer.run(
      [&](storage::Tx& tx) { return run_turn(tx, around_, todo, around_.clock.now()); }, load);
  submit(std::exchange(result.claimed, {}));
  co_return result;
}

asio::awaitable<void> Line::turn() {
  const MonoTime mono = around_.clock.monotonic();
  // The second hand is for what came back while the first one's commit is under way.
  if (hands_busy_ > 0 && answers_.empty() && receipts_.empty()) {
    look_again_ = true;
    wake_at_ = mono + around_.idle_look;  // the first one sets it anew
    co_return;
  }
  TurnOrder todo = order(mono);
  todo.answers = take_first(answers_, turn_size_);
  const bool is_careful = turn_size_ < turn_max;
  if (!is_careful || todo.answers.empty()) todo.receipts = take_first(receipts_, turn_size_);
  if (is_careful && todo.answers.size() + todo.receipts.size() > 0) todo.claim = todo.move = false;
  std::vector<Done> dones = take_first(receipts_done_, todo.receipts.size());
  came_back_at_ = mono;
  wake_at_ = mono + around_.idle_look;
  TurnResult result;
  std::exception_ptr failure;
  bool is_hopeless = false;
  ++hands_busy_;
  try {
    result = co_await commit(todo, is_light(todo) ? storage::Load::last : storage::Load::bulk);
  } catch (const storage::StorageDown&) {
    failure = std::current_exception();
  } catch (...) {
    failure = std::current_exception();
    is_hopeless = is_careful && todo.answers.size() == 1;  // it was alone
  }
  --hands_busy_;
  for (Done& done : dones) done(!failure);  // who is not told that we have it gives it again
  if (is_hopeless) {
    around_.log.alarm("an answer cannot be written down: its message stays in doubt until the next start",
                      {{"gateway", name()}, {"message", todo.answers.front().message.id}});
  } else if (failure) {
    put_first(answers_, std::move(todo.answers));  // nothing was written: they stand for the next turn
  }
  if (failure) std::rethrow_exception(failure);
  turn_size_ = std::min(turn_max, 2 * turn_size_);
  plan_next(result, around_.clock.monotonic());
}

asio::awaitable<void> Line::urgent_turn() {
  TurnOrder todo = order(around_.clock.monotonic());
  bool is_left = true;
  if (todo.claim && todo.free > 0) {
    todo.urgent_only = true;
    todo.free = std::min(todo.free, todo.window / 10 + urgent_max);
    is_left = (co_await commit(todo, storage::Load::last)).more;
  }
  if (is_left) signal_.raise();  // `run` knows when it may leave, or where else to
}

void Line::submit(std::vector<outbox::Claimed> claimed) {
  if (claimed.empty()) return;
  const TimePoint now = around_.clock.now();
  const bool strips = around_.routes.strips_accents(name());
  std::vector<gateway::Submission> batch;
  batch.reserve(claimed.size());
  std::int64_t parts = 0;
  for (outbox::Claimed& c : claimed) {
    if (strips) c.body = outbox::without_accents(std::move(c.body));  // written for one that keeps them
    const outbox::Claimed& kept = in_flight_.insert_or_assign(c.id, std::move(c)).first->second;
    parts += static_cast<std::int64_t>(kept.body->parts);
    batch.push_back({kept.id, kept.recipient.reveal(), kept.body->text, kept.body->encoding, kept.body->parts,
                     std::max(std::min(kept.expires_at, kept.closes_at) - now, valid_min)});
  }
  const MonoTime mono = around_.clock.monotonic();
  pacer_.spend(parts, mono);
  pulse_.submitted(parts, mono);
  submitted_ += batch.size();
  gateway_.submit(batch);
}

void Line::plan_next(const TurnResult& result, MonoTime mono) {
  if (std::exchange(look_again_, false)) signal_.raise();
  const TimePoint now = around_.clock.now();
  bulk_waits_ = result.more || (result.next_due && *result.next_due <= now);
  if (!answers_.empty() || !receipts_.empty()) came_back();
  if (!can_send()) return;
  if (result.next_due) wake_at_ = std::min(wake_at_, mono + std::max(Duration{0}, *result.next_due - now));
  if (result.more) wake_at_ = mono;
  const std::size_t window = gateway_.window();
  if (in_flight_.size() >= window - kept_from_bulk(window)) {
    wake_at_ = mono + around_.idle_look;  // an answer wakes us earlier
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
  bool failed = false;
  while (!failed && !(answers_.empty() && receipts_.empty())) {
    try {
      co_await turn();
    } catch (const storage::StorageDown&) {
      failed = true;
    } catch (const std::exception& e) {
      turn_failed(e.what());  // one by one: what cannot be written is left, and the others are
    }
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

void Line::came_back() {
  if (answers_.size() + receipts_.size() == 1) came_back_at_ = around_.clock.monotonic();
  signal_.raise();
  if (is_worth_a_commit()) enough_.raise();
}

void Line::on_result(gateway::SubmitResult result) {
  const auto found = in_flight_.find(result.id);
  if (found == in_flight_.end()) {
    around_.log.warning("an answer matches no submission", {{"gateway", name()}, {"message", result.id}});
    return;
  }
  outbox::Claimed message = std::move(found->second);
  in_flight_.erase(found);
  pulse_.answered(result, around_.clock.monotonic());
  Decision decision = Accept{};
  if (result.outcome == gateway::Outcome::throttled) pacer_.slow_down(around_.clock.monotonic());
  if (result.outcome != gateway::Outcome::accepted) {
    const Duration wait = backoff(outbox::rules_of(message.purpose).lane, message.attempts, random_);
    const auto candidates = around_.routes.candidates(message.purpose, message.recipient);
    decision = decide(message, result, name(), candidates, gateway_.capabilities().deduplicates, wait);
  }
  answers_.push_back({std::move(message), std::move(result), std::move(decision)});
  came_back();
}

void Line::on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) {
  pulse_.receipt(receipt.ref, receipt.delivered, around_.clock.monotonic());
  receipts_.push_back(std::move(receipt));
  receipts_done_.push_back(std::move(done));
  came_back();
}

void Line::on_inbound(gateway::Inbound inbound, std::move_only_function<void(bool)> done) {
  around_.inbound(name(), std::move(inbound), std::move(done));
}

}  // namespace tongdai::dispatch
