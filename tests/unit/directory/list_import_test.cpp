#include "directory/list_import.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "directory/number_lists.hpp"
#include "unit/directory/contact_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view in_force =
    "SELECT COUNT(*) FROM list_member m JOIN number_list l ON l.batch_id = m.batch_id WHERE l.kind = 'list' "
    "AND l.name = 'a'";

class Lists : public Contacts {
 protected:
  Result<ImportReport> bring_in(std::string name, std::string_view csv) {
    bring(csv);
    std::optional<Result<ImportReport>> report;
    room.run([](ListImport& to, std::filesystem::path from, std::string as,
                std::optional<Result<ImportReport>>& out) -> asio::awaitable<void> {
      out = co_await to.run(std::move(from), std::move(as));
    }(lists, file(), std::move(name), report));
    return std::move(*report);
  }
  /// "number own|own" of a list.
  std::vector<std::string> members(std::string_view name) {
    return room.on_database([&](storage::Tx& tx) {
      return tx.all(
          "SELECT m.recipient, m.own FROM list_member m JOIN number_list l ON l.batch_id = m.batch_id WHERE "
          "l.kind = 'list' AND l.name = $1 ORDER BY 1",
          [](const storage::Row& row) {
            return row.text(0) + ' ' + join_stored(cut_stored(row.text(1), value_separator), '|');
          },
          name);
    });
  }
  std::vector<NumberListView> views() {
    return room.on_database([](storage::Tx& tx) { return list_number_lists(tx); });
  }

  ListImport lists{room.writer(), room.ids, room.time, room.log, plan};
};

