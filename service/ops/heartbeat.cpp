#include "ops/heartbeat.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace tongdai::ops {

void Heartbeat::beat() {
  ++beats_;
  last_ = clock_.monotonic();
  turned_.cancel();
}

Duration Heartbeat::age() const {
  return clock_.monotonic() - last_;
}

asio::awaitable<bool> Heartbeat::turned() {
  (void)co_await turned_.async_wait(tok);
  co_return true;
}

asio::awaitable<bool> Heartbeat::next(Duration patience) {
  using namespace asio::experimental::awaitable_operators;
  const std::uint64_t before = beats_;
  const MonoTime end = clock_.monotonic() + patience;
  (void)co_await (turned() || sleeper_.until(end));
  co_return beats_ != before;
}

}  // namespace tongdai::ops
