#include "ops/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/engine_room.hpp"

namespace tongdai::ops {
namespace {

using testing::HasSubstr;

struct JournalTest : testing::Test {
  test::EngineRoom room;

  void note_some(int count) {
    room.on_database([&](storage::Tx& tx) {
      for (int n = 0; n < count; ++n)
        note(tx, room.database().vault(), room.now(), "socket", "case.read", "48291" + std::to_string(n));
    });
  }
  bool tell() {
    return room.on_database([&](storage::Tx& tx) { return tell_journal_head(tx, room.database().vault()); });
  }
  JournalVerdict verify() {
    return room.on_database([&](storage::Tx& tx) { return verify_journal(tx, room.database().vault()); });
  }
  /// As somebody who has the file and no key.
  void tamper(std::string_view sql) {
    room.on_database([&](storage::Tx& tx) {
      tx.run("DROP TRIGGER IF EXISTS journal_is_not_changed");
      tx.run("DROP TRIGGER IF EXISTS journal_is_not_cut");
      tx.run(sql);
    });
  }
};

TEST_F(JournalTest, EntriesAreNumberedAndListedNewestFirst) {
  note_some(3);
  const auto entries = room.on_database([](storage::Tx& tx) { return list_journal(tx, 0, 10); });
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].number, 3);
  EXPECT_EQ(entries[0].object, "482912");
  EXPECT_EQ(entries[2].who, "socket");
  EXPECT_EQ(entries[2].at, room.now());
  EXPECT_EQ(room.on_database([](storage::Tx& tx) { return list_journal(tx, 3, 1); }).at(0).number, 2);
}

TEST_F(JournalTest, AWholeJournalIsSound) {
  EXPECT_EQ(verify().fault, "");
  note_some(5);
  EXPECT_EQ(verify().fault, "") << "before the head is told";
  EXPECT_TRUE(tell());
  EXPECT_EQ(verify().fault, "");
  EXPECT_EQ(verify().entries, 5);
  room.reopen();
  note_some(2);
  EXPECT_TRUE(tell());
  EXPECT_EQ(verify().entries, 7);
  EXPECT_EQ(verify().fault, "");
}

TEST_F(JournalTest, WhatIsUndoneWithItsTransactionLeavesNoGap) {
  note_some(1);
  EXPECT_THROW(room.on_database([&](storage::Tx& tx) {
    note(tx, room.database().vault(), room.now(), "socket", "case.read", "1");
    throw std::runtime_error("undone");
  }),
               std::runtime_error);
  note_some(1);
  EXPECT_TRUE(tell());
  EXPECT_EQ(verify().entries, 2);
  EXPECT_EQ(verify().fault, "");
}

TEST_F(JournalTest, TheDatabaseItselfRefusesToChangeIt) {
  note_some(1);
  for (const std::string_view sql : {"UPDATE journal SET who = 'nobody'", "DELETE FROM journal"})
    EXPECT_THROW(room.on_database([&](storage::Tx& tx) { tx.run(sql); }), std::exception) << sql;
}

TEST_F(JournalTest, AnyChangeIsFound) {
  for (const std::string_view column : {"at", "who", "action", "object", "detail", "hash"}) {
    test::EngineRoom fresh;
    fresh.on_database([&](storage::Tx& tx) {
      for (int n = 0; n < 3; ++n)
        note(tx, fresh.database().vault(), fresh.now(), "socket", "case.read", "482913", "ly do");
      (void)tell_journal_head(tx, fresh.database().vault());
      tx.run("DROP TRIGGER journal_is_not_changed");
    });
    const std::string sql = "UPDATE journal SET " + std::string(column) + " = '0' WHERE number = 2";
    fresh.on_database([&](storage::Tx& tx) { tx.run(sql); });
    const auto verdict =
        fresh.on_database([&](storage::Tx& tx) { return verify_journal(tx, fresh.database().vault()); });
    EXPECT_THAT(verdict.fault, HasSubstr("entry 2")) << column;
  }
}

TEST_F(JournalTest, AnEntryTakenOutOfTheMiddleIsFound) {
  note_some(4);
  tamper("DELETE FROM journal WHERE number = 2");
  EXPECT_THAT(verify().fault, HasSubstr("entry 2: it is missing"));
}

TEST_F(JournalTest, AnEntryTakenOutAndTheRestMovedUpIsFound) {
  note_some(4);
  tamper("DELETE FROM journal WHERE number = 2");
  tamper("UPDATE journal SET number = number - 1 WHERE number > 2");
  EXPECT_THAT(verify().fault, HasSubstr("entry 2: it is not as it was written"));
}

TEST_F(JournalTest, AnEndThatWasCutOffIsFound) {
  note_some(4);
  EXPECT_TRUE(tell());
  tamper("DELETE FROM journal WHERE number > 2");
  EXPECT_THAT(verify().fault, HasSubstr("4 entries were there once"));
  EXPECT_FALSE(tell()) << "the proof is not overwritten";
  note_some(5);
  EXPECT_FALSE(tell());
  EXPECT_THAT(verify().fault, HasSubstr("entry 4: it is not the one that was there once"));
}

TEST_F(JournalTest, AnEmptiedJournalIsFound) {
  note_some(4);
  EXPECT_TRUE(tell());
  tamper("DELETE FROM journal");
  EXPECT_THAT(verify().fault, HasSubstr("4 entries were there once"));
}

}  // namespace
}  // namespace tongdai::ops
