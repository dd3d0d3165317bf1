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
  EXPECT_EQ(watch.away(at(131s)), Names{"hotline"});
  EXPECT_EQ(watch.run_once(line(false), at(3h)), Names{});
  EXPECT_EQ(watch.run_once(line(true), at(3h + 1s)), Names{});
  EXPECT_EQ(watch.away(at(3h + 1s)), Names{});
}

TEST(LinkWatch, ALinkThatNeverCameUpIsAway) {
  LinkWatch watch(2min);
  EXPECT_EQ(watch.run_once(line(false), at(5s)), Names{});
  EXPECT_EQ(watch.run_once(line(false), at(125s)), Names{"hotline"});
}

TEST(LinkWatch, ALinkThatBlinksIsToldOnceInAnHour) {
  LinkWatch watch(1min);
  int told = 0;
  for (Duration t = 0s; t < 2h; t += 1min) {
    const bool is_up = t.count() / 60'000 % 5 == 0;
    told += static_cast<int>(watch.run_once(line(is_up), at(t)).size());
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
