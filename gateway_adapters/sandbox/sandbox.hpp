#pragma once

#include <memory>
#include <random>
#include <set>
#include <unordered_map>

#include "gateway_adapters/registry.hpp"
#include "gateway_adapters/sandbox/agenda.hpp"
#include "gateway_adapters/sandbox/memory.hpp"

/// A message centre and its handsets, all simulated: for trying the service out, and for its tests.
namespace tongdai::gateway::sandbox {

/// How the world behaves. Shares are of 1, drawn from a generator with a fixed seed.
struct World {
  Duration latency{20};  ///< until a submission is answered
  double rejects = 0;    ///< share refused for good
  double later = 0;      ///< share answered with "not now"
  double throttles = 0;  ///< share answered with "too fast"
  double silence = 0;    ///< share never answered; half of them arrive all the same
  bool receipts = true;
  Duration receipt_delay{100};
  double undelivered = 0;  ///< share whose receipt says no
  double receipts_twice = 0;
  double receipts_first = 0;  ///< share whose receipt comes before the answer
  std::string loop;  ///< a text to this number comes in again as from our own source, as over a real network
  std::size_t window = 100;
  std::uint64_t seed = 1;
};

class Sandbox final : public Gateway, public Handsets {
 public:
  Sandbox(const Settings& settings, const World& world, std::filesystem::path memory, const Context& context);

  [[nodiscard]] const Capabilities& capabilities() const noexcept override { return capabilities_; }
  void start(Events& events) override;
  void submit(std::span<const Submission> batch) override;
  [[nodiscard]] std::size_t window() const noexcept override { return world_.window; }
  void stop(std::move_only_function<void()> done) override;
  [[nodiscard]] Handsets* handsets() noexcept override { return this; }

  void text(const Phone& from, const Phone& line, std::string_view words,
            std::move_only_function<void(bool)> done) override;
  [[nodiscard]] std::vector<Heard> inbox(const Phone& phone) const override {
    return memory_.of(phone.reveal());
  }
  [[nodiscard]] std::vector<Handset> all() const override { return memory_.handsets(); }

  /// For tests: the world changes under way.
  [[nodiscard]] World& world() noexcept { return world_; }
  /// The link drops: what is in flight will never be answered. Comes back after `away`.
  void drop_link(Duration away);
  /// This number is refused for good from now on.
  void refuse(const Phone& phone) { refused_.insert(phone.reveal()); }
  /// Called with every text that reaches a handset.
  using Listener = std::function<void(MessageId, const Phone&, const Heard&)>;
  void listen(Listener listener) { listener_ = std::move(listener); }
  /// A text, or a part of one, as the centre hands it over, once: who is told no hands it over again.
  void hand_over(Inbound inbound, std::move_only_function<void(bool)> done);
  /// Chance begins anew.
  void reseed(std::uint64_t seed) { random_.seed(seed); }

 private:
  struct InFlight {
    std::string recipient;
    std::string text;
    std::size_t parts = 1;
  };

  void answer(MessageId id);
  void end_soon(MessageId id, Outcome outcome, std::string_view reason);
  void reach_handset(MessageId id, const InFlight& message);
  void come_back(const InFlight& message);
  void send_receipts(const std::vector<std::string>& refs);
  void receipt_for(const std::string& ref, bool delivered, Duration delay);
  void give(Inbound inbound, Duration delay, std::shared_ptr<std::move_only_function<void(bool)>> done);
  [[nodiscard]] bool chance(double share);

  Settings settings_;
  World world_;
  Capabilities capabilities_;
  const Clock& clock_;
  Agenda agenda_;
  Memory memory_;
  Events* events_ = nullptr;
  bool up_ = false;
  std::unordered_map<std::int64_t, InFlight> in_flight_;
  std::unordered_map<std::int64_t, SubmitResult> ending_;  ///< decided, and told from the agenda
  std::set<std::string, std::less<>> refused_;
  Listener listener_;
  std::mt19937_64 random_;
  std::uint64_t next_ref_;
  std::uint16_t next_reference_ = 0;
};

/// [gateway.sandbox] latency_ms, receipts, receipt_delay_ms, reject, later, throttle, silence, undelivered,
/// receipts_twice, receipts_first (shares), loop (a number), window, seed, memory (a file that outlives the
/// process).
[[nodiscard]] std::unique_ptr<Gateway> make(const Settings& settings, config::Reader& own,
                                            const Context& context);

}  // namespace tongdai::gateway::sandbox
