#include "dispatch_room.hpp"

namespace tongdai::dispatch {
namespace {

using outbox::MessageState;
using outbox::Purpose;

constexpr Duration promptly{150};  // the sandbox's latency, a turn or two, and the rate's debt

struct LanesTest : DispatchTest {
  const Phone citizen = number(900'000);
  const Phone officer = number(900'001);
};

TEST_F(LanesTest, AnAnswerAndAnAlertLeaveAtOnceWhileABlastIsUnderWay) {
  rate = 100;
  open();
  (void)flood(10'000);
  room.time.advance(10s);
  for (int round = 0; round < 5; ++round) {
    const MonoTime asked = room.time.monotonic();
    (void)reply(citizen);
    (void)send(Purpose::facility_alert, officer);
    room.time.advance(1s);
    EXPECT_LE(heard_after(citizen, asked).value_or(Duration::max()), promptly);
    EXPECT_LE(heard_after(officer, asked).value_or(Duration::max()), promptly);
  }
  EXPECT_GT(in_state(MessageState::queued), 5000) << "the blast is still under way";
}

TEST_F(LanesTest, AnAlertIsClaimedInTheCommitThatTakesItIn) {
  open();
  room.writer().watch({});  // nobody is woken by the commit
  const auto before = room.writer().commits();
  dispatcher->hurry();
  const MessageId id = send(Purpose::facility_alert, officer);
  room.time.settle();
  EXPECT_EQ(room.writer().commits(), before + 1);
  EXPECT_EQ(line("a").in_flight, 1U);
  EXPECT_EQ(state(id), MessageState::submitting);
}

TEST_F(LanesTest, AnAlertThatTheRateHoldsBackLeavesWhenItMay) {
  rate = 1;
  open();
  room.writer().watch({});
  (void)flood(3, Purpose::facility_alert);
  dispatcher->hurry();
  room.time.settle();
  EXPECT_LT(line("a").submitted, 3U);
  room.time.advance(5s);
  EXPECT_EQ(line("a").submitted, 3U);
}

TEST_F(LanesTest, ABlastLeavesAFifthOfTheWindowFree) {
  world.latency = 1h;  // nothing is answered
  world.window = 100;
  open();
  (void)flood(1000);
  room.time.advance(10s);
  EXPECT_EQ(line("a").in_flight, 80U);
}

TEST_F(LanesTest, AnAnswerLeavesThoughTheBlastHasFilledItsShareOfTheWindow) {
  world.latency = 1h;
  world.window = 100;
  open();
  (void)flood(1000);
  room.time.advance(10s);
  const MessageId id = reply(citizen);
  room.time.advance(promptly);
  EXPECT_EQ(state(id), MessageState::submitting);
}

TEST_F(LanesTest, AStormOfAlertsLeavesATenthOfTheWindowForAnswers) {
  world.latency = 1h;
  world.window = 100;
  open();
  (void)flood(1000, Purpose::facility_alert);
  room.time.advance(10s);
  EXPECT_EQ(line("a").in_flight, 90U);
  const MessageId id = reply(citizen);
  room.time.advance(promptly);
  EXPECT_EQ(state(id), MessageState::submitting);
}

TEST_F(LanesTest, AlertsStillLeaveWhenTheBlastHasFilledItsShare) {
  world.latency = 1h;
  world.window = 100;
  open();
  (void)flood(1000);
  room.time.advance(10s);
  (void)flood(50, Purpose::facility_alert);
  room.time.advance(1s);
  EXPECT_EQ(line("a").in_flight, 90U);
}

TEST_F(LanesTest, AStormOfAlertsKeepsToTheRateAndAnswersPassIt) {
  rate = 10;
  open();
  (void)flood(300, Purpose::facility_alert);
  room.time.advance(10s);
  EXPECT_LE(heard.size(), 10U * 10 + 10) << "what is urgent runs ahead of the rate by a second of it at most";
  EXPECT_GE(heard.size(), 10U * 10 - 10);
  const MonoTime asked = room.time.monotonic();
  (void)reply(citizen);
  room.time.advance(1s);
  EXPECT_LE(heard_after(citizen, asked).value_or(Duration::max()), promptly);
}

TEST_F(LanesTest, AWindowOfOneStillServesEveryLane) {
  world.window = 1;
  open();
  const MessageId bulk = send(Purpose::campaign, number(1));
  const MessageId alert = send(Purpose::facility_alert, officer);
  const MessageId answer = reply(citizen);
  room.time.advance(10s);
  EXPECT_EQ(state(bulk), MessageState::delivered);
  EXPECT_EQ(state(alert), MessageState::delivered);
  EXPECT_EQ(state(answer), MessageState::delivered);
}

TEST_F(LanesTest, TheSlowestGatewayServesAnswersFirst) {
  rate = 1;
  open();
  (void)flood(60);
  room.time.advance(5s);
  const MonoTime asked = room.time.monotonic();
  (void)reply(citizen);
  room.time.advance(3s);
  EXPECT_LE(heard_after(citizen, asked).value_or(Duration::max()), promptly);
}

}  // namespace
}  // namespace tongdai::dispatch
