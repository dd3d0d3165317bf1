// When a preview says that it is done, and who would miss the end.
#include <gmock/gmock.h>

#include "unit/campaigns/preview_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(PreviewTest, TheSlowerGatewayEndsIt) {
  persons(20, "+8496"), persons(300, "+8491");
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(seconds_to(p), 300);
  EXPECT_EQ(p.rate_parts_per_s, 2);
  EXPECT_EQ(p.late, 0);
}

TEST_F(PreviewTest, ItsOwnRateBindsAllGateways) {
  persons(60, "+8496"), persons(60, "+8491");
  gateways = {{"viettel", 100}, {"vina", 100}};
  Spec s = saying("Cham dut");
  s.schedule.rate = 2;
  const Preview p = preview_of(s);
  EXPECT_EQ(p.rate_parts_per_s, 2);
  EXPECT_EQ(seconds_to(p), 60);
}

TEST_F(PreviewTest, WhoWouldMissTheEndIsCounted) {
  persons(100, "+8496"), persons(100, "+8491");
  Spec s = saying(std::string(161, 'a'));  // two parts each
  s.schedule.end = room.now() + 120s;
  const Preview p = preview_of(s);
  EXPECT_EQ(p.finish, std::nullopt);
  EXPECT_EQ(p.late, 80);  // of 400 parts 240 leave
}

TEST_F(PreviewTest, TheWindowsCount) {
  persons(1800, "+8496");
  Spec s = saying("Cham dut");
  s.schedule.windows = text::DayWindows::parse({"08:00-09:10", "14:00-22:00"}).value();
  EXPECT_EQ(seconds_to(preview_of(s)), (14 - 9) * 3600 + 1200);
}

TEST_F(PreviewTest, APausedGatewaysTextsGoToTheNextOfTheRoute) {
  by_prefix.routes[0].gateways = {"viettel", "vina"};
  gateways[0].rate_parts_per_s = 0;
  persons(60, "+8496"), persons(60, "+8491");
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(seconds_to(p), 120);
  EXPECT_THAT(told(p.gateways), ElementsAre("vina: 120 recipients, 120 parts, 0"));
}

TEST_F(PreviewTest, WhatOnlyAPausedGatewayCarriesIsLate) {
  gateways[0].rate_parts_per_s = 0;
  persons(60, "+8496"), persons(40, "+8491");
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(p.finish, std::nullopt);
  EXPECT_EQ(p.late, 60);
}

TEST_F(PreviewTest, ItsOwnGatewayCarriesAll) {
  persons(60, "+8496"), persons(40, "+8491");
  Spec s = saying("Cham dut");
  s.schedule.gateway = "vina";
  const Preview p = preview_of(s);
  EXPECT_THAT(told(p.gateways), ElementsAre("vina: 100 recipients, 100 parts, 0"));
  EXPECT_EQ(seconds_to(p), 100);
  EXPECT_EQ(p.rate_parts_per_s, 1);
}

TEST_F(PreviewTest, TheRestWaitsForTheFirstShare) {
  persons(100, "+8496");
  Spec s = saying("Cham dut");
  s.canary.size = 20;
  s.canary.wait = 30min;
  EXPECT_EQ(seconds_to(preview_of(s)), 20 + 1800 + 80);
  s.canary.size = 100;  // all of it is the first share
  EXPECT_EQ(seconds_to(preview_of(s)), 100);
}

TEST_F(PreviewTest, OfACanaryThatWaitsOnlyTheRestIsWaitedFor) {
  persons(100, "+8496");
  Spec s = saying("Cham dut");
  s.canary.size = 20;
  const auto id = approved(s);
  room.on_database([&](storage::Tx& tx) {
    tx.run("INSERT INTO campaign_canary (campaign_id, phase, began_at, until) VALUES ($1, 'waiting', $2, $3)",
           id, room.now() - 5min, room.now() + 10min);
    set_cursor(tx, id, 20);
  });
  EXPECT_EQ(seconds_to(preview_of(id)), 600 + 80);
  room.on_database([&](storage::Tx& tx) {
    tx.run("UPDATE campaign_canary SET phase = 'passed', until = NULL WHERE campaign_id = $1", id);
  });
  EXPECT_EQ(seconds_to(preview_of(id)), 80);
}

TEST_F(PreviewTest, OfOneOnItsWayOnlyWhatIsLeftIsTimed) {
  persons(100, "+8496");
  const auto id = approved(saying("Cham dut"));
  room.on_database([&](storage::Tx& tx) { set_cursor(tx, id, 70); });
  const Preview p = preview_of(id);
  EXPECT_EQ(p.size.audience, 100);
  EXPECT_EQ(p.parts, 100);
  EXPECT_EQ(seconds_to(p), 30);
}

TEST_F(PreviewTest, OneThatIsFrozenIsForecastForThoseWhoAreIn) {
  persons(10, "+8496");
  const auto id = approved(saying("Cham dut"));
  persons(10, "+8497");
  EXPECT_EQ(preview_of(id).size.audience, 10);
}

TEST_F(PreviewTest, AnotherCampaignAtTheSameGatewayIsNamedAndCounted) {
  persons(100, "+8496");
  Spec other = saying("Khac");
  other.title = "Khac";
  const auto id = approved(other);
  const Preview p = preview_of(saying("Cham dut"));
  ASSERT_EQ(p.others.size(), 1U);
  EXPECT_EQ(p.others[0].id, id);
  EXPECT_EQ(p.others[0].title, "Khac");
  EXPECT_EQ(p.others[0].parts, 100);
  EXPECT_EQ(seconds_to(p), 200);
  Spec elsewhere = saying("Cham dut");
  elsewhere.schedule.gateway = "vina";
  EXPECT_THAT(preview_of(elsewhere).others, IsEmpty());
  ASSERT_TRUE(acted(id, CampaignEvent::pause));
  EXPECT_EQ(seconds_to(preview_of(saying("Cham dut"))), 100);
}

TEST_F(PreviewTest, AnEmptyAudienceIsDoneAtOnce) {
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(p.parts, 0);
  EXPECT_EQ(p.finish, room.now());
  EXPECT_EQ(p.late, 0);
  EXPECT_EQ(p.texts[0].text, "Cham dut");
}

TEST_F(PreviewTest, UnitsWithoutAnybodyOnDutyAreNamed) {
  person("+84961000001", "", "vi", UnitId{2});
  person("+84961000002", "", "vi", UnitId{2});
  const Preview p = preview_of(saying("Cham dut"));
  ASSERT_EQ(p.uncovered.size(), 1U);
  EXPECT_EQ(p.uncovered[0].code, "03595");
  EXPECT_EQ(p.uncovered[0].recipients, 2);
}

TEST_F(PreviewTest, NothingIsSent) {
  persons(3, "+8496");
  (void)preview_of(saying("Cham dut"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message"), 0);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_recipient"), 0);
}

}  // namespace
}  // namespace tongdai::campaigns
