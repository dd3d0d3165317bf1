#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

struct DoorCampaignTest : OutboxRoom {
  void opt_out_now() {
    room.on_database([&](storage::Tx& tx) { return opt_out(tx, citizen, OptOutSource::text, room.now()); });
  }
  void held_by(std::int64_t holder) {
    room.on_database([&](storage::Tx& tx) { hold(tx, citizen, holder, room.now()); });
  }
  void let_go(std::int64_t holder) {
    room.on_database([&](storage::Tx& tx) { release(tx, citizen, holder, room.now()); });
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
  held_by(1);
  held_by(2);
  room.time.advance(8 * 24h);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  let_go(1);
  room.time.advance(6 * 24h);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held") << "the other still holds it";
  let_go(2);
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted") << "two weeks are full";
}

TEST_F(DoorCampaignTest, AHoldTakesEffectAtOnceAndEndsWithAWholeWeek) {
  held_by(1);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.time.advance(1h);
  let_go(1);
  room.time.advance(7 * 24h - 1h - 1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held") << "its end must not tell that a holder let go";
  room.time.advance(1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
  room.on_database([&](storage::Tx& tx) { drop_past_holds(tx, room.now()); });
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM hold"), 0);
}

TEST_F(DoorCampaignTest, AHoldThatWasLetGoInItsSecondWeekEndsWithThatWeek) {
  held_by(1);
  room.time.advance(8 * 24h);
  let_go(1);
  room.time.advance(6 * 24h - 1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held");
  room.time.advance(1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, WhoMayBeWritingAReportIsHeldForAWhile) {
  const auto hold_for = [&](Duration d) {
    room.on_database([&](storage::Tx& tx) { hold_until(tx, citizen, room.now() + d, room.now()); });
  };
  hold_for(4min);
  hold_for(1min);
  room.time.advance(4min - 1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "held") << "the later end counts";
  room.time.advance(1ms);
  EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
}

TEST_F(DoorCampaignTest, WhoRestsIsRefusedInTheSameWordsAsWhoIsHeld) {
  held_by(1);
  const auto held = admit(campaign_to(citizen));
  const Rest rest(Rest::Key{1}, 50);
  door.set_rest(rest);
  for (int n = 100; n < 200; ++n) {
    const Phone somebody = Phone::stored("+84912000" + std::to_string(n));
    const auto answer = admit(campaign_to(somebody));
    EXPECT_EQ(answer.has_value(), !rest.rests(somebody, room.now()));
    if (answer) continue;
    EXPECT_EQ(answer.error().why, held.error().why);
    EXPECT_EQ(answer.error().detail, held.error().detail);
  }
}

TEST_F(DoorCampaignTest, AdvertisingGoesOnlyToWhoAgreedAndIsInNoRegister) {
  const auto ask = [&](bool advertising) {
    return room.on_database([&](storage::Tx& tx) {
      const auto verdict = door.check_campaign(tx, citizen, advertising, {}, room.now());
      return verdict ? "passes" : std::string(name_of(verdict.error().why));
    });
  };
  EXPECT_EQ(ask(false), "passes");
  EXPECT_EQ(ask(true), "no_consent");
  room.on_database([&](storage::Tx& tx) { consent(tx, citizen, room.now(), ConsentSource::operator_); });
  EXPECT_EQ(ask(true), "passes");
  room.on_database([&](storage::Tx& tx) {
    tx.run(
        "INSERT INTO number_batch (id, kind, name, state, file, created_at) VALUES (1, 'do_not_call', '', "
        "'in_force', '', 0)");
    tx.run(
        "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES (1, "
        "'do_not_call', "
        "'', 1, 0, 0)");
    tx.run("INSERT INTO do_not_call (batch_id, recipient) VALUES (1, $1)", citizen);
  });
  EXPECT_EQ(ask(true), "do_not_call");
  EXPECT_EQ(ask(false), "passes") << "the register is about advertising";
}

TEST_F(DoorCampaignTest, AnOptOutTakesConsentAwayAndAnOptInGivesNone) {
  const auto agrees = [&] {
    return room.on_database(
        [&](storage::Tx& tx) { return consent(tx, citizen, room.now(), ConsentSource::list); });
  };
  const auto agreed = [&] {
    return room.on_database([&](storage::Tx& tx) { return has_consented(tx, citizen); });
  };
  EXPECT_TRUE(agrees());
  opt_out_now();
  EXPECT_FALSE(agreed());
  EXPECT_FALSE(agrees()) << "a list is not the person's own word";
  room.on_database([&](storage::Tx& tx) { return opt_in(tx, citizen); });
  EXPECT_FALSE(agreed());
}

TEST_F(DoorCampaignTest, TheDaysCapLooksLikeEveryOtherHold) {
  for (int n = 0; n < 3; ++n) EXPECT_EQ(verdict(campaign_to(citizen)), "admitted");
  const auto capped = admit(campaign_to(citizen));
  ASSERT_FALSE(capped);
  EXPECT_EQ(capped.error().why, Refusal::held);
  room.on_database([&](storage::Tx& tx) { hold(tx, officer, 1, room.now()); });
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
