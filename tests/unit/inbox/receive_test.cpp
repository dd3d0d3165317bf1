#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "inbox_room.hpp"
#include "text/fold.hpp"

namespace tongdai::inbox {
namespace {

using testing::ElementsAre;

struct ReceiveTest : InboxRoom {};

TEST_F(ReceiveTest, ATextIsOnDiskBeforeTheGatewayIsToldSo) {
  std::int64_t on_disk = -1;
  storage::Connection other(room.file(), storage::Connection::Mode::read_only);
  inbox.receive(room.loop.get_executor(), "a", from_citizen("toi bi danh"), [&](bool stored) {
    EXPECT_TRUE(stored);
    on_disk = storage::Tx(other).value<std::int64_t>("SELECT COUNT(*) FROM inbound").value_or(-1);
  });
  EXPECT_EQ(on_disk, -1) << "never from inside the call";
  room.time.settle();
  EXPECT_EQ(on_disk, 1);
}

TEST_F(ReceiveTest, TheGatewayIsToldNoWhenTheDatabaseRefuses) {
  room.on_database([](storage::Tx& tx) { tx.connection().raw().setBusyTimeout(1); });
  storage::Connection other(room.file(), storage::Connection::Mode::read_write);
  other.execute("BEGIN IMMEDIATE");
  EXPECT_EQ(give(from_citizen("toi bi danh", "7")), false);
  other.execute("ROLLBACK");
  EXPECT_TRUE(texts().empty());
  EXPECT_EQ(give(from_citizen("toi bi danh", "7")), true);
  EXPECT_THAT(texts(), ElementsAre("toi bi danh"));
}

TEST_F(ReceiveTest, WhatTheDatabaseRefusedIsLoggedWithoutTextAndNumber) {
  room.on_database([](storage::Tx& tx) { tx.connection().raw().setBusyTimeout(1); });
  storage::Connection other(room.file(), storage::Connection::Mode::read_write);
  other.execute("BEGIN IMMEDIATE");
  (void)give(from_citizen("toi bi danh"));
  other.execute("ROLLBACK");
  EXPECT_EQ(room.log.count("error an inbound text was not stored"), 1U);
  EXPECT_EQ(room.log.count("danh"), 0U);
  EXPECT_EQ(room.log.count("12345678"), 0U);
}

TEST_F(ReceiveTest, NumbersAreWrittenInOneForm) {
  (void)give(from_citizen("chao"));
  (void)run_once();
  ASSERT_EQ(handled.size(), 1U);
  EXPECT_EQ(handled[0].sender.reveal(), "+84912345678");
  EXPECT_EQ(handled[0].line, plan.parse("19001234").value().phone);
  EXPECT_EQ(handled[0].gateway, "a");
}

TEST_F(ReceiveTest, ASenderThatIsNoNumberIsKeptAsItIs) {
  gateway::Inbound in = from_citizen("chao");
  in.sender = "VIETTEL";
  EXPECT_EQ(give(std::move(in)), true);
  in = from_citizen("chao");
  in.sender = "";
  EXPECT_EQ(give(std::move(in)), true);
  (void)run_once();
  ASSERT_EQ(handled.size(), 2U);
  EXPECT_EQ(handled[0].sender.reveal(), "VIETTEL");
  EXPECT_FALSE(handled[1].sender.empty());
}

TEST_F(ReceiveTest, TheSameIdOfTheGatewayIsTheSameText) {
  EXPECT_EQ(give(from_citizen("toi bi danh", "7")), true);
  room.time.advance(10min);
  EXPECT_EQ(give(from_citizen("toi bi danh", "7")), true) << "the gateway must not give it for ever";
  EXPECT_THAT(texts(), ElementsAre("toi bi danh"));
}

TEST_F(ReceiveTest, AnotherGatewaysIdIsAnotherText) {
  (void)give(from_citizen("mot", "7"), "a");
  (void)give(from_citizen("hai", "7"), "b");
  EXPECT_THAT(texts(), ElementsAre("mot", "hai"));
}

TEST_F(ReceiveTest, TheSameWordsUnderDifferentIdsAreTwoTexts) {
  (void)give(from_citizen("cuu", "7"));
  (void)give(from_citizen("cuu", "8"));
  EXPECT_THAT(texts(), ElementsAre("cuu", "cuu"));
}

/// Centres count from one again after a restart, and modems number their slots: an id is no promise.
TEST_F(ReceiveTest, AnIdThatIsUsedAgainForOtherWordsLosesNoReport) {
  EXPECT_EQ(give(from_citizen("toi bi danh", "7")), true);
  EXPECT_EQ(give(from_citizen("lai bi danh", "7")), true);
  EXPECT_EQ(give(from_citizen("lai bi danh", "7")), true) << "and its redelivery is known";
  gateway::Inbound other = from_citizen("toi bi danh", "7");
  other.sender = "0987654321";
  EXPECT_EQ(give(std::move(other)), true);
  EXPECT_THAT(texts(), ElementsAre("toi bi danh", "lai bi danh", "toi bi danh"));
}

TEST_F(ReceiveTest, AnIdThatIsUsedAgainAfterDaysIsANewText) {
  (void)give(from_citizen("cuu toi", "7"));
  room.time.advance(std::chrono::days{4});
  (void)give(from_citizen("cuu toi", "7"));
  EXPECT_THAT(texts(), ElementsAre("cuu toi", "cuu toi"));
}

TEST_F(ReceiveTest, WithoutAnIdTheSameWordsWithinAMinuteAreARedelivery) {
  (void)give(from_citizen("toi bi danh"));
  room.time.advance(59s);
  (void)give(from_citizen("toi bi danh"));
  EXPECT_EQ(texts().size(), 1U);
  room.time.advance(2s);
  (void)give(from_citizen("toi bi danh"));
  EXPECT_EQ(texts().size(), 2U) << "who writes again a minute later means it";
}

TEST_F(ReceiveTest, WithoutAnIdOtherWordsOrAnotherSenderAreAnotherText) {
  (void)give(from_citizen("toi bi danh"));
  (void)give(from_citizen("toi bi danh dau"));
  gateway::Inbound other = from_citizen("toi bi danh");
  other.sender = "0987654321";
  (void)give(std::move(other));
  EXPECT_EQ(texts().size(), 3U);
}

TEST_F(ReceiveTest, ATextIsKeptComposed) {
  (void)give(from_citizen("Vu\xcc\xa3"));
  EXPECT_THAT(texts(), ElementsAre("Vụ"));
}

TEST_F(ReceiveTest, BytesThatAreNoTextAreKeptAsWhatCanBeRead) {
  EXPECT_EQ(give(from_citizen("toi \xff\xfe bi danh")), true);
  ASSERT_EQ(texts().size(), 1U);
  EXPECT_THAT(texts()[0], testing::HasSubstr("bi danh"));
}

TEST_F(ReceiveTest, AnEmptyTextIsAText) {
  EXPECT_EQ(give(from_citizen("")), true);
  EXPECT_EQ(texts().size(), 1U);
}

TEST_F(ReceiveTest, AnEndlessTextIsCutAndKept) {
  EXPECT_EQ(give(from_citizen(std::string(1'000'000, 'a'))), true);
  ASSERT_EQ(texts().size(), 1U);
  EXPECT_EQ(texts()[0].size(), 64U * 1024);
}

TEST_F(ReceiveTest, AnyBytesEndOnDiskAndAreHandled) {
  int n = 0;
  const bool held = rc::check(
      "any bytes", [&](const std::string& text, const std::string& sender, const std::string& line) {
        const std::string ref = std::to_string(++n);
        RC_ASSERT(give({ref, sender, line, text, std::nullopt}) == true);
        RC_ASSERT(handled.size() == static_cast<std::size_t>(n));
        RC_ASSERT(handled.back().text == text::nfc(text));
      });
  EXPECT_TRUE(held);
}

TEST_F(ReceiveTest, ATextSurvivesACrashRightAfterItsAcknowledgement) {
  EXPECT_EQ(give(from_citizen("toi bi danh")), true);
  test::EngineRoom next(test::EngineRoom::AfterCrash{room});
  EXPECT_EQ(next.count("SELECT COUNT(*) FROM inbound"), 1);
}

}  // namespace
}  // namespace tongdai::inbox
