#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "storage/database.hpp"
#include "support/engine_room.hpp"

namespace tongdai::storage {
namespace {

constexpr std::string_view insert_note = "INSERT INTO meta (key, value) VALUES ($1, 'note')";
constexpr std::string_view count_notes = "SELECT COUNT(*) FROM meta WHERE value = 'note'";

struct BackUpTest : testing::Test {
  test::EngineRoom room;
  std::filesystem::path copy = room.folder / "copy.db";

  Result<void> back_up_now() {
    std::optional<Result<void>> result;
    room.run(fetch(room.database().readers(), copy, result));
    return *result;
  }

 private:
  static asio::awaitable<void> fetch(Readers& readers, std::filesystem::path to,
                                     std::optional<Result<void>>& result) {
    result.emplace(co_await readers.run([to](Tx& tx) { return back_up(tx, to); }));
  }
};

TEST_F(BackUpTest, TheCopyHoldsAllThatIsCommittedAndIsSound) {
  room.on_database([](Tx& tx) { tx.run(insert_note, "a"); });
  ASSERT_TRUE(back_up_now());
  Connection look(copy, Connection::Mode::read_only);
  EXPECT_EQ(Tx(look).value<std::int64_t>(count_notes), 1);
  EXPECT_EQ(version_of(look), newest_version());
  EXPECT_EQ(look.raw().execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST_F(BackUpTest, TheCopyIsOfOneMomentThoughWritesGoOn) {
  room.on_database([](Tx& tx) { tx.run(insert_note, "a"); });
  Connection reader(room.file(), Connection::Mode::read_only);
  reader.execute("BEGIN");
  Tx tx(reader);
  ASSERT_EQ(tx.value<std::int64_t>(count_notes), 1);
  room.on_database([](Tx& writing) { writing.run(insert_note, "later"); });
  ASSERT_TRUE(back_up(tx, copy));
  Connection look(copy, Connection::Mode::read_only);
  EXPECT_EQ(Tx(look).value<std::int64_t>(count_notes), 1);
}

TEST_F(BackUpTest, TheCopyOpensAsADatabaseOfTheService) {
  ASSERT_TRUE(back_up_now());
  const auto opened = Database::open(copy, room.threads(), room.log);
  EXPECT_TRUE(opened) << opened.error().what;
}

TEST_F(BackUpTest, AFileThatExistsIsRefusedAndLeftAsItIs) {
  std::ofstream(copy) << "precious";
  const auto result = back_up_now();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::conflict);
  std::ifstream in(copy);
  std::string content;
  std::getline(in, content);
  EXPECT_EQ(content, "precious");
}

TEST_F(BackUpTest, AFolderThatDoesNotExistIsAnErrorThatNamesTheFile) {
  copy = room.folder / "nowhere/copy.db";
  const auto result = back_up_now();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::unavailable);
  EXPECT_THAT(result.error().what, testing::HasSubstr("copy.db"));
}

}  // namespace
}  // namespace tongdai::storage
