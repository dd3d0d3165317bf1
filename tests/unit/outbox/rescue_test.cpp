#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

/// The process ends while messages are at the gateway; the next one finds them `submitting`.
struct RescueTest : OutboxRoom {
  MessageId in_flight(const Draft& draft) {
    const MessageId id = admitted(draft);
    const MessageView m = view(id);
    for (const Lane lane : {Lane::reply, Lane::alert, Lane::bulk}) (void)claim_all(lane, m.gateway);
    EXPECT_EQ(state(id), MessageState::submitting);
    return id;
  }
  Rescued crash_and_rescue(bool deduplicates = false) {
    room.reopen();
    return room.on_database([&](storage::Tx& tx) {
      return rescue(tx, messages, [=](std::string_view) { return deduplicates; }, room.now());
    });
  }
};

TEST_F(RescueTest, ACampaignTextInFlightIsUncertain) {
  const MessageId id = in_flight(campaign_to(citizen));
  const Rescued rescued = crash_and_rescue();
  EXPECT_EQ(rescued.uncertain, 1U);
  EXPECT_EQ(rescued.resent, 0U);
  EXPECT_EQ(state(id), MessageState::uncertain);
  EXPECT_TRUE(claim_all(Lane::bulk).empty()) << "nothing is sent twice silently";
}

TEST_F(RescueTest, AnAlertInFlightIsSentAgain) {
  const MessageId id = in_flight(alert_to(officer));
  EXPECT_EQ(crash_and_rescue().resent, 1U);
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(claim_all(Lane::alert).size(), 1U);
}

TEST_F(RescueTest, AnAnswerInFlightIsSentAgain) {
  const MessageId id = in_flight(reply_to(citizen_wrote("toi can giup")));
  EXPECT_EQ(crash_and_rescue().resent, 1U);
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(view(id).gateway, "discreet");
}

TEST_F(RescueTest, AGatewayThatDeduplicatesMakesSendingAgainSafe) {
  const MessageId id = in_flight(campaign_to(citizen));
  EXPECT_EQ(crash_and_rescue(true).resent, 1U);
  EXPECT_EQ(state(id), MessageState::queued);
}

TEST_F(RescueTest, TheAttemptThatMayHaveLeftStaysCounted) {
  const MessageId id = in_flight(alert_to(officer));
  (void)crash_and_rescue();
  EXPECT_EQ(view(id).attempts, 1);
}

TEST_F(RescueTest, WhatWaitsAndWhatIsOutAreLeftAsTheyAre) {
  const MessageId out = sent(alert_to(officer), {"a"});
  Draft later = alert_to(officer);
  later.not_before = room.now() + 1h;
  const MessageId waits = admitted(later);
  const Rescued rescued = crash_and_rescue();
  EXPECT_EQ(rescued.resent + rescued.uncertain, 0U);
  EXPECT_EQ(state(out), MessageState::accepted);
  EXPECT_EQ(state(waits), MessageState::queued);
}

TEST_F(RescueTest, AParkedReceiptSurvivesTheCrash) {
  const MessageId id = in_flight(alert_to(officer));
  receipt("a", true);
  (void)crash_and_rescue();
  (void)claim_all(Lane::alert);
  accept(id, {"a"});
  EXPECT_EQ(state(id), MessageState::delivered);
}

}  // namespace
}  // namespace tongdai::outbox
