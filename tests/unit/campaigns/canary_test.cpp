#include "campaigns/canary.hpp"

#include <gmock/gmock.h>

#include <map>

#include "campaigns/history.hpp"
#include "campaigns/pump.hpp"
#include "outbox/claiming.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::HasSubstr;
using ::testing::Optional;
using P = CanaryPhase;
using E = CanaryEvent;

TEST(CanaryPhases, AreTheTable) {
  const std::map<std::pair<P, E>, P> table{{{P::first_share, E::all_left}, P::waiting},
                                           {{P::first_share, E::limit}, P::halted},
                                           {{P::waiting, E::sound}, P::passed},
                                           {{P::waiting, E::limit}, P::halted},
                                           {{P::halted, E::overruled}, P::passed}};
  for (std::size_t p = 0; p < EnumNames<P>::names.size(); ++p) {
    for (std::size_t e = 0; e < EnumNames<E>::names.size(); ++e) {
      const auto from = static_cast<P>(p);
      const auto event = static_cast<E>(e);
      const auto to = next(from, event);
      const auto wanted = table.find({from, event});
      ASSERT_EQ(to.has_value(), wanted != table.end()) << name_of(from) << " " << name_of(event);
      if (to) EXPECT_EQ(*to, wanted->second);
      if (!to) EXPECT_EQ(to.error().code, Code::not_allowed);
    }
  }
}

TEST(CanaryObjection, IsWhatPassesALimit) {
  const Canary canary{500, 20, 5, 30min};
  EXPECT_EQ(objection(canary, {500, 0, 100, 25}, 500), std::nullopt);
  EXPECT_THAT(objection(canary, {500, 0, 101, 0}, 500), Optional(HasSubstr("of the first 500, 101 failed")));
  EXPECT_THAT(objection(canary, {500, 0, 0, 26}, 500), Optional(HasSubstr("26 refused further texts")));
  EXPECT_THAT(objection({10, 0, 0, 30min}, {1, 0, 1, 0}, 10), Optional(HasSubstr("(more than 0 %)")));
}

/// Ten people, of whom the first four go ahead.
class CanaryTest : public CampaignTest {
 protected:
  CanaryTest() {
    for (int id = 1; id <= 10; ++id) contact(id), member(1, id);
  }
  [[nodiscard]] Spec with_canary(int rate = 0) const {
    Spec s = spec();
    s.schedule.rate = rate;
    s.canary = {4, 25, 25, 30min};
    return s;
  }
  CampaignId running(const Spec& s) {
    const auto id = approved(s);
    turn(), turn();
    return id;
  }
  void turn() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::vector<outbox::Claimed> take() {
    const std::vector<std::string> able{"plain"};
    const std::string gateway = "plain";
    return room.on_database(
        [&](storage::Tx& tx) { return pump.take(tx, {gateway, able, 100, 1000}, room.now()).claimed; });
  }
  void end_all(const std::vector<outbox::Claimed>& claimed, std::size_t failed) {
    room.on_database([&](storage::Tx& tx) {
      std::size_t n = 0;
      for (const auto& c : claimed) {
        messages.write_down(tx, c, "plain", room.now());
        EXPECT_TRUE(messages.apply(tx, c.id,
                                   n++ < failed ? outbox::MessageEvent::refused : outbox::MessageEvent::taken,
                                   "", room.now()));
      }
    });
  }
  std::optional<CanaryView> canary(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return show_canary(tx, find(tx, id).value()); });
  }
  std::string last_comment(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      const auto events = history(tx, id);
      return events.back().who + ": " + events.back().comment;
    });
  }
  void refuse_further(int id) {
    room.on_database(
        [&](storage::Tx& tx) { outbox::opt_out(tx, phone(id), outbox::OptOutSource::text, room.now()); });
  }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(CanaryTest, NoMoreThanTheFirstShareIsTaken) {
  const auto id = running(with_canary());
  EXPECT_EQ(take().size(), 4U);
  EXPECT_TRUE(take().empty());
  EXPECT_EQ(canary(id)->phase, P::first_share) << "they are in the gateway's hands";
}

TEST_F(CanaryTest, NoMoreThanTheFirstShareIsLaidOut) {
  const auto id = running(with_canary(100));
  EXPECT_EQ(accounts(id).of(MessageState::queued), 4);
  turn();
  EXPECT_EQ(accounts(id).of(MessageState::queued), 4);
}

TEST_F(CanaryTest, WhoIsLeftOutIsNotOfTheFirstShare) {
  opted_out(1), opted_out(2);
  running(with_canary());
  EXPECT_EQ(take().size(), 4U);
}

TEST_F(CanaryTest, TheRestFollowsWhenTheWaitIsOverAndAllIsWell) {
  const auto id = running(with_canary());
  end_all(take(), 1);  // a quarter: the limit itself
  turn();
  EXPECT_EQ(canary(id)->phase, P::waiting);
  EXPECT_EQ(canary(id)->until, room.now() + 30min);
  room.time.jump_wall(29min);
  turn();
  EXPECT_TRUE(take().empty());
  room.time.jump_wall(1min);
  turn();
  EXPECT_EQ(canary(id)->phase, P::passed);
  EXPECT_EQ(last_comment(id), "canary: the first 4 are out, and no limit was passed: the rest follows");
  EXPECT_EQ(take().size(), 6U);
}

TEST_F(CanaryTest, TooManyFailuresHaltItWithAnAlarmAndAReason) {
  const auto id = running(with_canary());
  end_all(take(), 2);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::paused);
  EXPECT_EQ(canary(id)->phase, P::halted);
  EXPECT_EQ(last_comment(id),
            "canary: of the first 4, 2 failed (more than 25 %): look into it before you resume");
  EXPECT_EQ(room.log.count("alarm a campaign was halted"), 1U);
}

TEST_F(CanaryTest, TooManyRefusalsHaltIt) {
  const auto id = running(with_canary());
  end_all(take(), 0);
  turn();
  refuse_further(1);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::running);
  refuse_further(2);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::paused);
}

TEST_F(CanaryTest, WhoRefusedWithoutHavingGotItDoesNotCount) {
  const auto id = running(with_canary());
  end_all(take(), 0);
  for (const int other : {7, 8, 9}) refuse_further(other);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::running);
}

TEST_F(CanaryTest, WhoResumesIsNotHaltedAgain) {
  const auto id = running(with_canary());
  end_all(take(), 4);
  turn();
  EXPECT_TRUE(acted(id, CampaignEvent::resume));
  turn(), turn();
  EXPECT_EQ(canary(id)->phase, P::passed);
  EXPECT_EQ(campaign(id).state, CampaignState::running);
  EXPECT_EQ(take().size(), 6U);
}

TEST_F(CanaryTest, APauseInBetweenLeavesItWhereItWas) {
  const auto id = running(with_canary());
  end_all(take(), 0);
  turn();
  EXPECT_TRUE(acted(id, CampaignEvent::pause));
  room.time.jump_wall(1h);
  turn();
  EXPECT_EQ(canary(id)->phase, P::waiting);
  EXPECT_TRUE(acted(id, CampaignEvent::resume));
  turn(), turn();
  EXPECT_EQ(canary(id)->phase, P::passed);
}

TEST_F(CanaryTest, AnAudienceSmallerThanTheFirstShareJustEnds) {
  Spec s = with_canary();
  s.canary.size = 100;
  const auto id = running(s);
  end_all(take(), 0);
  turn();
  EXPECT_EQ(campaign(id).state, CampaignState::completed);
}

}  // namespace
}  // namespace tongdai::campaigns
