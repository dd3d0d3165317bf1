#include "campaigns/freezing.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

/// Ten contacts of the group; 3 and 8 refused.
class Freezing : public CampaignTest {
 protected:
  Freezing() {
    for (int id = 1; id <= 10; ++id) contact(id), member(1, id);
    opted_out(3);
    opted_out(8);
  }
  std::vector<std::string> written(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      return tx.all(
          "SELECT seq, recipient, state, reason FROM campaign_recipient WHERE campaign_id = $1 ORDER BY seq",
          [](const storage::Row& row) {
            return std::to_string(row.integer(0)) + ' ' + row.text(1).substr(row.text(1).size() - 2) + ' ' +
                   row.text(2) + (row.text(3).empty() ? "" : " " + row.text(3));
          },
          id);
    });
  }
  std::int64_t freezes() { return room.count("SELECT COUNT(*) FROM campaign_freeze"); }
};

TEST_F(Freezing, GoesInStepsAndTheAccountsAddUpAfterEach) {
  const auto id = only_approved(spec());
  EXPECT_EQ(campaign(id).state, CampaignState::approved);
  EXPECT_TRUE(accounts(id).add_up());
  std::vector<std::int64_t> sizes;
  Auditor auditor;
  while (step(4)) {
    const Accounts a = accounts(id);
    sizes.push_back(a.audience);
    EXPECT_TRUE(a.add_up());
    EXPECT_EQ(room.on_database([&](storage::Tx& tx) { return count_pending(tx, id, 0); }), a.pending);
    EXPECT_EQ(campaign(id).frozen, a.audience == 10);
    EXPECT_EQ(
        room.on_database([&](storage::Tx& tx) { return auditor.run_once(tx, room.log, room.now()).off; }), 0);
  }
  EXPECT_THAT(sizes, ElementsAre(4, 8, 10));
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 2);
  EXPECT_EQ(accounts(id).pending, 8);
  EXPECT_THAT(written(id), ElementsAre("1 01 pending", "2 02 pending", "3 03 suppressed opted_out",
                                       "4 04 pending", "5 05 pending", "6 06 pending", "7 07 pending",
                                       "8 08 suppressed opted_out", "9 09 pending", "10 10 pending"));
  EXPECT_EQ(freezes(), 0);
}

TEST_F(Freezing, WhoCameAfterTheApprovalIsNotIn) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  contact(11), member(1, 11);
  while (step(4)) {
  }
  EXPECT_EQ(campaign(id).audience, 10);
}

TEST_F(Freezing, WhoRefusesMeanwhileIsLeftOut) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  opted_out(10);
  while (step(4)) {
  }
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 3);
}

TEST_F(Freezing, OfSeveralGroupsNobodyIsTakenTwice) {
  for (int id = 4; id <= 7; ++id) member(2, id);
  contact(12), member(2, 12);
  Spec s = spec();
  s.audience.groups = {"phu-nu", "can-bo"};
  const auto id = only_approved(s);
  int steps = 0;
  while (step(4)) {
    ++steps;
    EXPECT_TRUE(accounts(id).add_up());
  }
  EXPECT_GT(steps, 2);
  EXPECT_EQ(campaign(id).audience, 11);
  EXPECT_EQ(room.count("SELECT COUNT(DISTINCT recipient) FROM campaign_recipient"), 11);
  EXPECT_EQ(room.count("SELECT MAX(seq) FROM campaign_recipient"), 11);
}

TEST_F(Freezing, SaysWhomItLeftOutAndWhoWasNamedAgainWhateverHappensLater) {
  for (int id = 4; id <= 8; ++id) member(2, id);
  Spec s = spec();
  s.audience.groups = {"phu-nu", "can-bo"};
  const auto id = only_approved(s);
  const auto size = [&] {
    return room.on_database([&](storage::Tx& tx) { return frozen_size(tx, find(tx, id).value()); });
  };
  EXPECT_THAT(size().exclusions, IsEmpty());
  while (step(4)) {
  }
  opted_out(9);
  EXPECT_EQ(size().audience, 10);
  EXPECT_THAT(size().exclusions, ElementsAre(Pair("opted_out", 2)));
  EXPECT_EQ(size().duplicates, 5);
}

TEST_F(Freezing, WithoutGroupsAllContactsAreLookedAt) {
  contact(20, UnitId{2});
  contact(21, UnitId{2});
  Spec s = spec();
  s.audience.groups.clear();
  s.audience.units = {"03595"};
  const auto id = only_approved(s);
  int steps = 0;
  while (step(4)) ++steps;
  EXPECT_EQ(steps, 3);
  EXPECT_EQ(campaign(id).audience, 2);
  EXPECT_TRUE(campaign(id).frozen);
}

TEST_F(Freezing, TheLaterAndSmallerDoesNotWaitForTheLarger) {
  contact(30), member(2, 30);
  const auto large = only_approved(spec());
  EXPECT_TRUE(step(4));
  Spec s = spec();
  s.audience.groups = {"can-bo"};
  const auto small = only_approved(s);
  EXPECT_TRUE(step(4));
  EXPECT_TRUE(campaign(small).frozen);
  EXPECT_FALSE(campaign(large).frozen);
}

