#include "storage/tx.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "outbox/message_state.hpp"
#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_note = "INSERT INTO meta (key, value) VALUES ($1, $2)";
constexpr std::string_view select_note = "SELECT value FROM meta WHERE key = $1";

struct TxTest : testing::Test {
  test::EngineRoom room;
};

TEST_F(TxTest, TextsOfAnyBytesComeBackAsTheyWere) {
  const std::string text = std::string("a\0b", 3) + "\xff\xfe Tổng Đài '\"; DROP TABLE meta";
  room.on_database([&](Tx& tx) {
    tx.run(insert_note, "note", text);
    EXPECT_EQ(tx.value<std::string>(select_note, "note"), text);
  });
}

TEST_F(TxTest, TimesAreKeptToTheMillisecond) {
  const TimePoint t = room.now() + 7ms;
  room.on_database([&](Tx& tx) { EXPECT_EQ(tx.value<TimePoint>("SELECT $1", t), t); });
}

TEST_F(TxTest, EnumsStandByTheirNames) {
  using outbox::MessageState;
  room.on_database([&](Tx& tx) {
    EXPECT_EQ(tx.value<std::string>("SELECT $1", MessageState::uncertain), "uncertain");
    EXPECT_EQ(tx.value<MessageState>("SELECT 'delivered'"), MessageState::delivered);
  });
}

TEST_F(TxTest, ANameThatTheEnumDoesNotKnowThrows) {
  room.on_database([&](Tx& tx) {
    EXPECT_THROW((void)tx.value<outbox::MessageState>("SELECT 'lost'"), std::runtime_error);
  });
}

TEST_F(TxTest, NothingIsNullBothWays) {
  room.on_database([&](Tx& tx) {
    const std::optional<std::int64_t> none;
    const auto row = tx.value<std::optional<std::int64_t>>("SELECT $1", none);
    ASSERT_TRUE(row) << "there is a row";
    EXPECT_FALSE(*row) << "and its value is null";
    EXPECT_EQ(tx.value<int>("SELECT $1 IS NULL", none), 1);
  });
}

TEST_F(TxTest, AParameterMayStandTwiceAndOutOfOrder) {
  room.on_database(
      [&](Tx& tx) { EXPECT_EQ(tx.value<std::string>("SELECT $2 || $1 || $2", "a", "b"), "bab"); });
}

TEST_F(TxTest, AStatementMayBeUsedWhileItRuns) {
  room.on_database([&](Tx& tx) {
    std::vector<std::string> pairs;
    constexpr std::string_view letters = "SELECT 'a' UNION SELECT 'b' ORDER BY 1";
    tx.each(letters, [&](const Row& outer) {
      tx.each(letters, [&](const Row& inner) { pairs.push_back(outer.text(0) + inner.text(0)); });
    });
    EXPECT_EQ(pairs, (std::vector<std::string>{"aa", "ab", "ba", "bb"}));
  });
}

TEST_F(TxTest, RunSaysHowManyRowsChanged) {
  room.on_database([&](Tx& tx) {
    EXPECT_EQ(tx.run(insert_note, "a", "1"), 1);
    EXPECT_EQ(tx.run("UPDATE meta SET value = '2' WHERE key = $1", "a"), 1);
    EXPECT_EQ(tx.run("UPDATE meta SET value = '2' WHERE key = $1", "b"), 0);
  });
}

TEST_F(TxTest, ForeignKeysAreHeld) {
  EXPECT_THROW(room.on_database([](Tx& tx) {
    tx.run("INSERT INTO message_event (id, message_id, at, state) VALUES (1, 999, 0, 'queued')");
  }),
               SQLite::Exception);
}

}  // namespace
}  // namespace tongdai::storage
