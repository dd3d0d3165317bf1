#include "dispatch/pacer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace tongdai::dispatch {
namespace {

constexpr MonoTime start{Duration{1'000'000}};

/// Sends whatever may go at each of the moments; how many parts went when.
struct Sender {
  explicit Sender(double rate) : pacer(rate, start) {}

  Pacer pacer;
  std::vector<std::pair<MonoTime, std::int64_t>> sent;

  void send_at(MonoTime now) {
    const std::int64_t parts = pacer.available(now);
    pacer.spend(parts, now);
    if (parts > 0) sent.emplace_back(now, parts);
  }
  [[nodiscard]] std::int64_t total() const {
    std::int64_t sum = 0;
    for (const auto& [at, parts] : sent) sum += parts;
    return sum;
  }
  /// The most parts in any second.
  [[nodiscard]] std::int64_t densest() const {
    std::int64_t most = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      std::int64_t sum = 0;
      for (std::size_t j = i; j < sent.size() && sent[j].first < sent[i].first + 1s; ++j)
        sum += sent[j].second;
      most = std::max(most, sum);
    }
    return most;
  }
};

TEST(PacerTest, KeepsItsRateUnderConstantLoad) {
  for (const int rate : {1, 3, 50, 1000}) {
    Sender sender(rate);
    for (MonoTime now = start; now < start + 20s; now += 1ms) sender.send_at(now);
    EXPECT_NEAR(static_cast<double>(sender.total()), rate * 20.0, rate * 0.2 + 1) << rate;
    EXPECT_LE(sender.densest(), rate + 1) << rate;
  }
}

TEST(PacerTest, NoSecondIsOverfullAfterAPause) {
  Sender sender(100);
  for (MonoTime now = start + 1h; now < start + 1h + 3s; now += 1ms) sender.send_at(now);
  EXPECT_LE(sender.densest(), 101);
}

TEST(PacerTest, APauseSavesUpATenthOfASecondAtMost) {
  Pacer pacer(100, start);
  EXPECT_LE(pacer.available(start + 1h), 10);
}

TEST(PacerTest, TheFirstSecondIsNoBurst) {
  Sender sender(100);
  sender.send_at(start);
  EXPECT_EQ(sender.total(), 1);
}

TEST(PacerTest, ADebtIsWaitedOut) {
  Pacer pacer(10, start);
  pacer.spend(11, start);  // ten parts more than there were
  EXPECT_EQ(pacer.available(start + 500ms), 0);
  EXPECT_GT(pacer.ready_at(start + 500ms), start + 1s);
  EXPECT_LE(pacer.ready_at(start + 500ms), start + 1200ms);
  EXPECT_GE(pacer.available(start + 1200ms), 1);
}

TEST(PacerTest, ReadyAtIsNowWhileSomethingMayGo) {
  Pacer pacer(10, start);
  EXPECT_EQ(pacer.ready_at(start), start);
}

TEST(PacerTest, TooFastHalvesThePaceAndItRecoversByTenthsEachFiveSeconds) {
  Pacer pacer(100, start);
  pacer.slow_down(start);
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 50);
  EXPECT_EQ(pacer.available(start), 0);
  (void)pacer.available(start + 4999ms);
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 50);
  (void)pacer.available(start + 5s);
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 60);
  (void)pacer.available(start + 25s);
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 100);
  (void)pacer.available(start + 1h);
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 100);
}

TEST(PacerTest, ThePaceNeverFallsBelowOnePartASecond) {
  Pacer pacer(100, start);
  for (int i = 0; i < 50; ++i) pacer.slow_down(start + std::chrono::seconds{i});
  EXPECT_DOUBLE_EQ(pacer.current_rate(), 1);
}

/// Whatever the rate and the pauses between the blasts.
RC_GTEST_PROP(PacerProperty, NoSecondHoldsMoreThanTheRateAndOnePart, ()) {
  const int rate = *rc::gen::inRange(1, 2000);
  const int step_ms = *rc::gen::inRange(1, 30);
  Sender sender(rate);
  MonoTime now = start;
  for (int phase = 0; phase < 4; ++phase) {
    now += Duration{*rc::gen::inRange(0, 3000)};
    for (int asked = *rc::gen::inRange(0, 1500 / step_ms + 1); asked > 0; --asked, now += Duration{step_ms}) {
      sender.send_at(now);
    }
  }
  RC_ASSERT(sender.densest() <= rate + 1);
}

/// Nobody waits for nothing: at `ready_at` at least one part may go.
RC_GTEST_PROP(PacerProperty, AtReadyAtSomethingMayGo, ()) {
  Pacer pacer(*rc::gen::inRange(1, 2000), start);
  MonoTime now = start;
  for (const int parts : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 300))) {
    pacer.spend(parts, now);
    const MonoTime ready = pacer.ready_at(now);
    RC_ASSERT(ready >= now);
    RC_ASSERT(pacer.available(ready) >= 1);
    now = ready;
  }
}

}  // namespace
}  // namespace tongdai::dispatch
