#include "dispatch/backoff.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace tongdai::dispatch {
namespace {

using outbox::Lane;

/// Without its jitter.
Duration plain_wait(Lane lane, int attempts) {
  const Duration first = lane == Lane::bulk ? Duration{5s} : Duration{1s};
  const Duration longest = lane == Lane::bulk ? Duration{15min} : Duration{30s};
  Duration wait = first;
  for (int i = 1; i < attempts && wait < longest; ++i) wait *= 2;
  return std::min(wait, longest);
}

TEST(BackoffTest, DoublesUpToTheLanesLongest) {
  std::mt19937_64 random(1);
  for (const Lane lane : {Lane::reply, Lane::alert, Lane::bulk}) {
    for (int attempts = 1; attempts <= 30; ++attempts) {
      const Duration plain = plain_wait(lane, attempts);
      const Duration wait = backoff(lane, attempts, random);
      EXPECT_GE(wait, plain * 3 / 4) << attempts;
      EXPECT_LE(wait, plain * 5 / 4) << attempts;
    }
  }
}

TEST(BackoffTest, WhatFailedTogetherDoesNotComeBackTogether) {
  std::mt19937_64 random(1);
  std::set<Duration> waits;
  for (int i = 0; i < 100; ++i) waits.insert(backoff(Lane::bulk, 3, random));
  EXPECT_GT(waits.size(), 90U);
}

RC_GTEST_PROP(BackoffProperty, AnyCountOfAttemptsGivesAWaitWithinBounds, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const Duration wait = backoff(Lane::bulk, *rc::gen::arbitrary<int>(), random);
  RC_ASSERT(wait >= Duration{3750} && wait <= Duration{1'125'000});
}

}  // namespace
}  // namespace tongdai::dispatch
