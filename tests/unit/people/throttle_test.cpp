#include "people/throttle.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tongdai::people {
namespace {

struct ThrottleTest : testing::Test {
  Throttle throttle;
  TimePoint now = from_unix_ms(1'700'000'000'000);

  void fail_often(int times, std::string_view name = "an", std::string_view device = "") {
    for (int i = 0; i < times; ++i) throttle.failed(name, device, now);
  }
};

TEST_F(ThrottleTest, AFewMistakesCostNothing) {
  fail_often(Throttle::free_failures - 1);
  EXPECT_FALSE(throttle.wait("an", "", now));
}

TEST_F(ThrottleTest, ThenEachMistakeDoublesTheWait) {
  fail_often(Throttle::free_failures);
  EXPECT_EQ(throttle.wait("an", "", now), 1s);
  fail_often(1);
  EXPECT_EQ(throttle.wait("an", "", now), 2s);
  fail_often(3);
  EXPECT_EQ(throttle.wait("an", "", now), 16s);
  now += 16s;
  EXPECT_FALSE(throttle.wait("an", "", now));
}

TEST_F(ThrottleTest, TheWaitHasAnEnd) {
  fail_often(1000);
  ASSERT_TRUE(throttle.wait("an", "", now));
  EXPECT_LE(*throttle.wait("an", "", now), Throttle::wait_max);
  now += Throttle::window + 1s;
  EXPECT_FALSE(throttle.wait("an", "", now));
}

TEST_F(ThrottleTest, WhoGuessesCannotLockThePersonOutOfTheirOwnBrowser) {
  fail_often(1000);
  EXPECT_FALSE(throttle.wait("an", "the browser of an", now));
  EXPECT_FALSE(throttle.wait("binh", "", now)) << "nor anybody else";
}

TEST_F(ThrottleTest, ABrowserThatWasLostIsThrottledAsWell) {
  fail_often(20, "an", "the browser of an");
  EXPECT_TRUE(throttle.wait("an", "the browser of an", now));
}

TEST_F(ThrottleTest, SuccessForgives) {
  fail_often(20);
  throttle.succeeded("an", "");
  EXPECT_FALSE(throttle.wait("an", "", now));
}

TEST_F(ThrottleTest, NamesWithoutEndCostNoMemoryWithoutEnd) {
  fail_often(20, "an");
  for (std::size_t i = 0; i < 3 * Throttle::keys_max; ++i) {
    throttle.failed("name " + std::to_string(i), "", now + Duration{static_cast<std::int64_t>(i)});
  }
  EXPECT_LE(throttle.size(), Throttle::keys_max);
}

TEST_F(ThrottleTest, WhatIsTooOldIsForgottenWhole) {
  fail_often(1);
  now += Throttle::window + 1s;
  EXPECT_FALSE(throttle.wait("an", "", now));
  EXPECT_EQ(throttle.size(), 0U);
}

TEST_F(ThrottleTest, AFloodOfStrangersDoesNotStandBeforeWhoIsKnown) {
  std::vector<Throttle::Turn> turns;
  while (auto turn = throttle.enter(false)) turns.push_back(std::move(*turn));
  EXPECT_EQ(turns.size(), static_cast<std::size_t>(Throttle::strangers_at_once));
  EXPECT_TRUE(throttle.enter(true));
  turns.clear();
  EXPECT_TRUE(throttle.enter(false)) << "a turn ends";
}

TEST_F(ThrottleTest, OneAtATimeShowsThePasswordOnceMore) {
  {
    const auto turn = throttle.enter_to_confirm();
    ASSERT_TRUE(turn);
    EXPECT_FALSE(throttle.enter_to_confirm());
    EXPECT_TRUE(throttle.enter(true)) << "signing in goes on";
  }
  EXPECT_TRUE(throttle.enter_to_confirm());
}

TEST_F(ThrottleTest, ATryThatWasRightIsForgivenAlone) {
  fail_often(Throttle::free_failures);
  throttle.forgive("an", "");
  EXPECT_FALSE(throttle.wait("an", "", now));
  throttle.failed("an", "", now);
  EXPECT_TRUE(throttle.wait("an", "", now));
}

}  // namespace
}  // namespace tongdai::people
