#include "campaigns/pump.hpp"

#include <gmock/gmock.h>

#include "campaigns/rescue.hpp"
#include "config/toml_file.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::ElementsAre;

/// "plain" carries all; "discreet" takes over while it alone is able.
class PumpTest : public CampaignTest {
 protected:
  PumpTest() {
    door.set_campaign_texts(&recent_texts);
    messages.set_campaign_gate(
        [this](storage::Tx& tx, CampaignId id, TimePoint now) { return leave_of(tx, id, almanac, now); });
    for (int id = 1; id <= 6; ++id) contact(id), member(1, id);
  }
  CampaignId running(const Spec& s) {
    const auto id = approved(s);
    turn();
    return id;
  }
  void turn() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::vector<outbox::Claimed> take(std::size_t most, std::vector<std::string> able = {"plain"},
                                    std::int64_t parts = 1000, const std::string& gateway = "plain") {
    return room.on_database(
        [&](storage::Tx& tx) { return pump.take(tx, {gateway, able, most, parts}, room.now()).claimed; });
  }
  std::vector<std::string> who(const std::vector<outbox::Claimed>& claimed) {
    std::vector<std::string> numbers;
    for (const auto& c : claimed) numbers.push_back(c.recipient.reveal());
    return numbers;
  }
  std::vector<MessageState> history(MessageId id) {
    std::vector<MessageState> states;
    for (const auto& step : view(id).history) states.push_back(step.state);
    return states;
  }

  /// The gateway took them; `arrived`: with their receipts.
  void taken_by_gateway(const std::vector<outbox::Claimed>& claimed, bool arrived = false) {
    room.on_database([&](storage::Tx& tx) {
      for (const auto& c : claimed) {
        const std::vector<std::string> refs{"r" + to_string(c.id)};
        outbox::Acceptance taken{c.id, c.campaign, "plain", refs};
        taken.handed_over = &c;
        taken.arrived = arrived;
        outbox::record_accepted(tx, messages, taken, room.now());
      }
    });
  }
  /// The gateway wants one later.
  void put_back(const outbox::Claimed& c) {
    room.on_database([&](storage::Tx& tx) {
      messages.write_down(tx, c, "plain", room.now());
      outbox::put_back(tx, messages, c.id, "plain", room.now(), false, "throttled", room.now());
    });
  }
  std::int64_t rows(const std::string& where) { return room.count("SELECT COUNT(*) FROM " + where); }

  Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(PumpTest, AGatewayTakesStraightFromTheAudienceNobodyTwice) {
  const auto id = running(spec());
  EXPECT_EQ(accounts(id).of(MessageState::queued), 0);
  const auto first = take(2);
  EXPECT_THAT(who(first), ElementsAre(phone(1).reveal(), phone(2).reveal()));
  EXPECT_THAT(who(take(2)), ElementsAre(phone(3).reveal(), phone(4).reveal()));
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::submitting), 4);
  EXPECT_EQ(a.pending, 2);
  EXPECT_EQ(rows("message"), 0) << "one row tells of all that left in a turn";
  EXPECT_EQ(take(10).size(), 2U);
  EXPECT_TRUE(take(10).empty());
}

TEST_F(PumpTest, TheLastMessageAloneMayExceedTheParts) {
  Spec s = spec();
  s.texts = {{"vi", Accents::keep, std::string(200, 'a')}};  // two parts
  running(s);
  EXPECT_EQ(take(6, {"plain"}, 3).size(), 2U);
}

TEST_F(PumpTest, CampaignsShareAGateway) {
  const auto one = running(spec()), two = running(spec());
  EXPECT_EQ(take(4).size(), 4U);
  EXPECT_EQ(accounts(one).of(MessageState::submitting), 2);
  EXPECT_EQ(accounts(two).of(MessageState::submitting), 2);
}

TEST_F(PumpTest, NothingIsTakenWhilePausedClosedOrOver) {
  const auto id = running(spec());
  EXPECT_TRUE(acted(id, CampaignEvent::pause));
  EXPECT_TRUE(take(1).empty());
  EXPECT_TRUE(acted(id, CampaignEvent::resume));
  turn();
  room.time.jump_wall(13h);  // 22:00
  EXPECT_TRUE(take(1).empty());
  room.time.jump_wall(10h);
  EXPECT_EQ(take(1).size(), 1U);
  room.time.jump_wall(std::chrono::days(31));
  EXPECT_TRUE(take(1).empty());
}

TEST_F(PumpTest, WhatComesBackToTheQueueAfterItsCampaignWasCancelledIsTakenBack) {
  const auto id = running(spec());
  const auto taken = take(1);
  EXPECT_TRUE(acted(id, CampaignEvent::cancel));
  put_back(taken[0]);
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty());
  EXPECT_EQ(view(taken[0].id).state, MessageState::cancelled);
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(PumpTest, WhatComesBackToTheQueueOfAPausedCampaignWaitsUntilItIsResumed) {
  const auto id = running(spec());
  const auto taken = take(1);
  EXPECT_TRUE(acted(id, CampaignEvent::pause));
  put_back(taken[0]);
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty());
  EXPECT_TRUE(acted(id, CampaignEvent::resume));
  turn();
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "plain").size(), 1U);
}

