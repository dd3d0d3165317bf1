#include "directory/register_import.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "unit/directory/contact_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view in_force =
    "SELECT COUNT(*) FROM do_not_call d JOIN number_list l ON l.batch_id = d.batch_id WHERE l.kind = "
    "'do_not_call' AND l.name = ''";

class Register : public Contacts {
 protected:
  Result<ImportReport> bring_in(std::string_view csv) {
    bring(csv);
    std::optional<Result<ImportReport>> report;
    room.run([](RegisterImport& to, std::filesystem::path from,
                std::optional<Result<ImportReport>>& out) -> asio::awaitable<void> {
      out = co_await to.run(std::move(from));
    }(registry, file(), report));
    return std::move(*report);
  }
  std::vector<std::string> numbers() {
    return room.on_database([](storage::Tx& tx) {
      return tx.all(
          "SELECT d.recipient FROM do_not_call d JOIN number_list l ON l.batch_id = d.batch_id ORDER BY 1",
          [](const storage::Row& row) { return row.text(0); });
    });
  }

  RegisterImport registry{room.writer(), room.ids, room.time, room.log, plan};
};

TEST_F(Register, IsReplacedAsAWhole) {
  const auto first = bring_in("phone\n0912000101\n+84912000102\n0912000101\nbad\n");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->imported, 2);
  EXPECT_EQ(first->updated, 1);
  EXPECT_EQ(first->rejected, 1);
  ASSERT_EQ(first->rejects.size(), 1U);
  EXPECT_EQ(first->rejects[0].line, 5);
  EXPECT_THAT(first->rejects[0].reason, HasSubstr("phone: "));
  EXPECT_THAT(numbers(), ElementsAre("+84912000101", "+84912000102"));
  ASSERT_TRUE(bring_in("phone\n0912000103\n"));
  EXPECT_THAT(numbers(), ElementsAre("+84912000103"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM do_not_call"), 1) << "the old one is gone";
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM number_batch"), 1);
  EXPECT_THAT(csv_files(), IsEmpty());
}

TEST_F(Register, AFileWithoutANumberChangesNothing) {
  ASSERT_TRUE(bring_in("phone\n0912000101\n"));
  const auto none = bring_in("phone\nx\n");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::invalid);
  EXPECT_THAT(none.error().what,
              HasSubstr("no row has a number: the register stays as it was; line 2: phone: "));
  const auto other = bring_in("name\nA\n");
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().what, HasSubstr("the columns are phone"));
  EXPECT_THAT(numbers(), ElementsAre("+84912000101"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM number_batch"), 1);
}

/// The service is killed after so many turns of its loop, and started again: the old register or the new one
/// counts, never a part of it.
void kill_after(int turns, const text::NumberingPlan& plan, bool& done_before) {
  SCOPED_TRACE(turns);
  constexpr int rows = 9000;  // three chunks
  test::EngineRoom room;
  room.on_database([](storage::Tx& tx) {
    tx.run(
        "INSERT INTO number_batch (id, kind, name, state, file, created_at) VALUES (1, 'do_not_call', '', "
        "'in_force', '', 0)");
    tx.run(
        "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES (2, "
        "'do_not_call', "
        "'', 1, 0, 0)");
    tx.run("INSERT INTO do_not_call (batch_id, recipient) VALUES (1, '+84912999999')");
  });
  RegisterImport import(room.writer(), room.ids, room.time, room.log, plan);
  const auto file = room.folder / "brought.csv";
  std::ofstream out(file, std::ios::binary);
  out << "phone\n";
  for (int i = 0; i < rows; ++i) out << "09120" << 10'000 + i << '\n';
  out.close();
  asio::co_spawn(room.loop, import.run(file), asio::detached);
  room.loop.restart();  // it ended with the rows above
  for (int i = 0; i < turns; ++i) room.loop.poll_one();
  test::EngineRoom after(test::EngineRoom::AfterCrash{room});
  const bool begun = after.count("SELECT COUNT(*) FROM number_batch WHERE state = 'staged'") > 0;
  const auto at_crash = after.count(in_force);
  EXPECT_TRUE(at_crash == 1 || at_crash == rows);
  done_before = at_crash == rows && after.count("SELECT COUNT(*) FROM number_batch") == 1;
  RegisterImport again(after.writer(), after.ids, after.time, after.log, plan);
  after.run(again.resume_unfinished());
  EXPECT_EQ(after.count(in_force), begun || at_crash == rows ? rows : 1);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM number_batch"), 1);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM do_not_call"), after.count(in_force));
  room.time.settle();
}

TEST_F(Register, WheneverTheProcessIsKilledOneWholeRegisterCounts) {
  constexpr int turns_max = 300;
  bool done = false;
  int turns = 1;
  for (; !done && turns < turns_max; turns += 3) kill_after(turns, plan, done);
  EXPECT_GT(turns, 10);
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace tongdai::directory
