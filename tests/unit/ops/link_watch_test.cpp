#include "ops/link_watch.hpp"

#include <gtest/gtest.h>

namespace tongdai::ops {
namespace {

using Names = std::vector<std::string>;

MonoTime at(Duration t) {
  return MonoTime{t};
}
std::vector<LinkState> line(bool is_up, bool receives = true) {
  return {{"hotline", receives, is_up}};
}

TEST(LinkWatch, AnAbsenceIsToldOnceWhenItLastsTooLong) {
  LinkWatch watch(2min);
  EXPECT_EQ(watch.run_once(line(true), at(0s)), Names{});
  EXPECT_EQ(watch.run_once(line(false), at(10s)), Names{});
  EXPECT_EQ(watch.run_once(line(false), at(129s)), Names{});
  EXPECT_EQ(watch.away(at(129s)), Names{});
  EXPECT_EQ(watch.run_once(line(false), at(130s)), Names{"hotline"});
  EXPECT_EQ(watch.run_once(line(false), at(130s)), Names{"hotline"}) << "until people are told";
  watch.told({"hotline"}, at(130s));
  EXPECT_EQ(watch.away(at(131s)), Names{"hotline"});
  EXPECT_EQ(watch.run_once(line(false), at(3h)), Names{});
  EXPECT_EQ(watch.run_once(line(true), at(3h + 1s)), Names{});
  EXPECT_EQ(watch.away(at(3h + 1s)), Names{"hotline"}) << "back for a moment only";
  EXPECT_EQ(watch.run_once(line(true), at(3h + 21s)), Names{});
  EXPECT_EQ(watch.away(at(3h + 21s)), Names{});
}

TEST(LinkWatch, ALinkThatNeverCameUpIsAway) {
  LinkWatch watch(2min);
  EXPECT_EQ(watch.run_once(line(false), at(5s)), Names{});
  EXPECT_EQ(watch.run_once(line(false), at(125s)), Names{"hotline"});
}

TEST(LinkWatch, ALinkThatIsUpForAMomentNowAndThenIsAway) {
  LinkWatch watch(2min);
  Names gone;
  for (Duration t = 0s; t <= 130s; t += 5s) gone = watch.run_once(line(t.count() / 1000 % 30 == 0), at(t));
  EXPECT_EQ(gone, Names{"hotline"});
}

TEST(LinkWatch, ALinkThatBlinksIsToldOnceInAnHour) {
  LinkWatch watch(1min);
  int told = 0;
  for (Duration t = 0s; t < 2h; t += 10s) {
    const bool is_up = t.count() / 60'000 % 5 == 0;
    const auto gone = watch.run_once(line(is_up), at(t));
    watch.told(gone, at(t));
    told += static_cast<int>(gone.size());
  }
  EXPECT_EQ(told, 2);
}

TEST(LinkWatch, WhatDoesNotReceiveIsNotWatched) {
  LinkWatch watch(1min);
  (void)watch.run_once(line(false, false), at(0s));
  EXPECT_EQ(watch.run_once(line(false, false), at(1h)), Names{});
}

TEST(LinkWatch, WithoutPatienceNothingIsTold) {
  LinkWatch watch(0min);
  (void)watch.run_once(line(false), at(0s));
  EXPECT_EQ(watch.run_once(line(false), at(24h)), Names{});
  EXPECT_EQ(watch.away(at(24h)), Names{});
}

}  // namespace
}  // namespace tongdai::ops