TEST_F(PumpTest, ACampaignResumedAtNightWaitsForTheMorning) {
  Spec s = spec();
  s.schedule.rate = 100;
  const auto id = running(s);
  EXPECT_EQ(accounts(id).of(MessageState::queued), 6);
  EXPECT_TRUE(acted(id, CampaignEvent::pause));
  room.time.jump_wall(14h);  // 23:00
  EXPECT_TRUE(acted(id, CampaignEvent::resume));
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty()) << "before the pump has looked";
  turn();
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty());
  room.time.jump_wall(9h);
  turn();
  room.time.jump_wall(1s);
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "plain").size(), 6U);
}

TEST_F(PumpTest, WhatAGatewayTakesIsVoidWhenTheHoursEnd) {
  running(spec());
  EXPECT_EQ(take(1)[0].closes_at, room.now() + 13h);  // 22:00
  room.time.jump_wall(13h - 4s);
  const auto last = take(1);
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].closes_at, room.now() + 4s);
  EXPECT_EQ(last[0].expires_at, spec().schedule.end - 13h + 4s)
      << "in our own queue the campaign's end counts";
  room.time.jump_wall(1s);
  EXPECT_TRUE(take(1).empty()) << "too late to be out of our hands in time";
}

TEST_F(PumpTest, WhatWaitsInTheQueueIsVoidWhenTheHoursEndInWhichItLeaves) {
  Spec s = spec();
  s.schedule.rate = 1;
  s.schedule.windows = text::DayWindows::parse({"09:00-09:30", "15:00-15:10"}).value();
  running(s);
  auto claimed = claim_all(outbox::Lane::bulk, "plain");
  ASSERT_FALSE(claimed.empty());
  EXPECT_EQ(claimed[0].closes_at, room.now() + 30min);
  room.time.jump_wall(30min - 1s);
  turn();
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty());
  room.time.jump_wall(5h + 30min + 1s);  // 15:00
  turn();
  claimed = claim_all(outbox::Lane::bulk, "plain");
  ASSERT_FALSE(claimed.empty());
  EXPECT_EQ(claimed[0].closes_at, room.now() + 10min);
}

TEST_F(PumpTest, OnAHolidayOnlyThoseLeaveThatDoNotSkipIt) {
  config::Faults faults;
  almanac.holidays = std::make_shared<text::Holidays>(text::Holidays::read(
      config::read_toml("[[holiday]]\ndate = \"2026-11-25\"\nname = \"H\"\n").value(), faults));
  ASSERT_TRUE(faults.empty());
  Spec skipping = spec();
  skipping.schedule.skip_holidays = true;
  const auto waits = running(skipping), goes = running(spec());
  EXPECT_EQ(take(6).size(), 6U);
  EXPECT_EQ(accounts(goes).of(MessageState::submitting), 6);
  EXPECT_EQ(accounts(waits).pending, 6);
  room.time.jump_wall(22h);  // the next day, 07:00
  turn();
  const auto next_day = take(12);  // half of it is the other's, which has nobody left
  ASSERT_EQ(next_day.size(), 6U);
  EXPECT_EQ(next_day[0].campaign, waits);
  EXPECT_EQ(next_day[0].closes_at, room.now() + 15h);
}

TEST_F(PumpTest, WhoRefusedSinceTheApprovalIsAccountedForAndPassedOver) {
  const auto id = running(spec());
  opted_out(2);
  room.on_database([&](storage::Tx& tx) { outbox::hold(tx, phone(3), 1, room.now()); });
  EXPECT_THAT(who(take(4)), ElementsAre(phone(1).reveal(), phone(4).reveal()));
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 2);
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(PumpTest, WhatAnotherGatewayMustCarryIsQueuedThere) {
  const auto id = running(spec());
  EXPECT_TRUE(take(4, {"plain", "discreet"}).empty()) << "the router sends them to the discreet one";
  EXPECT_EQ(accounts(id).of(MessageState::queued), 4);
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "discreet").size(), 4U);
}

