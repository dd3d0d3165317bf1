#include <gtest/gtest.h>

#include <array>
#include <set>

#include "hotline/desk.hpp"

namespace tongdai::hotline {
namespace {

constexpr int draws = 20'000;

TEST(RandomCodes, HaveSixDigits) {
  const CodeSource codes = random_codes();
  for (int i = 0; i < draws; ++i) {
    const std::uint32_t code = codes();
    ASSERT_GE(code, 100'000U);
    ASSERT_LE(code, 999'999U);
  }
}

TEST(RandomCodes, AreSpreadOverAllFirstDigits) {
  const CodeSource codes = random_codes();
  std::array<int, 10> by_digit{};
  for (int i = 0; i < draws; ++i) ++by_digit[codes() / 100'000];
  // A ninth of them each; off by a quarter is more than ten standard deviations.
  for (std::size_t digit = 1; digit < by_digit.size(); ++digit) {
    EXPECT_NEAR(by_digit[digit], draws / 9, draws / 36) << digit;
  }
}

TEST(RandomCodes, SeldomComeTwice) {
  const CodeSource codes = random_codes();
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(codes());
  EXPECT_GT(seen.size(), 980U);
}

TEST(RandomCodes, TwoSourcesDiffer) {
  const CodeSource one = random_codes(), other = random_codes();
  int same = 0;
  for (int i = 0; i < 100; ++i) same += one() == other() ? 1 : 0;
  EXPECT_LT(same, 5);
}

TEST(CaseTimes, ACriticalCaseWaitsLeast) {
  const Settings s;
  EXPECT_EQ(s.step_time(Urgency::critical), s.step_critical);
  EXPECT_EQ(s.step_time(Urgency::high), s.step_high);
  EXPECT_EQ(s.step_time(Urgency::normal), s.step_normal);
  EXPECT_LT(s.step_critical, s.step_high);
  EXPECT_LT(s.step_high, s.step_normal);
  EXPECT_EQ(s.lease_time(Urgency::critical), s.lease_critical);
  EXPECT_EQ(s.lease_time(Urgency::normal), s.lease);
}

}  // namespace
}  // namespace tongdai::hotline
