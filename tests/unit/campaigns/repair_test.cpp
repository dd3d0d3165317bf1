#include "campaigns/repair.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using testing::ElementsAre;
using testing::IsEmpty;

class RepairTest : public CampaignTest {
 protected:
  /// A campaign to five: all are laid out but the second, who refused.
  CampaignId begun() {
    for (int i = 1; i <= 5; ++i) contact(i), member(1, i);
    opted_out(2);
    Spec s = spec();
    s.schedule.rate = 100;
    const auto id = approved(s);
    pump_once();
    return id;
  }
  void pump_once() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  Check checked(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return check(tx, find(tx, id).value()); });
  }
  /// As the call does it.
  Repaired repair(CampaignId id) {
    Repaired done;
    const Campaign c = campaign(id);
    const Check first = checked(id);
    room.on_database([&](storage::Tx& tx) { begin_repair(tx, c, first, done); });
    const Check second = checked(id);
    room.on_database([&](storage::Tx& tx) {
      repair_step(tx, door, messages, id, second, 0, first.tally_agrees(), done, room.now());
    });
    room.on_database([&](storage::Tx& tx) {
      end_repair(tx, room.ids, c, {"administrator"}, first, true, done, room.now());
    });
    return done;
  }
  void run(std::string_view sql, CampaignId id) {
    room.on_database([&](storage::Tx& tx) { tx.run(sql, id); });
  }
  std::string state_of(CampaignId id, std::int64_t seq) {
    return room.on_database([&](storage::Tx& tx) {
      const auto lines = lines_after(tx, id, seq - 1, 1);
      return lines.front().state + ' ' + lines.front().reason;
    });
  }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(RepairTest, ASoundCampaignIsSound) {
  const auto id = begun();
  const Check c = checked(id);
  EXPECT_TRUE(c.is_sound());
  EXPECT_THAT(c.findings, IsEmpty());
  EXPECT_EQ(c.rows[static_cast<std::size_t>(MessageState::queued)], 4);
}

TEST_F(RepairTest, WhoseMessageIsLostMayHaveItAndIsUncertain) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 3", id);
  const Check c = checked(id);
  ASSERT_EQ(c.of(Flaw::untraced), 1);
  EXPECT_EQ(c.findings.front().phone, phone(3));
  EXPECT_FALSE(c.tally_agrees());
  const Repaired done = repair(id);
  EXPECT_EQ(done.uncertain, 1);
  EXPECT_EQ(done.queued, 0);
  EXPECT_EQ(state_of(id, 3), "uncertain the record of it was lost");
  EXPECT_TRUE(checked(id).is_sound());
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(accounts(id).of(MessageState::uncertain), 1);
  for (int i = 0; i < 3; ++i) pump_once();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE campaign_seq = 3 AND state <> 'uncertain'"), 0)
      << "it is not sent again by itself";
}

TEST_F(RepairTest, WhoWasPassedAndNeverTalliedGetsItAfterAll) {
  const auto id = begun();
  // As if the cursor had gone on without doing anything.
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 5", id);
  run("UPDATE message_tally SET n = n - 1 WHERE campaign_id = $1 AND state = 'queued'", id);
  const Check c = checked(id);
  EXPECT_EQ(c.of(Flaw::untraced), 1);
  EXPECT_TRUE(c.tally_agrees());
  const Repaired done = repair(id);
  EXPECT_EQ(done.queued, 1);
  EXPECT_EQ(done.uncertain, 0);
  EXPECT_EQ(state_of(id, 5), "queued ");
  EXPECT_TRUE(checked(id).is_sound());
  pump_once();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE campaign_seq = 5 AND not_before > 4000000000000"),
            0)
      << "the pump releases it";
}

TEST_F(RepairTest, TheDoorIsAskedAgain) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 5", id);
  run("UPDATE message_tally SET n = n - 1 WHERE campaign_id = $1 AND state = 'queued'", id);
  opted_out(5);
  EXPECT_EQ(repair(id).refused, 1);
  EXPECT_EQ(state_of(id, 5), "suppressed opted_out");
}

TEST_F(RepairTest, OfACampaignThatIsOverNobodyGetsAnything) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 5", id);
  run("UPDATE message_tally SET n = n - 1 WHERE campaign_id = $1 AND state = 'queued'", id);
  ASSERT_TRUE(acted(id, CampaignEvent::cancel));
  EXPECT_EQ(repair(id).ended, 1);
  EXPECT_EQ(state_of(id, 5), "cancelled passed over, and the campaign is over");
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(RepairTest, ALostCursorIsFoundBehindTheLastTrace) {
  const auto id = begun();
  run("UPDATE campaign SET cursor = 1 WHERE id = $1", id);
  EXPECT_EQ(checked(id).of(Flaw::unpassed), 3);
  const Repaired done = repair(id);
  EXPECT_EQ(campaign(id).cursor, 5);
  EXPECT_EQ(done.queued + done.uncertain, 0);
  EXPECT_TRUE(checked(id).is_sound());
}

TEST_F(RepairTest, APersonIsRestoredFromTheMessageAndARefusalYieldsToIt) {
  const auto id = begun();
  run("DELETE FROM campaign_recipient WHERE campaign_id = $1 AND seq = 4", id);
  run("UPDATE campaign_recipient SET state = 'failed', reason = 'no_route' WHERE campaign_id = $1 AND seq = "
      "3",
      id);
  const Check c = checked(id);
  EXPECT_EQ(c.of(Flaw::unlisted), 1);
  EXPECT_EQ(c.of(Flaw::twice), 1);
  const Repaired done = repair(id);
  EXPECT_EQ(done.relisted, 1);
  EXPECT_EQ(done.undoubled, 1);
  EXPECT_TRUE(checked(id).is_sound());
  EXPECT_EQ(state_of(id, 3), "queued ");
}

TEST_F(RepairTest, WhoIsLostWithoutATraceIsNamedByPlaceOnly) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 4", id);
  run("DELETE FROM campaign_recipient WHERE campaign_id = $1 AND seq = 4", id);
  const Check c = checked(id);
  ASSERT_EQ(c.of(Flaw::lost), 1);
  EXPECT_EQ(c.findings.front().seq, 4);
  EXPECT_TRUE(c.findings.front().phone.empty());
}

TEST_F(RepairTest, WhatIsLeftForASecondRunStaysInDoubt) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 3", id);
  const Check first = checked(id);
  room.on_database([&](storage::Tx& tx) {
    Repaired none;
    begin_repair(tx, find(tx, id).value(), first, none);
    end_repair(tx, room.ids, find(tx, id).value(), {"administrator"}, first, false, none, room.now());
  });
  EXPECT_FALSE(checked(id).tally_agrees()) << "that it does not is why they are in doubt";
  EXPECT_EQ(repair(id).uncertain, 1);
}

TEST_F(RepairTest, TheHistorySaysWhatWasDone) {
  const auto id = begun();
  run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 3", id);
  repair(id);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_event WHERE who = 'administrator' AND comment LIKE "
                       "'repaired: % 1 uncertain%'"),
            1);
}

}  // namespace
}  // namespace tongdai::campaigns