TEST_F(PumpTest, BesideANeighbourTextsForAnotherGatewayAreLaidOutByTheirShareOfIt) {
  for (int id = 11; id <= 16; ++id) contact(id), member(2, id);
  Pump fair{door, messages, almanac, room.log, {.gateway_rates = {{"discreet", 2}}}};
  Spec beside = spec();
  beside.audience.groups = {"can-bo"};
  const auto id = running(spec());
  const auto neighbour = running(beside);
  const auto take_at = [&](const std::string& gateway) {
    return room.on_database([&](storage::Tx& tx) {
      return fair.take(tx, {gateway, {"plain", "discreet"}, 100, 100}, room.now()).claimed.size();
    });
  };
  const auto queued = [&](CampaignId of) { return accounts(of).of(MessageState::queued); };
  EXPECT_EQ(take_at("plain"), 0U);
  EXPECT_EQ(queued(id), 2) << "half of two a second, two seconds ahead";
  EXPECT_EQ(queued(neighbour), 2);
  EXPECT_EQ(take_at("plain"), 0U);
  EXPECT_EQ(queued(id), 2) << "the others wait for their turn";
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "discreet").size(), 2U) << "one each is due";
  EXPECT_EQ(take_at("discreet"), 0U) << "what is in the queue is their share";
  EXPECT_TRUE(acted(neighbour, CampaignEvent::pause).has_value());
  EXPECT_EQ(take_at("discreet"), 4U) << "alone it has all of it";
}

TEST_F(PumpTest, TheDaysCapCountsTextsOfOtherCampaigns) {
  for (int n = 0; n < 3; ++n) {
    running(spec());
    EXPECT_EQ(take(6).size(), 6U);
  }
  const auto fourth = running(spec());
  EXPECT_TRUE(take(6).empty());
  EXPECT_EQ(accounts(fourth).of(MessageState::suppressed), 6);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_recipient WHERE reason = 'held'"), 6);
  room.time.jump_wall(24h);
  running(spec());
  EXPECT_EQ(take(6).size(), 6U);
}

TEST_F(PumpTest, ACampaignIsDoneWhenAllOfItIsOut) {
  const auto id = running(spec());
  const auto taken = take(6);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::running);
  taken_by_gateway(taken);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  EXPECT_EQ(accounts(id).of(MessageState::accepted), 6);
}

TEST_F(PumpTest, WhatCampaignsSentToANumberIsFound) {
  running(spec());
  const auto taken = take(6);
  taken_by_gateway(taken);
  EXPECT_THAT(room.on_database([&](storage::Tx& tx) { return messages_to(tx, phone(3)); }),
              ElementsAre(taken[2].id));
}

TEST_F(PumpTest, WhatWasHandedOverHasItsRowWithTheFirstWord) {
  const auto id = running(spec());
  const auto taken = take(3);
  taken_by_gateway({taken[0]});
  EXPECT_THAT(history(taken[0].id),
              ElementsAre(MessageState::queued, MessageState::submitting, MessageState::accepted));
  EXPECT_EQ(rows("message_handover WHERE open = 2"), 1);
  taken_by_gateway({taken[1]}, true);
  EXPECT_THAT(history(taken[1].id), ElementsAre(MessageState::queued, MessageState::submitting,
                                                MessageState::accepted, MessageState::delivered));
  room.on_database([&](storage::Tx& tx) {
    messages.write_down(tx, taken[2], "plain", room.now());
    outbox::put_back(tx, messages, taken[2].id, "plain", room.now(), true, "RSYSERR", room.now());
  });
  EXPECT_THAT(history(taken[2].id),
              ElementsAre(MessageState::queued, MessageState::submitting, MessageState::queued));
  EXPECT_EQ(rows("message_handover"), 0) << "the range is done";
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "plain").size(), 1U) << "the one put back goes its way";
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(PumpTest, WhatACrashLeftInAGatewaysHandsIsLaidDownOnce) {
  const auto id = running(spec());
  opted_out(2);
  const auto first = take(3);   // 1 and 3
  const auto second = take(2);  // 4 and 5
  taken_by_gateway({first[0], second[1]});
  const auto lay_down = [&] {
    return room.on_database([&](storage::Tx& tx) { return lay_down_handovers(tx, router); });
  };
  EXPECT_EQ(lay_down(), 2);
  EXPECT_EQ(lay_down(), 0);
  for (const auto& c : {first[1], second[0]}) {
    EXPECT_EQ(view(c.id).to, c.recipient) << "under the identifier that it left with";
    EXPECT_THAT(history(c.id), ElementsAre(MessageState::queued, MessageState::submitting));
  }
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::submitting), 2);
  EXPECT_EQ(a.of(MessageState::accepted), 2);
  EXPECT_EQ(a.pending, 1);
  EXPECT_THAT(who(take(10)), ElementsAre(phone(6).reveal())) << "nobody gets it again";
}

TEST_F(PumpTest, WhoIsInAGatewaysHandsIsNoLongerPendingInTheAccounts) {
  const auto id = running(spec());
  (void)take(2);
  std::vector<std::string> states;
  room.on_database([&](storage::Tx& tx) {
    for (const AccountLine& line : lines_after(tx, id, 0, 1000)) states.emplace_back(line.state);
  });
  EXPECT_THAT(states, ElementsAre("submitting", "submitting", "pending", "pending", "pending", "pending"));
}

}  // namespace
}  // namespace tongdai::campaigns
