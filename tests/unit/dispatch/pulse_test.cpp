#include "dispatch/pulse.hpp"

#include <gtest/gtest.h>

namespace tongdai::dispatch {
namespace {

constexpr MonoTime start{std::chrono::hours{5}};

gateway::SubmitResult answer(gateway::Outcome outcome, std::vector<std::string> refs = {}) {
  return {MessageId{1}, outcome, std::move(refs), Duration{}, ""};
}

TEST(PulseTest, AnHourStandsThereFromTheBeginning) {
  Pulse pulse;
  const auto hour = pulse.last_hour(start);
  ASSERT_EQ(hour.size(), Pulse::minutes);
  EXPECT_EQ(hour.back().parts, 0);
}

TEST(PulseTest, WhatHappenedStandsInItsMinute) {
  Pulse pulse;
  pulse.submitted(3, start);
  pulse.answered(answer(gateway::Outcome::throttled), start);
  pulse.answered(answer(gateway::Outcome::rejected), start + 1min);
  pulse.answered(answer(gateway::Outcome::retry_later), start + 1min);
  pulse.answered(answer(gateway::Outcome::uncertain), start + 1min);
  pulse.submitted(2, start + 3min);
  const auto hour = pulse.last_hour(start + 3min + 59s);
  ASSERT_EQ(hour.size(), Pulse::minutes);
  EXPECT_EQ(hour[56].parts, 3);
  EXPECT_EQ(hour[56].throttled, 1);
  EXPECT_EQ(hour[57].refused, 2);
  EXPECT_EQ(hour[57].failed, 1);
  EXPECT_EQ(hour[58].parts, 0);
  EXPECT_EQ(hour[59].parts, 2);
}

TEST(PulseTest, AReceiptIsTimedOnceFromTheYes) {
  Pulse pulse;
  pulse.answered(answer(gateway::Outcome::accepted, {"a", "", "b"}), start);
  pulse.receipt("a", true, start + 10s);
  pulse.receipt("a", true, start + 20s);
  pulse.receipt("b", false, start + 30s);
  pulse.receipt("strange", true, start + 30s);
  const PulseMinute now = pulse.last_hour(start + 31s).back();
  EXPECT_EQ(now.accepted, 1);
  EXPECT_EQ(now.delivered, 3);
  EXPECT_EQ(now.undelivered, 1);
  EXPECT_EQ(now.receipts_timed, 2);
  EXPECT_EQ(now.receipt_delay, 40s);
}

TEST(PulseTest, WhatIsOlderThanAnHourIsForgotten) {
  Pulse pulse;
  pulse.submitted(3, start);
  EXPECT_EQ(pulse.last_hour(start + 59min).front().parts, 3);
  EXPECT_EQ(pulse.last_hour(start + 60min).front().parts, 0);
  for (const PulseMinute& minute : pulse.last_hour(start + 500min)) EXPECT_EQ(minute.parts, 0);
}

TEST(PulseTest, ReceiptsThatNeverComeCostNoMemoryWithoutEnd) {
  Pulse pulse;
  for (std::size_t i = 0; i <= Pulse::awaited_max; ++i)
    pulse.answered(answer(gateway::Outcome::accepted, {std::to_string(i)}), start);
  pulse.receipt("0", true, start);
  pulse.receipt("1", true, start);
  EXPECT_EQ(pulse.last_hour(start).back().receipts_timed, 1);
}

}  // namespace
}  // namespace tongdai::dispatch
