#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

struct DoorCampaignTest : OutboxRoom {
  void opt_out_now() {
    room.on_database([&](storage::Tx& tx) { return opt_out(tx, citizen, OptOutSource::text, room.now()); });
  }
};

TEST_F(DoorCampaignTest, WhoOptedOutGetsNoCampaign) {
  opt_out_now();
  EXPECT_EQ(verdict(campaign_to(citizen)), "opted_out");
}

TEST_F(DoorCampaignTest, WhoOptedOutStillGetsAnswersAndAlerts) {
  opt_out_now();
  EXPECT_EQ(verdict(reply_to(citizen_wrote("toi can giup"))), "admitted");
  EXPECT_EQ(verdict(alert_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, WhoOptedInAgainGetsCampaigns) {
  opt_out_now();
  EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return opt_in(tx, citizen); }));
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, ASecondOptOutIsNoNews) {
  const auto record = [&](storage::Tx& tx) {
    return opt_out(tx, citizen, OptOutSource::operator_, room.now());
  };
  EXPECT_TRUE(room.on_database(record));
  EXPECT_FALSE(room.on_database(record));
}

TEST_F(DoorCampaignTest, AHeldNumberIsLeftAloneUntilItsLastHolderLetsGo) {
  room.on_database([&](storage::Tx& tx) {
    hold(tx, citizen, 1);
    hold(tx, citizen, 2);
  });
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.on_database([&](storage::Tx& tx) { release(tx, citizen, 1); });
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.on_database([&](storage::Tx& tx) { release(tx, citizen, 2); });
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, TheDaysCapLooksLikeEveryOtherHold) {
  for (int n = 0; n < 3; ++n) EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
  const auto capped = admit(campaign_to(citizen));
  ASSERT_FALSE(capped);
  EXPECT_EQ(capped.error().why, Refusal::held);
  room.on_database([&](storage::Tx& tx) { hold(tx, officer, 1); });
  EXPECT_EQ(capped.error().detail, admit(campaign_to(officer)).error().detail)
      << "who sees a campaign must not learn from it who reported";
}

TEST_F(DoorCampaignTest, TheCapIsOfAnyTwentyFourHours) {
  for (int n = 0; n < 3; ++n) {
    EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
    room.time.advance(8h);
  }
  // The first is 24 hours old now.
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.time.advance(8h - 1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.time.advance(1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, WhatNeverLeftDoesNotCountAgainstTheCap) {
  for (int n = 0; n < 3; ++n) {
    const MessageId id = admitted(campaign_to(citizen));
    EXPECT_TRUE(apply(id, MessageEvent::taken_back));
  }
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, TheCapCountsCampaignsOnly) {
  const InboundId wrote = citizen_wrote("toi can giup");
  for (int n = 0; n < 5; ++n) EXPECT_EQ(verdict(reply_to(wrote)), "admitted");
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, TheCapIsANumbersOwn) {
  for (int n = 0; n < 3; ++n) EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
  EXPECT_EQ(verdict(campaign_to(officer)), "admitted");
}

}  // namespace
}  // namespace tongdai::outbox
