#include "campaigns/pacing.hpp"

#include <gmock/gmock.h>

#include "campaigns/failure_watch.hpp"
#include "campaigns/pump.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::HasSubstr;
using ::testing::Optional;

outbox::StateCounts counts(std::int64_t delivered, std::int64_t failed, std::int64_t undelivered = 0) {
  outbox::StateCounts c{};
  c[static_cast<std::size_t>(MessageState::delivered)] = delivered;
  c[static_cast<std::size_t>(MessageState::failed)] = failed;
  c[static_cast<std::size_t>(MessageState::undelivered)] = undelivered;
  return c;
}

TEST(FailureWatch, JudgesTheLastThousand) {
  FailureWatch watch(50);
  const CampaignId id{1};
  EXPECT_EQ(watch.look(id, counts(0, 0)), std::nullopt);
  EXPECT_EQ(watch.look(id, counts(0, 999)), std::nullopt) << "too few to judge";
  EXPECT_THAT(watch.look(id, counts(0, 1000)), Optional(HasSubstr("of the last 1000, 1000 failed")));
}

TEST(FailureWatch, WhatWentWellLongAgoHelpsNothing) {
  FailureWatch watch(50);
  const CampaignId id{1};
  for (std::int64_t n = 0; n <= 100'000; n += 100) EXPECT_EQ(watch.look(id, counts(n, 0)), std::nullopt);
  for (std::int64_t n = 100; n <= 400; n += 100)
    EXPECT_EQ(watch.look(id, counts(100'000, n)), std::nullopt) << n;
  EXPECT_THAT(watch.look(id, counts(100'000, 500)), Optional(HasSubstr("500 failed")));
}

TEST(FailureWatch, ReceiptsThatSayNoCount) {
  FailureWatch watch(50);
  const CampaignId id{1};
  EXPECT_EQ(watch.look(id, counts(0, 0)), std::nullopt);
  EXPECT_EQ(watch.look(id, counts(600, 0, 400)), std::nullopt);
  EXPECT_NE(watch.look(id, counts(600, 0, 700)), std::nullopt);
}

TEST(FailureWatch, MayBeOffAndMayForget) {
  FailureWatch off(0), watch(50);
  const CampaignId id{1};
  EXPECT_EQ(off.look(id, counts(0, 0)), std::nullopt);
  EXPECT_EQ(off.look(id, counts(0, 100'000)), std::nullopt);
  EXPECT_EQ(watch.look(id, counts(0, 0)), std::nullopt);
  EXPECT_NE(watch.look(id, counts(0, 5000)), std::nullopt);
  watch.forget(id);
  EXPECT_EQ(watch.look(id, counts(0, 5000)), std::nullopt);
}

TEST(Pace, IsToldInThreeWords) {
  EXPECT_EQ(pace_of({1, ""}), Pace::full);
  EXPECT_EQ(pace_of({0.75, "x"}), Pace::slowed);
  EXPECT_EQ(pace_of({0, "x"}), Pace::stopped);
}

/// A hotline that bears as much as the test says.
class PacingTest : public CampaignTest {
 protected:
  PacingTest() {
    for (int id = 1; id <= 100; ++id) contact(id), member(1, id);
  }
  void turn() {
    room.time.jump_wall(1s);
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::size_t take() {
    const std::vector<std::string> able{"plain"};
    const std::string gateway = "plain";
    return room.on_database(
        [&](storage::Tx& tx) { return pump.take(tx, {gateway, able, 100, 100}, room.now()).claimed.size(); });
  }
  double share = 1;
  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door,
            messages,
            almanac,
            room.log,
            {.pressure = [this](storage::Tx&) { return Pressure{share, "busy"}; },
             .gateway_rates = {{"plain", 40}}}};
};

TEST_F(PacingTest, AGatewayTakesItsShareASecond) {
  static_cast<void>(approved(spec()));
  turn(), turn();
  share = 0.25;
  turn();
  EXPECT_EQ(take(), 0U) << "the second begins";
  room.time.jump_wall(1s);
  EXPECT_EQ(take(), 10U);
  EXPECT_EQ(take(), 0U) << "however often it asks";
  room.time.jump_wall(500ms);
  EXPECT_EQ(take(), 5U);
  share = 1;
  room.time.jump_wall(1s);
  EXPECT_EQ(take(), 85U);
}

TEST_F(PacingTest, NothingIsTakenWhileItStops) {
  static_cast<void>(approved(spec()));
  turn();
  share = 0;
  turn();
  EXPECT_EQ(take(), 0U);
  share = 1;
  turn();
  EXPECT_EQ(take(), 100U);
}

TEST_F(PacingTest, ACampaignThatIsNotPacedGoesOn) {
  Spec s = spec();
  s.paced_by_cases = false;
  static_cast<void>(approved(s));
  share = 0;
  turn();
  EXPECT_EQ(take(), 100U);
}

TEST_F(PacingTest, ARateOfItsOwnIsSlowedAndWhatIsLaidOutWithIt) {
  Spec s = spec();
  s.schedule.rate = 20;
  const auto id = approved(s);
  turn();
  EXPECT_EQ(accounts(id).of(MessageState::queued), 100) << "five seconds ahead";
  const auto last = [this] {
    return room.count("SELECT MAX(not_before) FROM message") - to_unix_ms(room.now());
  };
  EXPECT_EQ(last(), 4950);
  share = 0.5;
  turn();
  EXPECT_EQ(last(), 9900);
  share = 0;
  turn();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE not_before < 9000000000000"), 0) << "suspended";
  share = 1;
  turn();
  EXPECT_EQ(last(), 4950);
}

}  // namespace
}  // namespace tongdai::campaigns
