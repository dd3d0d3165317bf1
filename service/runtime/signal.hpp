#pragma once

#include <boost/asio/steady_timer.hpp>

#include "runtime/asio.hpp"

namespace tongdai::runtime {

/// Wakes one loop. `raise` before `wait` is remembered: no wake-up is lost, many become one. Loop thread.
class Signal {
 public:
  explicit Signal(const asio::any_io_executor& loop) : timer_(loop, asio::steady_timer::time_point::max()) {}

  void raise() {
    raised_ = true;
    timer_.cancel();
  }

  /// False when cancelled.
  [[nodiscard]] asio::awaitable<bool> wait() {
    while (!raised_) {
      if (co_await told_to_end()) co_return false;
      (void)co_await timer_.async_wait(tok);
      if (co_await told_to_end()) co_return false;
    }
    raised_ = false;
    co_return true;
  }

 private:
  asio::steady_timer timer_;
  bool raised_ = false;
};

}  // namespace tongdai::runtime
