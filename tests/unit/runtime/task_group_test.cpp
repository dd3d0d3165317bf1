#include "runtime/task_group.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "support/capturing_log.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::runtime {
namespace {

struct TaskGroupTest : testing::Test {
  asio::io_context loop{1};
  test::VirtualTime time{loop, TimePoint{}};
  test::CapturingLog log;
  TaskGroup group{loop.get_executor(), log};
  bool stopped = false;

  void stop() {
    asio::co_spawn(loop, group.stop(), [this](const std::exception_ptr& error) { stopped = !error; });
    time.settle();
  }
};

asio::awaitable<void> sleep_for(Sleeper& sleeper, MonoTime until, bool& slept) {
  slept = co_await sleeper.until(until);
}

asio::awaitable<void> fail_with(std::string what) {
  if (!what.empty()) throw std::runtime_error(what);
  co_return;
}

asio::awaitable<void> throw_a_number() {
  throw 42;
  co_return;
}

asio::awaitable<void> sleep_twice(Sleeper& sleeper) {
  (void)co_await sleeper.until(MonoTime{1h});
  (void)co_await sleeper.until(MonoTime{2h});
}

/// Ends only some time after it was cancelled.
asio::awaitable<void> tidy_up_slowly(const Clock& clock, Sleeper& sleeper, bool& tidied) {
  co_await asio::this_coro::throw_if_cancelled(false);
  (void)co_await sleeper.until(MonoTime{1h});
  co_await asio::this_coro::reset_cancellation_state();
  tidied = co_await sleeper.until(clock.monotonic() + 1s);
}

TEST_F(TaskGroupTest, ATaskThatEndedIsForgotten) {
  bool slept = false;
  group.spawn("sleeper", sleep_for(time, MonoTime{10s}, slept));
  time.settle();
  EXPECT_EQ(group.running(), 1U);
  time.advance(10s);
  EXPECT_TRUE(slept);
  EXPECT_EQ(group.running(), 0U);
}

TEST_F(TaskGroupTest, StopCancelsWhatRuns) {
  bool slept = true;
  group.spawn("sleeper", sleep_for(time, MonoTime{10s}, slept));
  time.settle();
  stop();
  EXPECT_TRUE(stopped);
  EXPECT_FALSE(slept);
}

TEST_F(TaskGroupTest, StopWaitsForTheLastTask) {
  bool tidied = false;
  group.spawn("slow", tidy_up_slowly(time, time, tidied));
  time.settle();
  stop();
  EXPECT_FALSE(stopped);
  time.advance(1s);
  EXPECT_TRUE(tidied);
  EXPECT_TRUE(stopped);
}

TEST_F(TaskGroupTest, StopOfAnEmptyGroupReturnsAtOnce) {
  stop();
  EXPECT_TRUE(stopped);
}

TEST_F(TaskGroupTest, AnExceptionEndsItsTaskOnlyAndIsAnAlarmWithTheTasksName) {
  bool slept = false;
  group.spawn("sleeper", sleep_for(time, MonoTime{10s}, slept));
  group.spawn("pump", fail_with("the pump is dry"));
  group.spawn("number", throw_a_number());
  time.advance(10s);
  EXPECT_TRUE(slept);
  EXPECT_EQ(log.count("alarm task ended by an exception task=pump error=the pump is dry"), 1U);
  EXPECT_EQ(log.count("alarm task ended by an exception task=number"), 1U);
}

TEST_F(TaskGroupTest, AnOrderlyStopRaisesNoAlarm) {
  bool slept = true;
  group.spawn("never began", sleep_for(time, MonoTime{10s}, slept));
  group.spawn("sleeps twice", sleep_twice(time));
  stop();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(log.count("alarm"), 0U);
}

TEST_F(TaskGroupTest, ATaskCancelledBetweenTwoWaitsRaisesNoAlarm) {
  group.spawn("sleeps twice", sleep_twice(time));
  time.settle();
  stop();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(log.count("alarm"), 0U);
}

}  // namespace
}  // namespace tongdai::runtime
