#pragma once

#include <functional>
#include <random>
#include <unordered_map>
#include <vector>

#include "dispatch/decide.hpp"
#include "dispatch/pacer.hpp"
#include "dispatch/routes.hpp"
#include "gateway_adapters/gateway.hpp"
#include "gateway_adapters/registry.hpp"
#include "outbox/claiming.hpp"
#include "runtime/signal.hpp"
#include "runtime/sleeper.hpp"
#include "storage/writer.hpp"

namespace tongdai::dispatch {

/// Where inbound texts go. `done` as in gateway::Events.
using InboundSink = std::function<void(const std::string& gateway, gateway::Inbound,
                                       std::move_only_function<void(bool)> done)>;

/// What lines share. Outlives them.
struct Surroundings {
  asio::any_io_executor loop;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  Log& log;
  storage::Writer& writer;
  outbox::Messages& messages;
  const Routes& routes;
  InboundSink inbound;
  /// The gateways that are able to send now, for choosing another. Loop thread.
  std::function<std::vector<std::string>()> able;
};

/// One gateway's sending: claim -> mark submitting -> submit -> record. The results of one batch and the
/// claims of the next share a commit. Loop thread.
class Line final : public gateway::Events {
 public:
  Line(gateway::Settings settings, gateway::Gateway& gateway, const Surroundings& around);

  /// Runs until cancelled.
  [[nodiscard]] asio::awaitable<void> run();
  /// Something may be due.
  void wake() { signal_.raise(); }
  void pause(bool paused);
  /// No more claims; returns when nothing is in flight, or at `deadline`.
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

  void on_link(gateway::Link link, std::string_view reason) override;
  void on_result(gateway::SubmitResult result) override;
  void on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) override;
  void on_inbound(gateway::Inbound inbound, std::move_only_function<void(bool)> done) override;

 private:
  struct Answered {
    outbox::Claimed message;
    gateway::SubmitResult result;
    Decision decision;
  };
  struct Turn {
    std::vector<outbox::Claimed> claimed;
    std::optional<TimePoint> next_due;
  };

  [[nodiscard]] asio::awaitable<void> turn();
  [[nodiscard]] asio::awaitable<void> wait_for_work();
  /// What a turn may do, decided on the loop: the writer's thread must not look at the line's state.
  struct Leave {
    bool claim = false;
    bool move = false;              ///< may the queue go elsewhere?
    bool keep_bulk = false;         ///< but for the blasts
    std::vector<std::string> able;  ///< to these
    std::int64_t budget = 0;        ///< parts
    std::size_t free = 0;           ///< messages of the window
  };
  [[nodiscard]] Leave leave(MonoTime mono);
  [[nodiscard]] Turn work(storage::Tx& tx, const std::vector<Answered>& answered, const Leave& leave,
                          TimePoint now);
  void record(storage::Tx& tx, const Answered& answered, TimePoint now);
  void claim_lanes(storage::Tx& tx, Turn& turn, std::int64_t budget, std::size_t free, TimePoint now);
  void send_elsewhere(storage::Tx& tx, const Leave& leave);
  void submit(Turn turn);
  [[nodiscard]] std::vector<Answered> take_answers();

  gateway::Settings settings_;
  gateway::Gateway& gateway_;
  const Surroundings& around_;
  Pacer pacer_;
  runtime::Signal signal_;
  std::vector<Answered> answers_;
  std::unordered_map<MessageId, outbox::Claimed> in_flight_;
  gateway::Link link_ = gateway::Link::down;
  std::string link_reason_;
  MonoTime down_since_;
  MonoTime wake_at_;
  bool paused_ = false;
  bool draining_ = false;
  int turns_open_ = 0;  // whose transaction is under way: what they claim is not in in_flight_ yet
  std::uint64_t submitted_ = 0;
  std::mt19937_64 random_;
};

}  // namespace tongdai::dispatch
