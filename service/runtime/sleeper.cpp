#include "runtime/sleeper.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace tongdai::runtime {

TimePoint SystemClock::now() const noexcept {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

MonoTime SystemClock::monotonic() const noexcept {
  return std::chrono::floor<Duration>(std::chrono::steady_clock::now());
}

asio::awaitable<bool> SystemSleeper::until(MonoTime when) {
  asio::steady_timer timer(co_await asio::this_coro::executor, when);
  const auto [error] = co_await timer.async_wait(tok);
  co_return !error;
}

}  // namespace tongdai::runtime
