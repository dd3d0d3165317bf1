#include "outbox/claiming.hpp"

#include <gmock/gmock.h>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

using testing::ElementsAre;

struct ClaimingTest : OutboxRoom {
  static Phone number(int n) { return Phone::stored("+8491" + std::to_string(1'000'000 + n)); }

  std::vector<MessageId> take(Lane lane, std::size_t messages_max, std::int64_t parts_max,
                              std::string_view gateway = "plain") {
    std::vector<MessageId> taken;
    const auto claimed = room.on_database([&](storage::Tx& tx) {
      return claim(tx, messages, gateway, lane, messages_max, parts_max, room.now());
    });
    for (const Claimed& c : claimed) taken.push_back(c.id);
    return taken;
  }
  std::optional<TimePoint> due() {
    return room.on_database([&](storage::Tx& tx) { return next_due(tx, "plain"); });
  }
};

TEST_F(ClaimingTest, WhatIsClaimedIsMarkedOnDiskAndHasItsAttemptCounted) {
  const MessageId id = admitted(alert_to(officer, "Chào"));
  const auto claimed = claim_all(Lane::alert);
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0].id, id);
  EXPECT_EQ(claimed[0].recipient, officer);
  EXPECT_EQ(claimed[0].body->text, "Chào");
  EXPECT_EQ(claimed[0].attempts, 1);
  EXPECT_EQ(claimed[0].body->encoding, text::Encoding::gsm7) << "à is in the default alphabet";
  EXPECT_EQ(state(id), MessageState::submitting);
  EXPECT_EQ(view(id).attempts, 1);
}

TEST_F(ClaimingTest, NothingIsClaimedTwice) {
  (void)admitted(alert_to(officer));
  EXPECT_EQ(claim_all(Lane::alert).size(), 1U);
  EXPECT_TRUE(claim_all(Lane::alert).empty());
}

TEST_F(ClaimingTest, EachLaneIsItsOwnQueue) {
  (void)admitted(campaign_to(citizen));
  (void)admitted(alert_to(officer));
  EXPECT_TRUE(claim_all(Lane::reply).empty());
  EXPECT_EQ(claim_all(Lane::alert).size(), 1U);
  EXPECT_EQ(claim_all(Lane::bulk).size(), 1U);
}

TEST_F(ClaimingTest, TheOldestGoesFirst) {
  Draft later = alert_to(officer);
  later.not_before = room.now() + 1min;
  const MessageId third = admitted(later);
  const MessageId first = admitted(alert_to(officer));
  const MessageId second = admitted(alert_to(officer));
  room.time.advance(2min);
  EXPECT_THAT(take(Lane::alert, 10, 10), ElementsAre(first, second, third));
}

TEST_F(ClaimingTest, AnothersQueueIsLeftAlone) {
  (void)admitted(alert_to(officer));
  EXPECT_TRUE(take(Lane::alert, 10, 10, "discreet").empty());
}

TEST_F(ClaimingTest, NoMoreMessagesThanAsked) {
  for (int n = 0; n < 5; ++n) (void)admitted(campaign_to(number(n)));
  EXPECT_EQ(take(Lane::bulk, 3, 100).size(), 3U);
  EXPECT_TRUE(take(Lane::bulk, 0, 100).empty());
}

TEST_F(ClaimingTest, PartsAreCountedAndTheLastMayExceed) {
  for (int n = 0; n < 5; ++n) {
    Draft two_parts = campaign_to(number(n));
    two_parts.text = std::string(200, 'a');
    (void)admitted(two_parts);
  }
  EXPECT_EQ(take(Lane::bulk, 100, 3).size(), 2U);
  EXPECT_TRUE(take(Lane::bulk, 100, 0).empty());
}

TEST_F(ClaimingTest, WhoOptedOutSinceIsLeftOut) {
  const MessageId id = admitted(campaign_to(citizen));
  room.on_database([&](storage::Tx& tx) { return opt_out(tx, citizen, OptOutSource::text, room.now()); });
  EXPECT_TRUE(claim_all(Lane::bulk).empty());
  EXPECT_EQ(state(id), MessageState::suppressed);
  EXPECT_EQ(view(id).reason, "opted_out");
}

