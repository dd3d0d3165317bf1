#include "gateway_adapters/smpp/account/pace.hpp"

#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

const std::string seven_parts(1000, 'a');
const std::string three_parts(400, 'a');

AccountSettings slow(int rate_parts_per_s, std::size_t binds = 1) {
  AccountSettings settings = AccountKit::settings(binds);
  settings.rate_parts_per_s = rate_parts_per_s;
  settings.session.window = 10;
  return settings;
}

TEST(AccountPace, TheFirstPartsOfALongTextLeaveAtOnceAndTheOthersEvenly) {
  AccountKit kit(slow(20));
  kit.up().submit({1}, seven_parts);
  for (const std::size_t written : {2U, 4U, 6U, 7U}) {
    EXPECT_EQ(kit.written(0), written);
    if (written == 7U) break;
    EXPECT_EQ(kit.account.next_timer(), kit.now + 100ms);
    kit.pass(99ms);
    EXPECT_EQ(kit.written(0), written);
    kit.pass(1ms);
  }
}

TEST(AccountPace, AtALowRateTheyLeaveOneByOne) {
  AccountKit kit(slow(2));
  kit.up().submit({1}, three_parts);
  EXPECT_EQ(kit.written(0), 1U);
  kit.pass(499ms);
  EXPECT_EQ(kit.written(0), 1U);
  kit.pass(1ms);
  EXPECT_EQ(kit.written(0), 2U);
}

TEST(AccountPace, AfterTooFastNothingLeavesForASecond) {
  AccountKit kit(slow(20));
  kit.up().submit({1, 2}, three_parts);
  kit.refuse(0, kit.next_pdu(0), status::throttled);
  EXPECT_EQ(kit.written(0), 1U) << "of the first message, which had left";
  kit.pass(999ms);
  EXPECT_EQ(kit.written(0), 1U);
  EXPECT_EQ(kit.account.next_timer(), kit.now + 1ms);
  kit.pass(1ms);
  EXPECT_EQ(kit.written(0), 3U);
}

TEST(AccountPace, BindsTakeTurns) {
  AccountKit kit(slow(10, 2));
  kit.up().submit({1, 2}, three_parts);
  for (int n = 0; n < 3; ++n) kit.pass(100ms);
  EXPECT_EQ(kit.written(0), 2U);
  EXPECT_EQ(kit.written(1), 2U);
}

TEST(AccountPace, ALostLinkLeavesNothingBehindThatWaitsForThePace) {
  AccountKit kit(slow(10));
  kit.up().submit({1, 2}, three_parts);
  kit.drop(0);
  EXPECT_EQ(kit.result(1).outcome, Outcome::uncertain);
  EXPECT_EQ(kit.result(2).outcome, Outcome::unreachable);
}

TEST(Pace, IsTheRateAndNeverLess) {
  for (const int rate : {1, 3, 7, 15, 20, 99, 100, 2000}) {
    Pace pace(rate);
    MonoTime now{1h};
    int taken = 0;
    for (const MonoTime end = now + 10s; now < end; now += 7ms) {  // a timer that is not exact
      while (pace.take(now)) ++taken;
    }
    EXPECT_GE(taken, rate * 10) << rate;
    EXPECT_LE(taken, rate * 10 + rate * 10 / 50 + std::max(1, rate / 10)) << rate;
  }
}

TEST(Pace, IsCalmForASecondHoweverManyAnswersSayTooFast) {
  Pace pace(20);
  const MonoTime start{1h};
  EXPECT_TRUE(pace.take(start));
  pace.too_fast(start);
  pace.too_fast(start + 900ms);
  EXPECT_FALSE(pace.take(start + 999ms));
  EXPECT_EQ(pace.ready_at(), start + Pace::calm);
  EXPECT_TRUE(pace.take(start + Pace::calm));
}

TEST(Pace, SavesNothingUp) {
  Pace pace(20);
  MonoTime now{1h};
  EXPECT_TRUE(pace.take(now));
  now += 1h;
  for (const bool may : {true, true, false}) EXPECT_EQ(pace.take(now), may);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
