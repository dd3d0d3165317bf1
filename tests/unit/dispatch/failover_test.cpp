#include "dispatch_room.hpp"

namespace tongdai::dispatch {
namespace {

using outbox::MessageState;
using outbox::Purpose;

struct FailoverTest : DispatchTest {
  const Phone citizen = number(1);
};

TEST_F(FailoverTest, WhatWaitsForAGatewayThatStaysAwayGoesToTheNext) {
  open();
  a->drop_link(1h);
  room.time.settle();
  const MessageId id = send(Purpose::facility_alert, citizen);
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(heard.at(0).gateway, "b");
}

TEST_F(FailoverTest, ABlinkOfTheLinkMovesNothing) {
  open();
  a->drop_link(1s);
  room.time.settle();
  const MessageId id = send(Purpose::facility_alert, citizen);
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(heard.at(0).gateway, "a");
}

TEST_F(FailoverTest, AnUnreachableGatewayCostsNoAttempt) {
  open();
  a->drop_link(1h);
  b->drop_link(1h);
  room.time.settle();
  const MessageId id = send(Purpose::facility_alert, citizen);
  room.time.advance(30min);
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(view(id).attempts, 0);
}

TEST_F(FailoverTest, WhatIsPinnedWaitsForItsGateway) {
  open();
  a->drop_link(10min);
  room.time.settle();
  const MessageId id = send(Purpose::facility_alert, citizen, "xin chao", "a");
  room.time.advance(9min);
  EXPECT_EQ(state(id), MessageState::queued);
  room.time.advance(2min);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(heard.at(0).gateway, "a");
}

TEST_F(FailoverTest, ALinkThatDropsLeavesCampaignsUncertainAndSendsAlertsAgain) {
  world.latency = 1s;
  open();
  const MessageId campaign = send(Purpose::campaign, number(2));
  const MessageId alert = send(Purpose::facility_alert, citizen);
  room.time.advance(100ms);
  a->drop_link(1h);
  room.time.advance(30s);
  EXPECT_EQ(state(campaign), MessageState::uncertain);
  EXPECT_EQ(state(alert), MessageState::delivered);
}

TEST_F(FailoverTest, ABigQueueMovesInTurnsUntilItIsEmpty) {
  open();
  a->drop_link(1h);
  room.time.settle();
  (void)flood(1200);
  room.time.advance(30s);
  EXPECT_EQ(in_state(MessageState::delivered), 1200);
}

TEST_F(FailoverTest, APausedGatewayKeepsItsCampaignsAndGivesTheRestAway) {
  open();
  room.run([](Dispatcher& d) -> asio::awaitable<void> { (void)co_await d.pause("a", true); }(*dispatcher));
  const MessageId campaign = send(Purpose::campaign, number(2));
  const MessageId alert = send(Purpose::facility_alert, citizen);
  room.time.advance(10s);
  EXPECT_EQ(state(campaign), MessageState::queued);
  EXPECT_EQ(state(alert), MessageState::delivered);
  room.run([](Dispatcher& d) -> asio::awaitable<void> { (void)co_await d.pause("a", false); }(*dispatcher));
  room.time.advance(10s);
  EXPECT_EQ(state(campaign), MessageState::delivered);
}

TEST_F(FailoverTest, AnAnswerFindsItsWayPastABlastThatWaitsForAPausedGateway) {
  open();
  room.run([](Dispatcher& d) -> asio::awaitable<void> { (void)co_await d.pause("a", true); }(*dispatcher));
  (void)flood(600);
  const MessageId answer = reply(citizen);
  room.time.advance(5s);
  EXPECT_EQ(state(answer), MessageState::delivered);
  EXPECT_EQ(in_state(MessageState::queued), 600) << "its operator paused it: the blast stays";
}

TEST_F(FailoverTest, EveryTextArrivesOnceThoughLinksComeAndGo) {
  world.latency = 30ms;
  open();
  const auto ids = flood(300);
  for (int i = 0; i < 20; ++i) {
    room.time.advance(173ms);
    (i % 2 == 0 ? a : b)->drop_link(400ms);
  }
  room.time.advance(5min);
  std::map<Phone, int> times;
  for (const Heard& h : heard) ++times[h.phone];
  for (const auto& [phone, n] : times) EXPECT_EQ(n, 1);
  EXPECT_EQ(in_state(MessageState::delivered) + in_state(MessageState::uncertain), 300);
  EXPECT_EQ(in_state(MessageState::submitting), 0);
}

}  // namespace
}  // namespace tongdai::dispatch
