#include "outbox/messages.hpp"

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

struct MessagesTest : OutboxRoom {
  std::vector<Fate> fates;

  void listen() {
    messages.set_listener([this](storage::Tx&, const Fate& fate, TimePoint) { fates.push_back(fate); });
  }
  MessageId uncertain() {
    const MessageId id = admitted(campaign_to(citizen));
    (void)apply(id, MessageEvent::claimed);
    (void)apply(id, MessageEvent::lost_sight);
    return id;
  }
  std::size_t expire(std::size_t limit = 100) {
    return room.on_database([&](storage::Tx& tx) { return messages.expire(tx, room.now(), limit); });
  }
};

TEST_F(MessagesTest, AnUnknownMessageIsNotFound) {
  EXPECT_EQ(apply(MessageId{99}, MessageEvent::claimed).error().code, Code::not_found);
}

TEST_F(MessagesTest, AnEventOutOfPlaceChangesNothing) {
  const MessageId id = admitted(alert_to(officer));
  EXPECT_EQ(apply(id, MessageEvent::taken).error().code, Code::not_allowed);
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(view(id).history.size(), 1U);
}

TEST_F(MessagesTest, TheListenerHearsFinalStatesAndUncertainOnly) {
  listen();
  const MessageId id = uncertain();
  ASSERT_EQ(fates.size(), 1U);
  EXPECT_EQ(fates[0].state, MessageState::uncertain);
  EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return messages.write_off(tx, id, room.now()); }));
  ASSERT_EQ(fates.size(), 2U);
  EXPECT_EQ(fates[1].state, MessageState::failed);
  EXPECT_EQ(fates[1].id, id);
}

TEST_F(MessagesTest, TheListenerIsToldOfWhatTheMessageWasFor) {
  listen();
  Draft draft = alert_to(officer);
  draft.case_id = CaseId{5};
  draft.referral = ReferralId{6};
  const MessageId id = admitted(draft);
  (void)apply(id, MessageEvent::claimed);
  (void)apply(id, MessageEvent::refused, "rejected: 11");
  ASSERT_EQ(fates.size(), 1U);
  EXPECT_EQ(fates[0].purpose, Purpose::facility_alert);
  EXPECT_EQ(fates[0].case_id, CaseId{5});
  EXPECT_EQ(fates[0].referral, ReferralId{6});
  EXPECT_EQ(fates[0].reason, "rejected: 11");
}

TEST_F(MessagesTest, AListenerThatFailsUndoesTheStepAsWell) {
  const MessageId id = admitted(alert_to(officer));
  messages.set_listener([](storage::Tx&, const Fate&, TimePoint) { throw std::runtime_error("no"); });
  EXPECT_THROW(apply(id, MessageEvent::taken_back), std::runtime_error);
  EXPECT_EQ(state(id), MessageState::queued);
}

TEST_F(MessagesTest, WhatDidNotLeaveInTimeExpires) {
  const MessageId alert = admitted(alert_to(officer));
  const MessageId campaign = admitted(campaign_to(citizen));
  room.time.advance(1h - 1ms);
  EXPECT_EQ(expire(), 0U);
  room.time.advance(1ms);
  EXPECT_EQ(expire(), 1U);
  EXPECT_EQ(state(alert), MessageState::expired);
  EXPECT_EQ(state(campaign), MessageState::queued);
}

TEST_F(MessagesTest, ExpiryTakesTheLongestOverdueFirstAndNoMoreThanAsked) {
  const MessageId first = admitted(alert_to(officer));
  room.time.advance(1min);
  const MessageId second = admitted(alert_to(officer));
  room.time.advance(2h);
  EXPECT_EQ(expire(1), 1U);
  EXPECT_EQ(state(first), MessageState::expired);
  EXPECT_EQ(state(second), MessageState::queued);
}

TEST_F(MessagesTest, WhatIsOutDoesNotExpire) {
  const MessageId id = sent(alert_to(officer), {"a"});
  room.time.advance(48h);
  EXPECT_EQ(expire(), 0U);
  EXPECT_EQ(state(id), MessageState::accepted);
}

TEST_F(MessagesTest, AnOperatorSendsAnUncertainMessageAgain) {
  const MessageId id = uncertain();
  room.time.advance(48h);  // its lifetime has passed long ago: it gets a new one
  EXPECT_TRUE(room.on_database([&](storage::Tx& tx) { return messages.resend(tx, id, room.now()); }));
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(expire(), 0U);
  EXPECT_EQ(claim_all(Lane::bulk).size(), 1U);
}

