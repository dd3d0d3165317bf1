#include "storage/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

using testing::HasSubstr;

struct DatabaseTest : testing::Test {
  test::TempDir folder;
  asio::io_context loop{1};
  test::CapturingLog log;
  std::filesystem::path file = folder / "tongdai.db";

  Result<std::unique_ptr<Database>> open() {
    return Database::open(file, {loop.get_executor(), loop.get_executor(), 1}, log);
  }

  /// A file as an earlier version of the program left it.
  void make_version(int version) {
    Connection old(file, Connection::Mode::read_write);
    for (const Migration& step : migrations()) {
      if (step.version <= version) old.execute(std::string(step.sql));
    }
    old.execute("PRAGMA user_version = " + std::to_string(version));
    old.execute("INSERT INTO meta (key, value) VALUES ('note', 'older')");
  }

  std::string note_in(const std::filesystem::path& path) {
    Connection connection(path, Connection::Mode::read_only);
    return Tx(connection).value<std::string>("SELECT value FROM meta WHERE key = 'note'").value_or("");
  }

  void scribble(std::uintmax_t at, std::size_t bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(at));
    out << std::string(bytes, '\xa5');
  }
};

TEST_F(DatabaseTest, ANewFileGetsTheNewestSchemaAndNoCopy) {
  auto db = open();
  ASSERT_TRUE(db) << db.error().what;
  Connection look(file, Connection::Mode::read_only);
  EXPECT_EQ(version_of(look), newest_version());
  EXPECT_EQ(log.count("database copied"), 0U);
}

TEST_F(DatabaseTest, MigrationsAreNumberedFromOneWithoutGaps) {
  int expected = 0;
  for (const Migration& step : migrations()) EXPECT_EQ(step.version, ++expected);
  EXPECT_EQ(newest_version(), expected);
}

TEST_F(DatabaseTest, AnOlderFileIsCopiedAndThenBroughtUpToDate) {
  make_version(3);
  auto db = open();
  ASSERT_TRUE(db) << db.error().what;
  Connection look(file, Connection::Mode::read_only);
  EXPECT_EQ(version_of(look), newest_version());
  EXPECT_EQ(note_in(file), "older");

  const std::filesystem::path copy = file.string() + ".before-v4";
  ASSERT_TRUE(std::filesystem::exists(copy));
  Connection kept(copy, Connection::Mode::read_only);
  EXPECT_EQ(version_of(kept), 3);
  EXPECT_EQ(note_in(copy), "older");
}

TEST_F(DatabaseTest, ACopyLeftByAnUpgradeThatFailedIsReplaced) {
  make_version(3);
  std::ofstream(file.string() + ".before-v4") << "half a copy";
  ASSERT_TRUE(open());
  EXPECT_EQ(note_in(file.string() + ".before-v4"), "older");
}

TEST_F(DatabaseTest, ANewerFileIsRefusedAndLeftAsItIs) {
  make_version(newest_version());
  {
    Connection(file, Connection::Mode::read_write).execute("PRAGMA user_version = 999");
  }
  const auto db = open();
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Code::not_allowed);
  EXPECT_THAT(db.error().what, HasSubstr("999"));
  EXPECT_THAT(db.error().what, HasSubstr("install the newer program"));
  Connection look(file, Connection::Mode::read_only);
  EXPECT_EQ(version_of(look), 999);
}

TEST_F(DatabaseTest, AStepThatFailsLeavesTheVersionBeforeIt) {
  make_version(3);
  {
    Connection(file, Connection::Mode::read_write).execute("CREATE TABLE inbound (id INTEGER)");
  }  // in the way
  const auto db = open();
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Code::unavailable);
  Connection look(file, Connection::Mode::read_only);
  EXPECT_EQ(version_of(look), 3);
}

TEST_F(DatabaseTest, ACleanStopIsRemembered) {
  {
    open().value()->close();
  }
  auto db = open();
  ASSERT_TRUE(db);
  EXPECT_FALSE((*db)->recovered());
}

TEST_F(DatabaseTest, AnUncleanStopIsNoticedAndTheFileChecked) {
  {
    ASSERT_TRUE(open());
  }
  auto db = open();
  ASSERT_TRUE(db) << db.error().what;
  EXPECT_TRUE((*db)->recovered());
  EXPECT_EQ(log.count("warning the last run did not end cleanly"), 1U);
}

TEST_F(DatabaseTest, DamageFoundAfterAnUncleanStopIsRefusedWithAdvice) {
  {
    ASSERT_TRUE(open());
  }
  const auto size = std::filesystem::file_size(file);
  scribble(size - 4096, 4096);
  const auto db = open();
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Code::unavailable);
  EXPECT_THAT(db.error().what, HasSubstr("tongdai.db"));
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsRefused) {
  std::ofstream(file) << std::string(8192, 'x');
  const auto db = open();
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Code::unavailable);
  EXPECT_THAT(db.error().what, HasSubstr("tongdai.db"));
}

TEST_F(DatabaseTest, AFolderThatDoesNotExistIsRefused) {
  file = folder / "nowhere/tongdai.db";
  const auto db = open();
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Code::unavailable);
}

TEST_F(DatabaseTest, CloseFoldsTheLogBackIntoTheFile) {
  auto db = open();
  ASSERT_TRUE(db);
  (*db)->close();
  const auto log_file = file.string() + "-wal";
  EXPECT_TRUE(!std::filesystem::exists(log_file) || std::filesystem::file_size(log_file) == 0);
}

}  // namespace
}  // namespace tongdai::storage