TEST_F(Lists, HaveColumnsOfTheirOwn) {
  const auto report = bring_in("a",
                               "Ngay_hen,phone,diem_hen\n25/11,0912000101,Trạm y tế\n,0912000102,\n"
                               "26/11,0912000101,X\nx,bad,\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->imported, 2);
  EXPECT_EQ(report->updated, 1) << "the first row of a number counts";
  ASSERT_EQ(report->rejects.size(), 1U);
  EXPECT_EQ(report->rejects[0].line, 5);
  EXPECT_THAT(report->rejects[0].reason, HasSubstr("phone: "));
  EXPECT_THAT(members("a"), ElementsAre("+84912000101 25/11|Trạm y tế", "+84912000102 |"));
  ASSERT_EQ(views().size(), 1U);
  EXPECT_EQ(views()[0].name, "a");
  EXPECT_EQ(views()[0].members, 2);
  EXPECT_THAT(views()[0].columns, ElementsAre("ngay_hen", "diem_hen"));
  EXPECT_THAT(csv_files(), IsEmpty());
}

TEST_F(Lists, AreReplacedAsAWholeAndEachAlone) {
  ASSERT_TRUE(bring_in("a", "phone,x\n0912000101,1\n0912000102,2\n"));
  ASSERT_TRUE(bring_in("b", "phone\n0912000103\n"));
  ASSERT_TRUE(bring_in("a", "phone,y\n0912000104,4\n"));
  EXPECT_THAT(members("a"), ElementsAre("+84912000104 4"));
  EXPECT_THAT(members("b"), ElementsAre("+84912000103 "));
  EXPECT_THAT(views()[0].columns, ElementsAre("y"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_member"), 2) << "the old one is gone";
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM number_batch"), 2);
}

TEST_F(Lists, AFileThatCannotBeUsedChangesNothing) {
  ASSERT_TRUE(bring_in("a", "phone\n0912000101\n"));
  const auto refusal = [this](std::string_view csv) {
    const auto none = bring_in("a", csv);
    EXPECT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::invalid);
    return none.error().what;
  };
  EXPECT_THAT(refusal("phone\nx\n"),
              HasSubstr("no row can be used: the list stays as it was; line 2: phone: "));
  EXPECT_THAT(refusal("name\nA\n"), HasSubstr("line 1: the column phone is missing"));
  EXPECT_EQ(refusal("phone,Ngày hẹn\n0912000102,1\n"),
            "line 1: the name of column 1 beside phone must be of a-z, 0-9 and _: texts name it in braces");
  EXPECT_EQ(refusal("phone,x,x\n0912000102,1,1\n"), "line 1: the column x stands there twice");
  std::string wide = "phone";
  for (int i = 0; i < 33; ++i) wide += ",c" + std::to_string(i);
  EXPECT_EQ(refusal(wide + "\n0912000102\n"), "line 1: at most 32 columns beside phone");
  EXPECT_THAT(members("a"), ElementsAre("+84912000101 "));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM number_batch"), 1);
}

TEST_F(Lists, NoValueCanBeALinkOrBreakOutOfItsPlace) {
  const auto report = bring_in("a",
                               "phone,x\n0912000101,http://bad.example/x\n0912000102,\"a\n{y}\x1F\"\n"
                               "0912000103,tot\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->imported, 2);
  ASSERT_EQ(report->rejects.size(), 1U);
  EXPECT_EQ(report->rejects[0].line, 2);
  EXPECT_EQ(report->rejects[0].reason, "x: must be words, and no link; empty if there is nothing");
  const auto all = members("a");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].find_first_of("{}\n|\x1F"), std::string::npos) << all[0];
}

TEST_F(Lists, TellHowManyOfThemAreNoContacts) {
  read("phone\n0912000101\n");
  ASSERT_TRUE(bring_in("a", "phone\n0912000101\n0912000102\n0912000103\n"));
  const auto strangers = [this](std::string_view name) {
    return room.on_database([&](storage::Tx& tx) { return count_strangers(tx, name); });
  };
  EXPECT_EQ(strangers("a"), 2);
  EXPECT_EQ(strangers("b"), 0);
}

TEST_F(Lists, AnUploadThatAnAudienceIsWrittenDownFromStaysUntilThen) {
  ASSERT_TRUE(bring_in("a", "phone\n0912000101\n"));
  room.on_database([](storage::Tx& tx) {
    tx.run(
        "INSERT INTO campaign (id, title, class, state, start_at, end_at, windows, rate, created_at, "
        "updated_at) VALUES (1, 'T', 'social_policy', 'approved', 0, 1, '', 0, 0, 0)");
    tx.run(
        "INSERT INTO campaign_audience (campaign_id, role, target_id, batch_id) SELECT 1, 'list', id, "
        "batch_id FROM number_list");
    tx.run("INSERT INTO campaign_freeze (campaign_id, at, contact_max) VALUES (1, 0, 1)");
  });
  ASSERT_TRUE(bring_in("a", "phone\n0912000102\n"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_member"), 2);
  room.on_database([](storage::Tx& tx) { tx.run("DELETE FROM campaign_freeze"); });
  room.run(lists.resume_unfinished());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_member"), 1);
  EXPECT_THAT(members("a"), ElementsAre("+84912000102 "));
}

/// The service is killed after so many turns of its loop, and started again: the old list or the new one
/// counts, never a part of it.
void kill_after(int turns, const text::NumberingPlan& plan, bool& done_before) {
  SCOPED_TRACE(turns);
  constexpr int rows = 9000;  // three chunks
  test::EngineRoom room;
  room.on_database([](storage::Tx& tx) {
    tx.run(
        "INSERT INTO number_batch (id, kind, name, state, file, created_at) VALUES (1, 'list', 'a', "
        "'in_force', '', 0)");
    tx.run(
        "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES (2, 'list', 'a', "
        "1, 0, 0)");
    tx.run("INSERT INTO list_member (batch_id, recipient) VALUES (1, '+84912999999')");
  });
  ListImport import(room.writer(), room.ids, room.time, room.log, plan);
  const auto file = room.folder / "brought.csv";
  std::ofstream out(file, std::ios::binary);
  out << "phone,so\n";
  for (int i = 0; i < rows; ++i) out << "09120" << 10'000 + i << ',' << i << '\n';
  out.close();
  asio::co_spawn(room.loop, import.run(file, "a"), asio::detached);
  room.loop.restart();  // it ended with the rows above
  for (int i = 0; i < turns; ++i) room.loop.poll_one();
  test::EngineRoom after(test::EngineRoom::AfterCrash{room});
  const bool begun = after.count("SELECT COUNT(*) FROM number_batch WHERE state = 'staged'") > 0;
  const auto at_crash = after.count(in_force);
  EXPECT_TRUE(at_crash == 1 || at_crash == rows);
  done_before = at_crash == rows && after.count("SELECT COUNT(*) FROM number_batch") == 1;
  ListImport again(after.writer(), after.ids, after.time, after.log, plan);
  after.run(again.resume_unfinished());
  EXPECT_EQ(after.count(in_force), begun || at_crash == rows ? rows : 1);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM number_batch"), 1);
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM list_member"), after.count(in_force));
  EXPECT_EQ(after.count("SELECT COUNT(*) FROM list_member WHERE own = ''"), at_crash == 1 && !begun ? 1 : 0);
  room.time.settle();
}

TEST_F(Lists, WheneverTheProcessIsKilledOneWholeListCounts) {
  constexpr int turns_max = 300;
  bool done = false;
  int turns = 1;
  for (; !done && turns < turns_max; turns += 3) kill_after(turns, plan, done);
  EXPECT_GT(turns, 10);
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace tongdai::directory