TEST_F(MessagesTest, OnlyAnUncertainMessageIsSentAgainOrWrittenOff) {
  const MessageId id = sent(alert_to(officer), {"a"});
  const auto resent = room.on_database([&](storage::Tx& tx) { return messages.resend(tx, id, room.now()); });
  EXPECT_EQ(resent.error().code, Code::not_allowed);
  const auto written_off =
      room.on_database([&](storage::Tx& tx) { return messages.write_off(tx, id, room.now()); });
  EXPECT_EQ(written_off.error().code, Code::not_allowed);
  EXPECT_EQ(state(id), MessageState::accepted);
}

TEST_F(MessagesTest, APausedCampaignDoesNotLeaveUntilItIsResumed) {
  (void)of_campaign(citizen, CampaignId{7});
  room.on_database([&](storage::Tx& tx) { messages.suspend_campaign(tx, CampaignId{7}); });
  EXPECT_TRUE(claim_all(Lane::bulk).empty());
  room.on_database([&](storage::Tx& tx) { messages.release_campaign(tx, CampaignId{7}, room.now(), 0); });
  EXPECT_EQ(claim_all(Lane::bulk).size(), 1U);
}

TEST_F(MessagesTest, WhatIsReleasedLeavesNotFasterThanItsCampaignMay) {
  (void)of_campaign(citizen, CampaignId{7}, 1);
  (void)of_campaign(officer, CampaignId{7}, 2);
  const Slot next = room.on_database([&](storage::Tx& tx) {
    messages.suspend_campaign(tx, CampaignId{7});
    return messages.release_campaign(tx, CampaignId{7}, room.now(), 2);
  });
  EXPECT_EQ(next, room.now() + 1s);
  EXPECT_EQ(claim_all(Lane::bulk).size(), 1U);
  room.time.advance(500ms);
  EXPECT_EQ(claim_all(Lane::bulk).size(), 1U);
}

TEST_F(MessagesTest, NothingOfACampaignIsSentAgainAfterItsEnd) {
  const MessageId id = of_campaign(citizen, CampaignId{7});
  (void)claim_all(Lane::bulk);
  room.on_database([&](storage::Tx& tx) {
    (void)messages.apply(tx, id, MessageEvent::lost_sight, "", room.now());
    tx.run("UPDATE message SET expires_at = $1", room.now());
  });
  const auto resent = room.on_database([&](storage::Tx& tx) { return messages.resend(tx, id, room.now()); });
  EXPECT_EQ(resent.error().code, Code::not_allowed);
  EXPECT_EQ(state(id), MessageState::uncertain);
}

TEST_F(MessagesTest, ACancelledCampaignTakesBackWhatHasNotLeftAndNothingElse) {
  const MessageId queued = of_campaign(citizen, CampaignId{7});
  const MessageId out = sent(campaign_to(officer), {"a"});
  const MessageId other = of_campaign(citizen, CampaignId{8});
  EXPECT_EQ(room.on_database(
                [&](storage::Tx& tx) { return messages.cancel_campaign(tx, CampaignId{7}, room.now()); }),
            1U);
  EXPECT_EQ(state(queued), MessageState::cancelled);
  EXPECT_EQ(state(out), MessageState::accepted);
  EXPECT_EQ(state(other), MessageState::queued);
}

TEST_F(MessagesTest, ACaseThatWasTakenCancelsTheAlertsOfItsReferral) {
  room.on_database([](storage::Tx& tx) {
    tx.run("INSERT INTO facility (id, name, type, created_at, updated_at) VALUES (1, 'A', 'clinic', 0, 0)");
    tx.run(
        "INSERT INTO hotline_case (id, code, state, urgency, place, due_at, opened_at, updated_at) "
        "VALUES (5, '482913', 'open', 'normal', 'missing', 1, 0, 0)");
    tx.run("INSERT INTO referral (id, case_id, facility_id, step, state) VALUES (6, 5, 1, 0, 'alerted')");
  });
  Draft draft = alert_to(officer);
  draft.case_id = CaseId{5};
  draft.referral = ReferralId{6};
  const MessageId alert = admitted(draft);
  draft.referral = ReferralId{};
  const MessageId page = admitted(draft);
  EXPECT_EQ(room.on_database(
                [&](storage::Tx& tx) { return messages.cancel_referral(tx, ReferralId{6}, room.now()); }),
            1U);
  EXPECT_EQ(state(alert), MessageState::cancelled);
  EXPECT_EQ(state(page), MessageState::queued);
}

}  // namespace
}  // namespace tongdai::outbox
