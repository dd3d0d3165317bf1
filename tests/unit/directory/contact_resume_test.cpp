#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "unit/directory/contact_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::IsEmpty;

/// An import that a crash cut off.
class ContactResume : public Contacts {
 protected:
  /// As a crash leaves an import: its own file, and how far it came.
  void cut_off(std::string_view csv, std::int64_t rows_done) {
    const auto own = room.folder / "contacts-7.csv";
    std::ofstream(own, std::ios::binary) << csv;
    room.on_database([&](storage::Tx& tx) {
      tx.run(
          "INSERT INTO contact_import (id, file, group_name, rows_done, imported, rejected, started_at) "
          "VALUES (7, $1, 'tinh', $2, $3, 1, 0)",
          own.string(), rows_done, rows_done);
    });
  }
  void resume() { room.run(import.resume_unfinished()); }
  std::int64_t contacts() { return room.count("SELECT COUNT(*) FROM contact"); }
  std::int64_t jobs() { return room.count("SELECT COUNT(*) FROM contact_import"); }
};

TEST_F(ContactResume, GoesOnBehindTheRowsThatAreDone) {
  cut_off("phone\n0912000101\n0912000102\nbad\n0912000103\n", 2);
  resume();
  EXPECT_EQ(contacts(), 1);
  EXPECT_TRUE(contact("+84912000103"));
  EXPECT_THAT(contact("+84912000103")->groups, ::testing::ElementsAre("tinh"));
  EXPECT_EQ(room.log.count("an import of contacts was cut off and goes on import=7 rows=2"), 1U);
  EXPECT_EQ(room.log.count("contacts imported imported=3 updated=0 rejected=2"), 1U);
}

TEST_F(ContactResume, LeavesNeitherAJobNorAFile) {
  cut_off("phone\n0912000101\n", 0);
  resume();
  EXPECT_EQ(jobs(), 0);
  EXPECT_THAT(csv_files(), IsEmpty());
  resume();
  EXPECT_EQ(contacts(), 1);
}

TEST_F(ContactResume, AllRowsDoneEndsIt) {
  cut_off("phone\n0912000101\n", 1);
  resume();
  EXPECT_EQ(contacts(), 0);
  EXPECT_EQ(jobs(), 0);
}

TEST_F(ContactResume, AFileThatIsGoneIsLoggedAndTheJobDropped) {
  cut_off("phone\n0912000101\n", 0);
  std::filesystem::remove(room.folder / "contacts-7.csv");
  resume();
  EXPECT_EQ(jobs(), 0);
  EXPECT_EQ(room.log.count("an import of contacts could not go on"), 1U);
}

TEST_F(ContactResume, OneThatCannotGoOnDoesNotKeepTheNext) {
  cut_off("phone\n0912000101\n", 0);
  room.on_database([&](storage::Tx& tx) {
    tx.run("INSERT INTO contact_import (id, file, started_at) VALUES (1, '/nowhere/contacts-1.csv', 0)");
  });
  resume();
  EXPECT_EQ(contacts(), 1);
  EXPECT_EQ(jobs(), 0);
}

/// The service is killed after so many turns of its loop, and started again.
void kill_after(int turns, const text::NumberingPlan& plan, bool& done_before) {
  SCOPED_TRACE(turns);
  constexpr int rows = 5000;  // three chunks
  test::EngineRoom room;
  ContactImport import(room.writer(), room.ids, room.time, room.log, plan);
  const auto file = room.folder / "brought.csv";
  std::ofstream(file, std::ios::binary) << many(rows);
  asio::co_spawn(room.loop, import.run(file, "tinh"), asio::detached);
  for (int i = 0; i < turns; ++i) room.loop.poll_one();
  test::EngineRoom after(test::EngineRoom::AfterCrash{room});
  const bool begun = after.count("SELECT COUNT(*) FROM contact_import") > 0;
  done_before = !begun && after.count("SELECT COUNT(*) FROM contact") > 0;
  ContactImport again(after.writer(), after.ids, after.time, after.log, plan);
  after.run(again.resume_unfinished());
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM contact"), begun || done_before ? rows : 0);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM group_member"), begun || done_before ? rows : 0);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM contact_import"), 0);
  room.time.settle();
}

TEST_F(ContactResume, WheneverTheProcessIsKilledAllIsThereOrNothing) {
  constexpr int turns_max = 200;
  bool done = false;
  int turns = 1;
  for (; !done && turns < turns_max; ++turns) kill_after(turns, plan, done);
  EXPECT_GT(turns, 5);
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace tongdai::directory
