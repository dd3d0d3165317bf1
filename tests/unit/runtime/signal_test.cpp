#include "runtime/signal.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>

#include "runtime/task_group.hpp"
#include "support/capturing_log.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::runtime {
namespace {

struct SignalTest : testing::Test {
  asio::io_context loop{1};
  test::VirtualTime time{loop, TimePoint{}};
  test::CapturingLog log;
  Signal signal{loop.get_executor()};
  TaskGroup group{loop.get_executor(), log};
  int woken = 0;
  bool ended = false;
};

asio::awaitable<void> count_wakes(Signal& signal, int& woken, bool& ended) {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (co_await signal.wait()) ++woken;
  ended = true;
}

/// As the service's loops do it: a time or a call, whichever is first.
asio::awaitable<void> count_turns(const Clock& clock, Sleeper& sleeper, Signal& signal, int& turns) {
  using namespace asio::experimental::awaitable_operators;
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    (void)co_await (sleeper.until(clock.monotonic() + 1s) || signal.wait());
    if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none)
      co_return;
    ++turns;
  }
}

TEST_F(SignalTest, ACallBeforeTheWaitIsRemembered) {
  signal.raise();
  group.spawn("waiter", count_wakes(signal, woken, ended));
  time.settle();
  EXPECT_EQ(woken, 1);
}

TEST_F(SignalTest, ManyCallsBecomeOne) {
  group.spawn("waiter", count_wakes(signal, woken, ended));
  time.settle();
  for (int i = 0; i < 10; ++i) signal.raise();
  time.settle();
  EXPECT_EQ(woken, 1);
}

TEST_F(SignalTest, EveryCallAfterAWakeWakesAgain) {
  group.spawn("waiter", count_wakes(signal, woken, ended));
  time.settle();
  for (int i = 0; i < 10; ++i) {
    signal.raise();
    time.settle();
  }
  EXPECT_EQ(woken, 10);
}

TEST_F(SignalTest, ACancelledWaitSaysSo) {
  group.spawn("waiter", count_wakes(signal, woken, ended));
  time.settle();
  asio::co_spawn(loop, group.stop(), [](const std::exception_ptr&) {});
  time.settle();
  EXPECT_TRUE(ended);
  EXPECT_EQ(woken, 0);
}

TEST_F(SignalTest, NoCallIsLostWhenTheTimeIsUpInTheSameMoment) {
  int turns = 0;
  group.spawn("loop", count_turns(time, time, signal, turns));
  for (int round = 0; round < 100; ++round) {
    const int before = turns;
    time.advance(999ms);
    signal.raise();
    time.advance(1ms);  // the sleeper's hour and the call meet
    EXPECT_GT(turns, before) << round;
    const int after = turns;
    signal.raise();
    time.settle();
    EXPECT_GT(turns, after) << round;
  }
}

}  // namespace
}  // namespace tongdai::runtime
