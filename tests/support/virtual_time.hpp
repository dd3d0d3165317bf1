#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>

#include "core/clock.hpp"
#include "runtime/sleeper.hpp"

namespace tongdai::test {

/// A loop that can be left as a crash leaves it: what was under way is destroyed while all it refers to still
/// stands.
class CrashableLoop : public asio::io_context {
 public:
  CrashableLoop() : asio::io_context(1) {}
  void abandon() { shutdown(); }
};

/// A clock that stands until it is told to go, and the sleepers that wait for it. Everything runs on one
/// io_context, in the test's own thread: an hour passes at once, and always in the same order.
class VirtualTime final : public Clock, public runtime::Sleeper {
 public:
  VirtualTime(asio::io_context& loop, TimePoint start) : loop_(loop), wall_(start) {}

  [[nodiscard]] TimePoint now() const noexcept override { return wall_; }
  [[nodiscard]] MonoTime monotonic() const noexcept override { return mono_; }
  [[nodiscard]] asio::awaitable<bool> until(MonoTime when) override;

  /// Runs all that is ready. Time stands.
  void settle();
  /// Settles, then lets time go to each sleeper's hour in turn, settling after each, until `by` has passed.
  void advance(Duration by);
  /// The wall clock is set, as an administrator or NTP does it; durations do not notice.
  void jump_wall(Duration by) { wall_ += by; }
  /// The machine is killed: after the handler that runs now nothing happens any more.
  void halt() { is_halted_ = true; }
  [[nodiscard]] bool is_halted() const noexcept { return is_halted_; }
  /// How many wait.
  [[nodiscard]] std::size_t sleepers() const noexcept { return sleepers_.size(); }

 private:
  asio::io_context& loop_;
  TimePoint wall_;
  MonoTime mono_{};
  bool is_halted_ = false;
  std::multimap<MonoTime, std::shared_ptr<asio::steady_timer>> sleepers_;
};

}  // namespace tongdai::test