TEST_F(Freezing, ACrashInTheMiddleOfAStepTakesNobodyTwiceAndLosesNobody) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  EXPECT_THROW(room.on_database([](storage::Tx& tx) {
    freeze_step(tx, 4);
    throw std::runtime_error("the power is gone");
  }),
               std::runtime_error);
  room.reopen();
  EXPECT_EQ(accounts(id).audience, 4);
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_FALSE(campaign(id).frozen);
  test::EngineRoom after(test::EngineRoom::AfterCrash{room});
  while (after.on_database([](storage::Tx& tx) { return freeze_step(tx, 4); })) {
  }
  EXPECT_EQ(after.count("SELECT COUNT(DISTINCT recipient) FROM campaign_recipient"), 10);
  EXPECT_EQ(after.count("SELECT MAX(seq) FROM campaign_recipient"), 10);
  EXPECT_EQ(after.count("SELECT audience FROM campaign WHERE frozen = 1"), 10);
  EXPECT_EQ(after.count("SELECT SUM(n) FROM message_tally"), 2);
}

TEST_F(Freezing, AnEmptyDirectoryIsFrozenAtOnce) {
  room.on_database([](storage::Tx& tx) { tx.run("DELETE FROM contact"); });
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  EXPECT_FALSE(step(4));
  EXPECT_TRUE(campaign(id).frozen);
}

TEST_F(Freezing, AListThatIsReplacedMeanwhileChangesNothing) {
  listed("a", "so", {{1, "1"}, {2, "2"}, {9, "9"}, {10, "10"}});
  Spec s = spec();
  s.audience.groups.clear();
  s.audience.lists = {"a"};
  s.texts = {{"vi", Accents::keep, "So {so}", {{"so", ""}}}};
  const auto id = only_approved(s);
  EXPECT_TRUE(step(4));
  listed("a", "khac", {{5, "x"}, {6, "x"}, {10, "x"}});
  while (step(4)) {
  }
  EXPECT_THAT(written(id), ElementsAre("1 01 pending", "2 02 pending", "3 09 pending", "4 10 pending"));
  const auto people = room.on_database([&](storage::Tx& tx) { return pending_after(tx, id, 0, 10); });
  EXPECT_EQ(people.at(3).fill, "10");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_audience WHERE batch_id <> 0"), 0);
}

/// With the pump beside it.
class FreezingPump : public Freezing {
 protected:
  FreezingPump() {
    messages.set_campaign_gate(
        [this](storage::Tx& tx, CampaignId id, TimePoint now) { return leave_of(tx, id, almanac, now); });
  }
  void turn() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::size_t taken() {
    return room
        .on_database(
            [&](storage::Tx& tx) { return pump.take(tx, {"plain", {"plain"}, 100, 100}, room.now()); })
        .claimed.size();
  }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(FreezingPump, NothingStartsBeforeAllIsWrittenDown) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::approved);
  EXPECT_EQ(taken(), 0U);
  while (step(4)) {
  }
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::running);
  EXPECT_EQ(taken(), 8U);
}

TEST_F(FreezingPump, APausedOneIsWrittenDownAndStaysPaused) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  ASSERT_TRUE(acted(id, CampaignEvent::pause).has_value());
  while (step(4)) {
  }
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::paused);
  EXPECT_EQ(campaign(id).audience, 10);
  ASSERT_TRUE(acted(id, CampaignEvent::resume).has_value());
  turn();
  EXPECT_EQ(taken(), 8U);
}

TEST_F(FreezingPump, ResumedBeforeItIsFrozenItStillWaits) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  ASSERT_TRUE(acted(id, CampaignEvent::pause).has_value());
  ASSERT_TRUE(acted(id, CampaignEvent::resume).has_value());
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::approved);
}

TEST_F(FreezingPump, ACancelledOneKeepsWhoWasWrittenDownAndAddsNobody) {
  const auto id = only_approved(spec());
  EXPECT_TRUE(step(4));
  ASSERT_TRUE(acted(id, CampaignEvent::cancel).has_value());
  EXPECT_FALSE(step(4));
  turn();
  const Accounts a = accounts(id);
  EXPECT_EQ(a.audience, 4);
  EXPECT_EQ(a.of(MessageState::cancelled), 3);
  EXPECT_EQ(a.of(MessageState::suppressed), 1);
  EXPECT_EQ(a.pending, 0);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(freezes(), 0);
}

TEST_F(FreezingPump, ItsEndPassesMeanwhile) {
  Spec s = spec();
  s.schedule.end = room.now() + 1h;
  const auto id = only_approved(s);
  EXPECT_TRUE(step(4));
  room.time.jump_wall(2h);
  turn();
  while (step(4)) {
  }
  for (int i = 0; i < 3; ++i) turn();
  EXPECT_EQ(accounts(id).of(MessageState::expired), 8);
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
}

}  // namespace
}  // namespace tongdai::campaigns
