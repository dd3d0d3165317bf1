#include "gateway_adapters/sandbox/agenda.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

namespace tongdai::gateway::sandbox {

Agenda::Agenda(const asio::any_io_executor& loop, const Clock& clock, runtime::Sleeper& sleeper, Log& log)
    : loop_(loop), clock_(clock), sleeper_(sleeper), changed_(loop), tasks_(loop, log) {}

void Agenda::start() {
  tasks_.spawn("sandbox world", run());
}

void Agenda::after(Duration delay, Action action) {
  actions_.emplace(clock_.monotonic() + delay, std::move(action));
  changed_.raise();
}

asio::awaitable<void> Agenda::wait_for_next() {
  using namespace asio::experimental::awaitable_operators;
  if (actions_.empty()) {
    (void)co_await changed_.wait();
    co_return;
  }
  const MonoTime next = actions_.begin()->first;
  (void)co_await (sleeper_.until(next) || changed_.wait());
}

asio::awaitable<void> Agenda::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    while (!actions_.empty() && actions_.begin()->first <= clock_.monotonic()) {
      auto action = std::move(actions_.begin()->second);
      actions_.erase(actions_.begin());
      action();
    }
    co_await wait_for_next();
    if (co_await runtime::told_to_end()) co_return;
  }
}

asio::awaitable<void> Agenda::finish(Action done) {
  co_await tasks_.stop();
  actions_.clear();
  done();
}

void Agenda::stop(Action done) {
  // The group is what is being stopped, so this one stands outside it; it cannot throw.
  asio::co_spawn(loop_, finish(std::move(done)), asio::detached);
}

}  // namespace tongdai::gateway::sandbox
