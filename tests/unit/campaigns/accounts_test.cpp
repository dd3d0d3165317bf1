#include "campaigns/accounts.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;

class CampaignAccounts : public CampaignTest {
 protected:
  void people(int count) {
    for (int id = 1; id <= count; ++id) contact(id), member(1, id);
  }
  /// With a rate of its own: laid out in the queue.
  [[nodiscard]] Spec rated() const {
    Spec s = spec();
    s.schedule.rate = 100;
    return s;
  }
  void pump_once() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::int64_t audited() {
    return room.on_database([&](storage::Tx& tx) { return auditor.run_once(tx, room.log, room.now()).off; });
  }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
  Auditor auditor;
};

TEST(AccountsSum, IsOfAllStates) {
  Accounts a;
  a.audience = 6;
  a.pending = 1;
  a.by_state[static_cast<std::size_t>(MessageState::delivered)] = 2;
  a.by_state[static_cast<std::size_t>(MessageState::uncertain)] = 3;
  EXPECT_EQ(a.sum(), 6);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(a.of(MessageState::uncertain), 3);
  a.audience = 7;
  EXPECT_FALSE(a.add_up());
}

TEST_F(CampaignAccounts, AtApprovalAllArePendingButWhoRefused) {
  people(5);
  opted_out(2);
  const Accounts a = accounts(approved(spec()));
  EXPECT_EQ(a.audience, 5);
  EXPECT_EQ(a.pending, 4);
  EXPECT_EQ(a.of(MessageState::suppressed), 1);
  EXPECT_TRUE(a.add_up());
}

TEST_F(CampaignAccounts, AddUpWhileThePumpWorks) {
  people(5);
  opted_out(2);
  const auto id = approved(rated());
  pump_once();
  pump_once();
  const Accounts a = accounts(id);
  EXPECT_EQ(a.pending, 0);
  EXPECT_EQ(a.of(MessageState::queued), 4);
  EXPECT_EQ(a.of(MessageState::suppressed), 1);
  EXPECT_TRUE(a.add_up());
}

TEST_F(CampaignAccounts, AddUpWhenAPersonRefusesBetweenApprovalAndSending) {
  people(3);
  const auto id = approved(rated());
  opted_out(3);
  pump_once();
  pump_once();
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::queued), 2);
  EXPECT_EQ(a.of(MessageState::suppressed), 1);
  EXPECT_TRUE(a.add_up());
}

TEST_F(CampaignAccounts, AddUpAfterACancel) {
  people(4);
  const auto id = approved(spec());
  pump_once();
  ASSERT_TRUE(acted(id, CampaignEvent::cancel).has_value());
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::cancelled), 4);
  EXPECT_EQ(a.pending, 0);
  EXPECT_TRUE(a.add_up());
}

TEST_F(CampaignAccounts, AddUpWhenTheEndPasses) {
  people(4);
  Spec s = spec();
  s.schedule.end = room.now() + 1h;
  const auto id = approved(s);
  room.time.jump_wall(2h);
  for (int i = 0; i < 3; ++i) pump_once();
  const Accounts a = accounts(id);
  EXPECT_EQ(a.of(MessageState::expired), 4);
  EXPECT_EQ(a.pending, 0);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
}

TEST_F(CampaignAccounts, AnEmptyAudienceAddsUp) {
  const auto id = approved(spec());
  for (int i = 0; i < 3; ++i) pump_once();
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
}

TEST_F(CampaignAccounts, LinesNameEachPersonOnce) {
  people(3);
  opted_out(1);
  const auto id = approved(rated());
  pump_once();
  pump_once();
  std::vector<std::string> lines;
  room.on_database([&](storage::Tx& tx) {
    for (std::int64_t after = 0; after < 3;) {
      for (const AccountLine& line : lines_after(tx, id, std::exchange(after, after + 2), 2))
        lines.push_back(std::to_string(line.seq) + ' ' + line.state + ' ' + line.reason);
    }
  });
  EXPECT_THAT(lines, ::testing::ElementsAre("1 suppressed opted_out", "2 queued ", "3 queued "));
}

TEST_F(CampaignAccounts, TheAuditorSoundsWhenTheyDoNotAddUp) {
  people(3);
  const auto id = approved(spec());
  EXPECT_EQ(audited(), 0);
  room.on_database([&](storage::Tx& tx) {
    tx.run("DELETE FROM campaign_recipient WHERE campaign_id = $1 AND seq = 2", id);
  });
  EXPECT_EQ(audited(), 0) << "it has not moved: counted again after an hour";
  room.time.advance(1h);
  EXPECT_EQ(audited(), 1);
  EXPECT_EQ(room.log.count("a campaign's accounts do not add up"), 1U);
  EXPECT_EQ(room.log.count("audience=3 sum=2"), 1U);
}

TEST_F(CampaignAccounts, ARefusedStepChangesNothing) {
  const auto id = created(spec());
  const auto refused = acted(id, CampaignEvent::approve);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::not_allowed);
  EXPECT_EQ(campaign(id).state, CampaignState::draft);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_event"), 0);
  EXPECT_EQ(acted(CampaignId{1}, CampaignEvent::submit).error().code, Code::not_found);
}

TEST_F(CampaignAccounts, WhatHasEndedIsNotApproved) {
  const auto id = created(spec());
  room.time.jump_wall(std::chrono::days(32));
  const auto refused = acted(id, CampaignEvent::submit);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::not_allowed);
}

}  // namespace
}  // namespace tongdai::campaigns
