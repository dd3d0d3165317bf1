#include "campaigns/ending.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "campaigns/repair.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::ElementsAre;

/// Ten contacts of the group; 3 refused. The pump stands by.
class Ending : public CampaignTest {
 protected:
  Ending() {
    for (int id = 1; id <= 10; ++id) contact(id), member(1, id);
    opted_out(3);
    messages.set_campaign_gate(
        [this](storage::Tx& tx, CampaignId id, TimePoint now) { return leave_of(tx, id, almanac, now); });
  }
  void turn() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::size_t taken(std::size_t most) {
    return room
        .on_database(
            [&](storage::Tx& tx) { return pump.take(tx, {"plain", {"plain"}, most, 100}, room.now()); })
        .claimed.size();
  }
  bool end_some(std::int64_t recipients) {
    return room.on_database([&](storage::Tx& tx) { return end_step(tx, room.now(), recipients); });
  }
  /// As a cancel of a million leaves it: nobody is accounted for yet.
  void cancelled(CampaignId id) {
    room.on_database([&](storage::Tx& tx) {
      EXPECT_TRUE(
          move(tx, room.ids, find(tx, id).value(), CampaignEvent::cancel, "operator", "", room.now()));
    });
  }
  Check checked(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return check(tx, find(tx, id).value()); });
  }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(Ending, GoesInStepsAndTheAccountsAddUpAfterEach) {
  const auto id = approved(spec());
  turn();
  ASSERT_EQ(taken(2), 2U);
  cancelled(id);
  std::vector<std::int64_t> left;
  while (end_some(3)) {
    const Accounts a = accounts(id);
    left.push_back(a.pending);
    EXPECT_TRUE(a.add_up());
    EXPECT_EQ(room.on_database([&](storage::Tx& tx) { return count_pending(tx, id, campaign(id).cursor); }),
              a.pending);
    EXPECT_TRUE(checked(id).is_sound());
    turn();
    EXPECT_EQ(taken(10), 0U) << "nothing more leaves, whoever is accounted for already";
  }
  EXPECT_THAT(left, ElementsAre(5, 2, 0));
  EXPECT_EQ(accounts(id).of(MessageState::cancelled), 7);
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 1);
  EXPECT_EQ(accounts(id).of(MessageState::submitting), 2);
}

TEST_F(Ending, WhoIsPendingAtTheEndExpires) {
  Spec s = spec();
  s.schedule.end = room.now() + 1h;
  const auto id = approved(s);
  turn();
  EXPECT_FALSE(end_some(3));
  room.time.jump_wall(1h);
  ASSERT_TRUE(end_some(3));
  EXPECT_EQ(accounts(id).of(MessageState::expired), 2);
  EXPECT_EQ(campaign(id).state, CampaignState::running) << "until all are accounted for";
  while (end_some(3)) {
  }
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
  EXPECT_EQ(accounts(id).of(MessageState::expired), 9);
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(Ending, OneThatIsStillBeingWrittenDownWaits) {
  Spec s = spec();
  s.schedule.end = room.now() + 1h;
  (void)only_approved(s);
  EXPECT_TRUE(step(4));
  room.time.jump_wall(2h);
  EXPECT_FALSE(end_some(3));
}

}  // namespace
}  // namespace tongdai::campaigns
