#include <gtest/gtest.h>
#include <sqlite3.h>

#include <stdexcept>
#include <string>

#include "storage/writer.hpp"
#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_note = "INSERT INTO meta (key, value) VALUES ($1, $2)";
constexpr std::string_view count_notes = "SELECT COUNT(*) FROM meta WHERE key LIKE 'note%'";

struct WriterFailureTest : testing::Test {
  test::EngineRoom room;

  /// The file may not grow any more: what SQLite then says is what it says when the disk is full.
  void fill_disk() { set_pages("page_count"); }
  void free_disk() { set_pages("1000000"); }

  void note(const std::string& key, std::size_t bytes = 10) {
    room.on_database([&](Tx& tx) { tx.run(insert_note, "note " + key, std::string(bytes, 'x')); });
  }
  static constexpr std::size_t large = 200'000;

 private:
  void set_pages(const std::string& most) {
    room.on_database([&](Tx& tx) {
      auto& db = tx.connection().raw();
      const std::string pages = most == "page_count" ? db.execAndGet("PRAGMA page_count").getString() : most;
      db.execAndGet("PRAGMA max_page_count = " + pages);
    });
  }
};

TEST_F(WriterFailureTest, AFullDiskIsToldToTheCallerAndAlarmed) {
  fill_disk();
  EXPECT_THROW(note("large", large), StorageDown);
  EXPECT_EQ(room.writer().state(), WriterState::full);
  EXPECT_EQ(room.log.count("alarm the database refuses writes"), 1U);
}

TEST_F(WriterFailureTest, AFullDiskLeavesNothingOfItsBatch) {
  fill_disk();
  std::string answers;
  const auto post = [&](const std::string& key, std::size_t bytes) {
    room.writer().post(
        [key, bytes](Tx& tx) {
          tx.run(insert_note, "note " + key, std::string(bytes, 'x'));
          return true;
        },
        [&answers](const std::exception_ptr& error) {
          try {
            if (error) std::rethrow_exception(error);
            answers += "stored ";
          } catch (const StorageDown&) {
            answers += "down ";
          }
        });
  };
  post("small", 10);
  post("large", large);
  post("small too", 10);
  room.time.settle();
  EXPECT_EQ(answers, "down down down ");
  free_disk();
  EXPECT_EQ(room.count(count_notes), 0);
}

TEST_F(WriterFailureTest, AFullDiskHealsByItselfWhenThereIsRoomAgain) {
  fill_disk();
  EXPECT_THROW(note("large", large), StorageDown);
  EXPECT_THROW(note("large", large), StorageDown);
  EXPECT_EQ(room.log.count("alarm"), 1U) << "one alarm, not one a batch";
  free_disk();
  EXPECT_NO_THROW(note("large", large));
  EXPECT_EQ(room.writer().state(), WriterState::up);
  EXPECT_EQ(room.log.count("warning the database takes writes again"), 1U);
  EXPECT_EQ(room.count(count_notes), 1);
}

TEST_F(WriterFailureTest, ALockHeldByAnotherProgramIsWaitedForAndThenHeals) {
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(room.file().c_str(), &other), SQLITE_OK);
  room.on_database([](Tx& tx) { tx.connection().raw().setBusyTimeout(1); });
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_THROW(note("a"), StorageDown);
  EXPECT_EQ(room.writer().state(), WriterState::full);
  ASSERT_EQ(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_NO_THROW(note("a"));
  EXPECT_EQ(room.writer().state(), WriterState::up);
}

TEST_F(WriterFailureTest, ABrokenFileRefusesEveryWriteUntilARestart) {
  // A closure that meets a damaged page says so with this code; damage itself is made in database_test.
  const auto meet_damage = [](Tx&) {
    throw SQLite::Exception("database disk image is malformed", SQLITE_CORRUPT);
  };
  EXPECT_THROW(room.on_database(meet_damage), StorageDown);
  EXPECT_EQ(room.writer().state(), WriterState::broken);
  bool ran = false;
  EXPECT_THROW(room.on_database([&](Tx&) { ran = true; }), StorageDown);
  EXPECT_FALSE(ran);
  room.reopen();
  EXPECT_EQ(room.writer().state(), WriterState::up);
  EXPECT_NO_THROW(note("a"));
}

TEST_F(WriterFailureTest, TheAlarmHoldsNoValueOfTheStatement) {
  fill_disk();
  EXPECT_THROW(note("0912345678", large), StorageDown);
  EXPECT_EQ(room.log.count("0912345678"), 0U);
}

}  // namespace
}  // namespace tongdai::storage
