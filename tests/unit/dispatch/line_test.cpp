#include "dispatch/line.hpp"

#include "dispatch_room.hpp"

namespace tongdai::dispatch {
namespace {

using outbox::MessageState;
using outbox::Purpose;

struct LineTest : DispatchTest {
  const Phone citizen = number(1);
};

TEST_F(LineTest, ATextIsSentAndItsReceiptWrittenDown) {
  open();
  const MessageId id = send(Purpose::campaign, citizen, "xin chao");
  room.time.advance(50ms);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].phone, citizen);
  EXPECT_EQ(heard[0].text, "xin chao");
  EXPECT_EQ(state(id), MessageState::accepted);
  room.time.advance(200ms);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(view(id).attempts, 1);
}

TEST_F(LineTest, ALongTextIsOneMessageWithAReceiptForEachPart) {
  open();
  const MessageId id = send(Purpose::campaign, citizen, std::string(400, 'a'));
  room.time.advance(1s);
  EXPECT_EQ(heard.size(), 1U);
  EXPECT_EQ(view(id).parts, 3);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(LineTest, ATextForLaterLeavesAtItsHour) {
  open();
  room.on_database([&](storage::Tx& tx) {
    outbox::Draft draft;
    draft.to = citizen;
    draft.text = "xin chao";
    draft.not_before = room.now() + 90min;
    return door->admit(tx, draft, room.now()).has_value();
  });
  room.time.advance(90min - 1ms);
  EXPECT_TRUE(heard.empty());
  room.time.advance(100ms);
  EXPECT_EQ(heard.size(), 1U);
}

TEST_F(LineTest, TheMarkIsOnDiskBeforeTheGatewayAnswers) {
  world.latency = 10s;
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1s);
  EXPECT_EQ(state(id), MessageState::submitting);
}

TEST_F(LineTest, ABlastThatStandsInNoQueueKeepsUpTheRate) {
  world.latency = 1s;
  world.receipts = false;
  rate = 100;
  bulk = [this](storage::Tx& tx, const outbox::BulkRoom& of, TimePoint now) {
    if (of.gateway != "a") return outbox::BulkTaken{};
    tx.run(
        "UPDATE message SET not_before = $1 WHERE id IN (SELECT id FROM message WHERE state = 'queued' "
        "ORDER BY id LIMIT $2)",
        now, std::min<std::int64_t>(of.parts, static_cast<std::int64_t>(of.messages)));
    auto claimed = outbox::claim(tx, messages, of.gateway, outbox::Lane::bulk, of.messages, of.parts, now);
    const bool more = !claimed.empty();
    return outbox::BulkTaken{std::move(claimed), more};
  };
  open();
  (void)flood(2000);
  room.on_database([](storage::Tx& tx) { tx.run("UPDATE message SET not_before = $1", TimePoint::max()); });
  heard.clear();
  room.time.advance(10s);
  EXPECT_GE(heard.size(), 700U) << "no answer is due for a second; eighty of the window are the blast's";
}

TEST_F(LineTest, ARowThatCannotBeWrittenStopsNothingElse) {
  const Phone poison = number(2);
  messages.set_listener([&](storage::Tx& tx, const outbox::Fate& fate, TimePoint) {
    if (outbox::find_message(tx, fate.id)->to == poison) throw std::runtime_error("poison");
  });
  world.rejects = 1;
  world.receipts = false;
  open();
  (void)send(Purpose::facility_alert, poison, "xin chao", "a");
  const MessageId other = send(Purpose::facility_alert, citizen, "xin chao", "a");
  room.time.advance(30s);
  EXPECT_EQ(state(other), MessageState::failed);
  const MessageId later = send(Purpose::facility_alert, number(3), "xin chao", "a");
  room.time.advance(30s);
  EXPECT_EQ(state(later), MessageState::failed);
  EXPECT_EQ(room.log.count("alarm an answer cannot be written down"), 1U);
  room.log.clear();
}

TEST_F(LineTest, RejectedEverywhereIsFailedWithTheReason) {
  world.rejects = 1;
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::failed);
  EXPECT_EQ(view(id).reason, "rejected: 11 invalid destination");
  EXPECT_EQ(view(id).attempts, 2) << "once through each gateway";
}

