#include "runtime/periodic.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>

#include "runtime/task_group.hpp"
#include "support/capturing_log.hpp"
#include "support/virtual_time.hpp"

namespace tongdai::runtime {
namespace {

struct PeriodicTest : testing::Test {
  asio::io_context loop{1};
  test::VirtualTime time{loop, TimePoint{}};
  test::CapturingLog log;
  TaskGroup group{loop.get_executor(), log};
  int turns = 0;

  /// `once` is called with the number of the turn, from 1.
  void spawn(std::function<asio::awaitable<void>(int)> once) {
    const auto turn = [this, once] { return once(++turns); };
    group.spawn("guard", every(1min, turn, time, time, log, "guard"));
    time.settle();
  }
};

asio::awaitable<void> nothing(int) {
  co_return;
}

TEST_F(PeriodicTest, TheFirstTurnIsNowAndTheNextAfterTheInterval) {
  spawn(nothing);
  EXPECT_EQ(turns, 1);
  time.advance(59s);
  EXPECT_EQ(turns, 1);
  time.advance(1s);
  EXPECT_EQ(turns, 2);
}

TEST_F(PeriodicTest, ATurnThatThrowsIsLoggedAndTheNextStillComes) {
  spawn([](int turn) -> asio::awaitable<void> {
    if (turn == 1) throw std::runtime_error("bad turn");
    co_return;
  });
  time.advance(2min);
  EXPECT_EQ(turns, 3);
  EXPECT_EQ(log.count("error a turn of a loop failed loop=guard error=bad turn"), 1U);
}

TEST_F(PeriodicTest, WhateverATurnThrowsTheNextStillComes) {
  spawn([](int turn) -> asio::awaitable<void> {
    if (turn == 1) throw 42;
    if (turn == 2) throw std::runtime_error("");
    co_return;
  });
  time.advance(2min);
  EXPECT_EQ(turns, 3);
  EXPECT_EQ(log.count("a turn of a loop failed"), 2U);
}

TEST_F(PeriodicTest, ALongTurnIsNotMadeUpFor) {
  spawn([this](int) -> asio::awaitable<void> { (void)co_await time.until(time.monotonic() + 150s); });
  time.advance(10min);
  EXPECT_EQ(turns, 5);  // at 0, 150, 300, 450 and 600 seconds: one after the other, none twice
}

TEST_F(PeriodicTest, StopsWhenCancelled) {
  spawn(nothing);
  bool stopped = false;
  asio::co_spawn(loop, group.stop(), [&](const std::exception_ptr&) { stopped = true; });
  time.settle();
  EXPECT_TRUE(stopped);
  time.advance(1h);
  EXPECT_EQ(turns, 1);
  EXPECT_EQ(log.count("alarm"), 0U);
}

TEST_F(PeriodicTest, ACancellationThatComesDuringACommitIsNotForgottenByTheNextWait) {
  bool stopped = false;
  spawn([&](int) -> asio::awaitable<void> {
    asio::co_spawn(loop, group.stop(), [&](const std::exception_ptr&) { stopped = true; });
    for (int i = 0; i < 3; ++i) co_await asio::post(loop, asio::use_awaitable);  // deaf, as a commit is
  });
  EXPECT_TRUE(stopped);  // without the minute of the next turn
  EXPECT_EQ(turns, 1);
}

}  // namespace
}  // namespace tongdai::runtime
