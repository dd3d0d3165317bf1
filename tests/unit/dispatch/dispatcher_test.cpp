#include "dispatch/dispatcher.hpp"

#include "dispatch_room.hpp"

namespace tongdai::dispatch {
namespace {

using outbox::MessageState;
using outbox::Purpose;

struct DispatcherTest : DispatchTest {
  Result<LineView> pause(const std::string& name, bool paused) {
    std::optional<Result<LineView>> result;
    room.run([](Dispatcher& d, std::string n, bool p,
                std::optional<Result<LineView>>& out) -> asio::awaitable<void> {
      out.emplace(co_await d.pause(n, p));
    }(*dispatcher, name, paused, result));
    return *result;
  }
};

TEST_F(DispatcherTest, LinksComeUpAfterTheStart) {
  open();
  EXPECT_TRUE(dispatcher->any_up());
  EXPECT_EQ(line("a").link, gateway::Link::up);
  EXPECT_EQ(line("a").adapter, "sandbox");
  EXPECT_EQ(line("a").rate_parts_per_s, 1000);
}

TEST_F(DispatcherTest, WithEveryLinkDownNoneIsUp) {
  open();
  a->drop_link(1h);
  b->drop_link(1h);
  room.time.settle();
  EXPECT_FALSE(dispatcher->any_up());
  EXPECT_EQ(line("b").reason, "link lost");
}

TEST_F(DispatcherTest, APauseOutlivesARestart) {
  open();
  EXPECT_TRUE(pause("a", true).value().paused);
  stop(1s);
  open();
  EXPECT_TRUE(line("a").paused);
  EXPECT_FALSE(line("b").paused);
  EXPECT_FALSE(pause("a", false).value().paused);
  stop(1s);
  open();
  EXPECT_FALSE(line("a").paused);
}

TEST_F(DispatcherTest, AnUnknownGatewayIsNotPaused) {
  open();
  const auto result = pause("c", true);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::not_found);
}

TEST_F(DispatcherTest, TheQueueOfAGatewayThatIsNoMoreIsTakenOver) {
  open();
  const MessageId id = send(Purpose::campaign, number(1));
  stop(1s);
  room.on_database([&](storage::Tx& tx) {
    tx.run("UPDATE message SET gateway = 'gone', state = 'queued' WHERE id = $1", id);
  });
  open();
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(DispatcherTest, WhatWasInFlightAtAGatewayThatIsNoMoreIsSentThroughAnother) {
  open();
  const MessageId id = send(Purpose::facility_alert, number(1));
  stop(1s);
  room.on_database([&](storage::Tx& tx) {
    tx.run("UPDATE message SET gateway = 'gone', state = 'submitting' WHERE id = $1", id);
  });
  open();
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(DispatcherTest, CountsWhatItSubmitted) {
  open();
  (void)flood(7);
  room.time.advance(5s);
  EXPECT_EQ(line("a").submitted, 7U);
  EXPECT_EQ(line("a").in_flight, 0U);
}

TEST_F(DispatcherTest, AnInboundTextGoesToItsSinkWithTheGatewaysName) {
  std::string came;
  open();
  dispatcher->set_inbound([&](const std::string& gateway, gateway::Inbound inbound, auto done) {
    came = gateway + ": " + inbound.text;
    done(true);
  });
  bool stored = false;
  b->text(number(1), Phone::stored("19001234"), "toi can giup", [&](bool ok) { stored = ok; });
  room.time.advance(1s);
  EXPECT_EQ(came, "b: toi can giup");
  EXPECT_TRUE(stored);
}

}  // namespace
}  // namespace tongdai::dispatch