TEST_F(ClaimingTest, WhoIsHeldSinceIsLeftOut) {
  const MessageId id = admitted(campaign_to(citizen));
  room.on_database([&](storage::Tx& tx) { hold(tx, citizen, 1, room.now()); });
  EXPECT_TRUE(claim_all(Lane::bulk).empty());
  EXPECT_EQ(state(id), MessageState::suppressed);
}

TEST_F(ClaimingTest, AnAlertGoesWhateverItsReaderThinksOfCampaigns) {
  (void)admitted(alert_to(citizen));
  room.on_database([&](storage::Tx& tx) { return opt_out(tx, citizen, OptOutSource::text, room.now()); });
  EXPECT_EQ(claim_all(Lane::alert).size(), 1U);
}

TEST_F(ClaimingTest, WhatExpiredIsNotSent) {
  const MessageId id = admitted(alert_to(officer));
  room.time.advance(1h);
  EXPECT_TRUE(claim_all(Lane::alert).empty());
  EXPECT_EQ(state(id), MessageState::expired);
}

TEST_F(ClaimingTest, WhatIsPutBackIsDueWhenToldAndKeepsItsCount) {
  const MessageId id = admitted(alert_to(officer));
  (void)claim_all(Lane::alert);
  room.on_database([&](storage::Tx& tx) {
    put_back(tx, messages, id, "plain", room.now() + 5s, true, "later: 100", room.now());
  });
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_TRUE(claim_all(Lane::alert).empty());
  room.time.advance(5s);
  const auto again = claim_all(Lane::alert);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(ClaimingTest, WhatCostsNoAttemptGivesItBack) {
  const MessageId id = admitted(alert_to(officer));
  (void)claim_all(Lane::alert);
  room.on_database([&](storage::Tx& tx) {
    put_back(tx, messages, id, "discreet", room.now(), false, "no link", room.now());
  });
  EXPECT_EQ(view(id).attempts, 0);
  EXPECT_EQ(view(id).gateway, "discreet");
}

TEST_F(ClaimingTest, NextDueIsTheEarliestOfAllLanes) {
  EXPECT_EQ(due(), std::nullopt);
  Draft later = alert_to(officer);
  later.not_before = room.now() + 1min;
  (void)admitted(later);
  EXPECT_EQ(due(), room.now() + 1min);
  (void)admitted(campaign_to(citizen));
  EXPECT_EQ(due(), room.now());
}

TEST_F(ClaimingTest, AQueueIsMovedExceptWhatIsPinnedAndWhatHasNoOtherWay) {
  const MessageId moves = admitted(alert_to(officer));
  const MessageId waits = admitted(campaign_to(citizen));
  Draft pinned = alert_to(officer);
  pinned.gateway = "plain";
  const MessageId stays = admitted(pinned);
  const auto moved = room.on_database([&](storage::Tx& tx) {
    const auto pick = [](Purpose purpose, const Phone&) {
      return purpose == Purpose::campaign ? std::nullopt : std::optional<std::string>("discreet");
    };
    return reroute(tx, "plain", Lane::alert, 100, pick) + reroute(tx, "plain", Lane::bulk, 100, pick);
  });
  EXPECT_EQ(moved, 1U);
  EXPECT_EQ(view(moves).gateway, "discreet");
  EXPECT_EQ(view(waits).gateway, "plain");
  EXPECT_EQ(view(stays).gateway, "plain");
}

TEST_F(ClaimingTest, WhatMayNotMoveHidesNothingThatMay) {
  (void)admitted(alert_to(officer));
  const MessageId moves = admitted(alert_to(citizen));
  const auto moved = room.on_database([&](storage::Tx& tx) {
    return reroute(tx, "plain", Lane::alert, 1, [&](Purpose, const Phone& to) {
      return to == officer ? std::nullopt : std::optional<std::string>("discreet");
    });
  });
  EXPECT_EQ(moved, 1U);
  EXPECT_EQ(view(moves).gateway, "discreet");
}

TEST_F(ClaimingTest, QueuesAreWhereSomethingWaits) {
  (void)admitted(alert_to(officer));
  (void)sent(reply_to(citizen_wrote("toi can giup")), {"a"});
  EXPECT_THAT(room.on_database([](storage::Tx& tx) { return queues(tx); }), ElementsAre("plain"));
}

}  // namespace
}  // namespace tongdai::outbox
