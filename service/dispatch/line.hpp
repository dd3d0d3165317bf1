#pragma once

#include <random>
#include <unordered_map>
#include <vector>

#include "dispatch/pacer.hpp"
#include "dispatch/pulse.hpp"
#include "dispatch/turn.hpp"
#include "gateway_adapters/registry.hpp"
#include "runtime/signal.hpp"

namespace tongdai::dispatch {

/// One gateway's sending: claim -> mark submitting -> submit -> record. The results of one batch and the
/// claims of the next share a commit; replies and alerts do not wait for it. Loop thread.
class Line final : public gateway::Events {
 public:
  Line(gateway::Settings settings, gateway::Gateway& gateway, const Surroundings& around);

  /// Runs until cancelled.
  [[nodiscard]] asio::awaitable<void> run();
  /// Beside it: submits replies and alerts while a blast keeps `run` busy. Until cancelled.
  [[nodiscard]] asio::awaitable<void> run_urgent();
  /// Something may be due.
  void wake();
  /// A reply or an alert may be on its way into the queue.
  void hurry() { urgent_.raise(); }
  void pause(bool paused);
  /// No more claims from here on.
  void begin_drain() noexcept { draining_ = true; }
  /// The same; returns when nothing is in flight, or at `deadline`.
  [[nodiscard]] asio::awaitable<void> drain(MonoTime deadline);
  /// Writes down what is still unwritten; where the database refuses, the marks on disk stay for the rescue.
  /// After the gateway's stop.
  [[nodiscard]] asio::awaitable<void> flush();

  [[nodiscard]] const std::string& name() const noexcept { return settings_.name; }
  [[nodiscard]] const gateway::Settings& settings() const noexcept { return settings_; }
  [[nodiscard]] gateway::Link link() const noexcept { return link_; }
  [[nodiscard]] const std::string& link_reason() const noexcept { return link_reason_; }
  [[nodiscard]] bool paused() const noexcept { return paused_; }
  [[nodiscard]] bool can_send() const noexcept {
    return link_ == gateway::Link::up && !paused_ && !draining_;
  }
  [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_.size(); }
  [[nodiscard]] double current_rate() const noexcept { return pacer_.current_rate(); }
  [[nodiscard]] std::uint64_t submitted() const noexcept { return submitted_; }
  [[nodiscard]] gateway::Gateway& gateway() noexcept { return gateway_; }
  [[nodiscard]] std::vector<PulseMinute> last_hour() { return pulse_.last_hour(around_.clock.monotonic()); }

  void on_link(gateway::Link link, std::string_view reason) override;
  void on_result(gateway::SubmitResult result) override;
  void on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) override;
  void on_inbound(gateway::Inbound inbound, std::move_only_function<void(bool)> done) override;

 private:
  using Done = std::move_only_function<void(bool)>;
  class Reservation;

  [[nodiscard]] asio::awaitable<void> turn();
  [[nodiscard]] asio::awaitable<void> urgent_turn();
  [[nodiscard]] asio::awaitable<void> wait_for_work();
  [[nodiscard]] asio::awaitable<TurnResult> commit(const TurnOrder& todo, storage::Load load);
  void turn_failed(std::string_view why);
  [[nodiscard]] TurnOrder order(MonoTime mono);
  [[nodiscard]] bool is_light(const TurnOrder& todo) const;
  /// True when what came back should be written down without waiting for more of it.
  [[nodiscard]] bool is_worth_a_commit() const;
  void came_back();
  void submit(std::vector<outbox::Claimed> claimed);
  void plan_next(const TurnResult& result, MonoTime mono);

  gateway::Settings settings_;
  gateway::Gateway& gateway_;
  const Surroundings& around_;
  Pacer pacer_;
  Pulse pulse_;
  runtime::Signal signal_, urgent_, enough_;
  std::vector<Answered> answers_;
  std::vector<gateway::Receipt> receipts_;
  std::vector<Done> receipts_done_;  // in the order of receipts_
  MonoTime came_back_at_;            // the first of those unwritten
  std::unordered_map<MessageId, outbox::Claimed> in_flight_;
  gateway::Link link_ = gateway::Link::down;
  std::string link_reason_;
  MonoTime down_since_;
  MonoTime wake_at_;
  bool paused_ = false;
  bool draining_ = false;
  int turns_open_ = 0;        // whose transaction is under way: what they claim is not in in_flight_ yet
  std::size_t reserved_ = 0;  // of the window, for those
  std::int64_t reserved_parts_ = 0;   // of the rate
  int hands_busy_ = 0;                // with a turn
  std::size_t turn_size_ = turn_max;  // answers and receipts a turn; small after one that failed
  bool bulk_waits_ = false;           // the last turn left some, as far as it knows
  bool look_again_ = false;           // somebody called while a turn was under way
  std::uint64_t submitted_ = 0;
  std::mt19937_64 random_;
};

}  // namespace tongdai::dispatch
