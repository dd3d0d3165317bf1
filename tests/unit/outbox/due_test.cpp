#include <gmock/gmock.h>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

/// What the lines are told of.
struct DueTest : OutboxRoom {
  std::vector<std::string> told;

  void listen() {
    room.writer().watch([this](const std::vector<storage::Change>& changes) {
      for (const storage::Change& c : changes) {
        if (c.topic == came_due || c.topic == urgent_came_due) told.emplace_back(c.topic);
      }
    });
  }
};

TEST_F(DueTest, AnAlertMayLeaveAtOnce) {
  listen();
  (void)admitted(alert_to(officer));
  EXPECT_THAT(told, ElementsAre("urgent came due"));
}

TEST_F(DueTest, ATextOfTheBulkLaneComesDue) {
  listen();
  (void)admitted(campaign_to(citizen));
  EXPECT_THAT(told, ElementsAre("came due"));
}

TEST_F(DueTest, AnAlertForLaterComesDueSoThatItsHourIsLookedFor) {
  listen();
  Draft later = alert_to(officer);
  later.not_before = room.now() + 1h;
  (void)admitted(later);
  EXPECT_THAT(told, ElementsAre("came due"));
}

TEST_F(DueTest, TheStraightWayOfAMessageWakesNobody) {
  const MessageId id = admitted(alert_to(officer));
  listen();
  (void)claim_all(Lane::alert);
  accept(id, {"ref"});
  receipt("ref", true);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_THAT(told, IsEmpty());
}

TEST_F(DueTest, WhatComesBackToTheQueueComesDue) {
  const MessageId id = admitted(alert_to(officer));
  (void)claim_all(Lane::alert);
  listen();
  room.on_database([&](storage::Tx& tx) {
    put_back(tx, messages, id, "discreet", room.now(), true, "later", room.now());
  });
  EXPECT_THAT(told, Contains("came due"));
}

TEST_F(DueTest, WhatGoesElsewhereComesDue) {
  (void)admitted(alert_to(officer));
  listen();
  room.on_database([&](storage::Tx& tx) {
    return reroute(tx, "plain", Lane::alert, 10, [](Purpose, const Phone&) { return "discreet"; });
  });
  EXPECT_THAT(told, ElementsAre("came due"));
}

}  // namespace
}  // namespace tongdai::outbox
