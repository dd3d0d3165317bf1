#include "outbox/receipts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "outbox_room.hpp"

namespace tongdai::outbox {
namespace {

struct ReceiptsTest : OutboxRoom {
  static Draft three_parts(const Phone& to) { return alert_to(to, std::string(400, 'a')); }
  std::int64_t parked() { return room.count("SELECT COUNT(*) FROM receipt_parked"); }
};

TEST_F(ReceiptsTest, AllPartsMustHaveArrived) {
  const MessageId id = sent(three_parts(officer), {"a", "b", "c"});
  receipt("b", true);
  receipt("a", true);
  EXPECT_EQ(state(id), MessageState::accepted);
  receipt("c", true);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(ReceiptsTest, OneLostPartIsALostMessageWithItsReason) {
  const MessageId id = sent(three_parts(officer), {"a", "b", "c"});
  receipt("a", true);
  receipt("b", false, "absent subscriber");
  EXPECT_EQ(state(id), MessageState::undelivered);
  EXPECT_EQ(view(id).reason, "absent subscriber");
  receipt("c", true);
  EXPECT_EQ(state(id), MessageState::undelivered);
}

TEST_F(ReceiptsTest, ARepeatedReceiptOfOnePartIsNotAnotherPart) {
  const MessageId id = sent(three_parts(officer), {"a", "b", "c"});
  for (int i = 0; i < 3; ++i) receipt("a", true);
  EXPECT_EQ(state(id), MessageState::accepted);
}

TEST_F(ReceiptsTest, ALateContraryReceiptTakesNothingBack) {
  const MessageId id = sent(alert_to(officer), {"a"});
  receipt("a", true);
  receipt("a", false, "expired");
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(view(id).history.size(), 4U) << "queued, submitting, accepted, delivered";
  const MessageId other = sent(alert_to(officer), {"b"});
  receipt("b", false, "expired");
  receipt("b", true);
  EXPECT_EQ(state(other), MessageState::undelivered);
}

TEST_F(ReceiptsTest, AReceiptBeforeTheAnswerIsParkedAndAppliedLater) {
  const MessageId id = admitted(alert_to(officer));
  (void)apply(id, MessageEvent::claimed);
  receipt("a", true);
  EXPECT_EQ(state(id), MessageState::submitting);
  EXPECT_EQ(parked(), 1);
  accept(id, {"a"});
  EXPECT_EQ(state(id), MessageState::delivered);
  EXPECT_EQ(parked(), 0);
}

TEST_F(ReceiptsTest, ParkedReceiptsOfSomePartsWaitForTheOthers) {
  const MessageId id = admitted(three_parts(officer));
  (void)apply(id, MessageEvent::claimed);
  receipt("c", true);
  receipt("a", true);
  accept(id, {"a", "b", "c"});
  EXPECT_EQ(state(id), MessageState::accepted);
  receipt("b", true);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(ReceiptsTest, AnotherGatewaysReferenceIsNotOurs) {
  const MessageId id = sent(alert_to(officer), {"a"});
  receipt("a", true, "", "discreet");
  EXPECT_EQ(state(id), MessageState::accepted);
  EXPECT_EQ(parked(), 1);
}

TEST_F(ReceiptsTest, AReferenceThatIsUsedAgainMeansTheNewerMessage) {
  const MessageId older = sent(alert_to(officer), {"a"});
  const MessageId newer = sent(alert_to(officer), {"a"});
  receipt("a", true);
  EXPECT_EQ(state(older), MessageState::accepted);
  EXPECT_EQ(state(newer), MessageState::delivered);
}

TEST_F(ReceiptsTest, AnEmptyReferenceIsForgotten) {
  const MessageId id = sent(alert_to(officer), {""});
  receipt("", true);
  EXPECT_EQ(state(id), MessageState::accepted);
}

TEST_F(ReceiptsTest, AReceiptIsEvidenceForAnUncertainMessage) {
  const MessageId id = sent(alert_to(officer), {"a"});
  room.on_database(
      [&](storage::Tx& tx) { tx.run("UPDATE message SET state = 'uncertain' WHERE id = $1", id); });
  receipt("a", true);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(ReceiptsTest, WhatMatchesNothingForLongIsDropped) {
  receipt("stray", true);
  room.time.advance(1h);
  receipt("fresh", true);
  const auto dropped = room.on_database([&](storage::Tx& tx) { return drop_parked(tx, room.now()); });
  EXPECT_EQ(dropped, 1U);
  EXPECT_EQ(parked(), 1);
}

/// Whatever the order, the repeats and the side of the answer that they come on: the end is the same.
TEST_F(ReceiptsTest, TheOrderOfReceiptsDoesNotMatter) {
  int number = 0;
  const bool held = rc::check("any order of receipts", [&] {
    const std::string run = std::to_string(++number);
    const std::vector<std::string> refs{run + "a", run + "b", run + "c"};
    const bool all = *rc::gen::arbitrary<bool>();
    auto coming = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3));
    for (const int part : {2, 0, 1}) coming.push_back(part);
    const std::size_t before = *rc::gen::inRange<std::size_t>(0, coming.size() + 1);
    const MessageId id = admitted(three_parts(officer));
    (void)apply(id, MessageEvent::claimed);
    for (std::size_t i = 0; i <= coming.size(); ++i) {
      if (i == before) accept(id, refs);
      if (i == coming.size()) break;
      const int part = coming[i];
      receipt(refs[static_cast<std::size_t>(part)], all || part != 1);
    }
    RC_ASSERT(state(id) == (all ? MessageState::delivered : MessageState::undelivered));
  });
  EXPECT_TRUE(held);
}

/// Centres begin their identifiers anew: what came before a message was submitted is not its own.
TEST_F(ReceiptsTest, AReceiptThatCameBeforeTheMessageWasSubmittedIsNotItsOwn) {
  receipt("a", true);
  EXPECT_EQ(parked(), 1);
  room.time.advance(1s);
  const MessageId id = sent(alert_to(officer), {"a"});
  EXPECT_EQ(state(id), MessageState::accepted);
}

/// One identifier for a text of three parts, as centres give it that cut a long text themselves.
TEST_F(ReceiptsTest, OneIdentifierStandsForAllParts) {
  const MessageId id = sent(three_parts(officer), {"whole"});
  EXPECT_EQ(state(id), MessageState::accepted);
  receipt("whole", true);
  EXPECT_EQ(state(id), MessageState::delivered);
}

TEST_F(ReceiptsTest, AGatewayThatSendsNoneLeavesNothingToLookFor) {
  const MessageId id = admitted(alert_to(officer));
  (void)apply(id, MessageEvent::claimed);
  const std::vector<std::string> refs{"a"};
  room.on_database(
      [&](storage::Tx& tx) { record_accepted(tx, messages, {id, {}, "plain", refs, false}, room.now()); });
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE awaits_receipt = 1"), 0);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM message WHERE gateway_ref = 'a'"), 1);
}

}  // namespace
}  // namespace tongdai::outbox