TEST_F(LineTest, RejectedByOneIsTriedThroughTheNext) {
  open();
  a->refuse(citizen);
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(heard.at(0).gateway, "b");
}

TEST_F(LineTest, LaterAndLaterEndsWithThePurposesAttempts) {
  world.later = 1;
  open();
  const MessageId id = reply(citizen);
  room.time.advance(10min);
  EXPECT_EQ(state(id), MessageState::failed);
  EXPECT_EQ(view(id).attempts, outbox::rules_of(Purpose::reporter_reply).attempts_max);
}

TEST_F(LineTest, LaterIsSentWhenTheGatewayTakesItAgain) {
  open();
  a->world().later = 1;
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1s);
  EXPECT_EQ(state(id), MessageState::queued);
  a->world().later = 0;
  room.time.advance(10s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(view(id).attempts, 2);
}

TEST_F(LineTest, ThrottledSlowsTheLineAndCostsTheMessageNoAttempt) {
  open();
  a->world().throttles = 1;
  const MessageId id = send(Purpose::campaign, citizen, "xin chao", "a");
  room.time.advance(1s);
  EXPECT_LT(line("a").current_rate, 1000);
  EXPECT_DOUBLE_EQ(line("b").current_rate, 1000);
  room.time.advance(20s);
  EXPECT_EQ(state(id), MessageState::queued);
  EXPECT_EQ(view(id).attempts, 0);
  a->world().throttles = 0;
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(view(id).attempts, 1);
  room.time.advance(1min);
  EXPECT_DOUBLE_EQ(line("a").current_rate, 1000);
}

TEST_F(LineTest, SilenceMakesACampaignTextUncertain) {
  world.silence = 1;
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1h);
  EXPECT_EQ(state(id), MessageState::uncertain);
  EXPECT_LE(heard.size(), 1U) << "nothing is sent twice silently";
}

TEST_F(LineTest, SilenceMakesAnAlertBeSentAgain) {
  open();
  a->world().silence = 1;
  const MessageId id = send(Purpose::facility_alert, citizen);
  room.time.advance(500ms);
  a->world().silence = 0;
  room.time.advance(10s);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(LineTest, AReceiptBeforeTheAnswerCountsAllTheSame) {
  world.receipts_first = 1;
  world.receipt_delay = 0ms;
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1s);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(LineTest, RepeatedReceiptsChangeNothing) {
  world.receipts_twice = 1;
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(5s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(view(id).history.size(), 4U);
}

TEST_F(LineTest, TheRateIsKeptOverManySeconds) {
  rate = 50;
  open();
  (void)flood(500);
  const MonoTime began = room.time.monotonic();
  room.time.advance(5s);
  EXPECT_NEAR(static_cast<double>(heard.size()), 250, 15);
  for (const Heard& first : heard) {
    std::size_t in_second = 0;
    for (const Heard& h : heard) in_second += h.at >= first.at && h.at < first.at + 1s ? 1 : 0;
    ASSERT_LE(in_second, 51U) << "in the second after " << (first.at - began).count() << " ms";
  }
}

TEST_F(LineTest, NeverMoreInFlightThanTheWindow) {
  world.latency = 1s;
  world.window = 10;
  open();
  (void)flood(100);
  for (int i = 0; i < 100; ++i) {
    room.time.advance(37ms);
    ASSERT_LE(line("a").in_flight, 10U);
  }
}

TEST_F(LineTest, AFullDiskStopsNothingForGood) {
  open();
  const MessageId id = send(Purpose::campaign, citizen);
  room.time.advance(1ms);  // claimed, on its way
  const auto pages = [&](const std::string& most) {
    room.on_database([&](storage::Tx& tx) {
      auto& db = tx.connection().raw();
      db.execAndGet("PRAGMA max_page_count = " +
                    (most.empty() ? db.execAndGet("PRAGMA page_count").getString() : most));
    });
  };
  pages("");
  EXPECT_THROW(room.on_database([](storage::Tx& tx) {
    tx.run("INSERT INTO meta (key, value) VALUES ('big', $1)", std::string(500'000, 'x'));
  }),
               storage::StorageDown);
  room.time.advance(5s);
  pages("1000000");
  room.time.advance(10s);
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(heard.size(), 1U);
  room.log.clear();  // the alarm of the full disk was expected
}

}  // namespace
}  // namespace tongdai::dispatch
