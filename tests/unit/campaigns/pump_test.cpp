#include "campaigns/pump.hpp"

#include <gmock/gmock.h>

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
        [&](storage::Tx& tx) { return pump.take(tx, {gateway, able, most, parts}, room.now()); });
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

  const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
  Pump pump{door, messages, zone};
};

TEST_F(PumpTest, AGatewayTakesStraightFromTheAudienceNobodyTwice) {
  const auto id = running(spec());
  EXPECT_EQ(accounts(id).of(MessageState::queued), 0);
  const auto first = take(2);
  EXPECT_THAT(who(first), ElementsAre(phone(1).reveal(), phone(2).reveal()));
  EXPECT_THAT(who(take(2)), ElementsAre(phone(3).reveal(), phone(4).reveal()));
  EXPECT_THAT(history(first[0].id), ElementsAre(MessageState::queued, MessageState::submitting));
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::submitting), 4);
  EXPECT_EQ(a.pending, 2);
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

TEST_F(PumpTest, WhoRefusedSinceTheApprovalIsAccountedForAndPassedOver) {
  const auto id = running(spec());
  opted_out(2);
  room.on_database([&](storage::Tx& tx) { outbox::hold(tx, phone(3), 1); });
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
  const std::vector<std::string> ref{"r"};
  room.on_database([&](storage::Tx& tx) {
    for (const auto& c : taken)
      outbox::record_accepted(tx, messages, {c.id, c.campaign, "plain", ref}, room.now());
  });
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  EXPECT_EQ(accounts(id).of(MessageState::accepted), 6);
}

TEST_F(PumpTest, WhatCampaignsSentToANumberIsFound) {
  running(spec());
  const auto taken = take(6);
  EXPECT_THAT(room.on_database([&](storage::Tx& tx) { return messages_to(tx, phone(3)); }),
              ElementsAre(taken[2].id));
}

}  // namespace
}  // namespace tongdai::campaigns
