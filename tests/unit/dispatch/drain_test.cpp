#include <set>

#include "dispatch_room.hpp"

namespace tongdai::dispatch {
namespace {

using outbox::MessageState;
using outbox::Purpose;

struct DrainTest : DispatchTest {};

TEST_F(DrainTest, AnswersAreAwaitedAndTheRestStaysQueued) {
  world.latency = 1s;
  world.window = 50;
  open();
  room.time.advance(3s);  // no start any more: a healthy link keeps its queue while it stops
  (void)flood(500);
  room.time.advance(100ms);
  const auto out = static_cast<std::int64_t>(line("a").in_flight);
  ASSERT_GT(out, 0);
  stop(10s);
  EXPECT_EQ(in_state(MessageState::submitting), 0);
  EXPECT_EQ(in_state(MessageState::queued), 500 - out);
  EXPECT_EQ(in_state(MessageState::accepted) + in_state(MessageState::delivered), out);
}

TEST_F(DrainTest, WhatIsNotAnsweredInTimeIsWrittenDownAsItIs) {
  world.latency = 1h;
  open();
  const MessageId campaign = send(Purpose::campaign, number(1));
  const MessageId alert = send(Purpose::facility_alert, number(2));
  room.time.advance(100ms);
  stop(2s);
  EXPECT_EQ(state(campaign), MessageState::uncertain);
  EXPECT_EQ(state(alert), MessageState::queued) << "the next start sends it again";
}

TEST_F(DrainTest, AnIdleServiceStopsAtOnce) {
  open();
  const MonoTime began = room.time.monotonic();
  stop(30s);
  EXPECT_LT(room.time.monotonic() - began, 1s);
}

/// A stop may come at any point of a turn, also between the mark on disk and the submission.
TEST_F(DrainTest, AStopInTheMiddleOfATurnLeavesNothingInFlight) {
  for (int handlers = 0; handlers < 60; ++handlers) {
    open();
    room.writer().post(
        [this, handlers](storage::Tx& tx) {
          return static_cast<bool>(admit(tx, Purpose::campaign, number(handlers)));
        },
        [](const std::exception_ptr&) {});
    for (int i = 0; i < handlers; ++i) (void)room.loop.poll_one();
    stop(5s);
    ASSERT_EQ(in_state(MessageState::submitting), 0) << "after " << handlers << " handlers";
    ASSERT_EQ(in_state(MessageState::uncertain), 0) << "after " << handlers << " handlers";
  }
}

TEST_F(DrainTest, ADatabaseThatRefusesDoesNotKeepTheServiceFromStopping) {
  world.latency = 1s;
  open();
  const MessageId id = send(Purpose::facility_alert, number(1));
  room.time.advance(100ms);
  room.on_database([](storage::Tx& tx) { tx.connection().raw().setBusyTimeout(1); });
  {
    storage::Connection other(room.file(), storage::Connection::Mode::read_write);
    other.execute("BEGIN IMMEDIATE");
    EXPECT_NO_THROW(stop(5s));
    other.execute("ROLLBACK");
  }
  EXPECT_EQ(state(id), MessageState::submitting) << "the mark stays for the next start's rescue";
  EXPECT_EQ(room.log.count("error the last answers were not written down"), 1U);
  room.log.clear();  // the database's alarm was expected
}

TEST_F(DrainTest, ACrashAndANewStartAccountForEveryText) {
  world.latency = 1s;
  open();
  (void)flood(20);
  const MessageId alert = send(Purpose::facility_alert, number(900'000));
  room.time.advance(500ms);
  DispatchRoom next(*this);
  next.open();
  EXPECT_EQ(next.in_state(MessageState::uncertain), 20);
  next.room.time.advance(5s);
  EXPECT_EQ(next.state(alert), MessageState::delivered);
  EXPECT_EQ(next.room.log.count(
                "warning messages were in flight when the last run ended sent_again=1 uncertain=20"),
            1U);
}

}  // namespace
}  // namespace tongdai::dispatch
