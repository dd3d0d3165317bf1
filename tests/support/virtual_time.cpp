#include "support/virtual_time.hpp"

namespace tongdai::test {

asio::awaitable<bool> VirtualTime::until(MonoTime when) {
  if (when <= mono_) co_return true;
  // A timer that never fires by itself: `advance` cancels it when the hour has come, a canceller before that.
  auto timer = std::make_shared<asio::steady_timer>(loop_, asio::steady_timer::time_point::max());
  const auto place = sleepers_.emplace(when, timer);
  (void)co_await timer->async_wait(tok);
  if (when <= mono_) co_return true;  // woken by `advance`, which took the entry out
  sleepers_.erase(place);
  co_return false;
}

void VirtualTime::settle() {
  loop_.restart();
  while (!is_halted_ && loop_.poll_one() > 0) {
  }
}

void VirtualTime::advance(Duration by) {
  const MonoTime end = mono_ + by;
  settle();
  while (!is_halted_ && !sleepers_.empty() && sleepers_.begin()->first <= end) {
    const auto next = sleepers_.begin();
    const auto timer = next->second;
    if (next->first > mono_) {
      wall_ += next->first - mono_;
      mono_ = next->first;
    }
    sleepers_.erase(next);
    timer->cancel();
    settle();
  }
  if (is_halted_) return;
  wall_ += end - mono_;
  mono_ = end;
  settle();
}

}  // namespace tongdai::test
