#include "directory/number_import.hpp"

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

class Numbers : public Contacts {
 protected:
  Result<ImportReport> bring_in(NumberKind kind, std::string name, std::string_view csv) {
    bring(csv);
    std::optional<Result<ImportReport>> report;
    room.run([](NumberImport& to, NumberKind of, std::filesystem::path from, std::string as,
                std::optional<Result<ImportReport>>& out) -> asio::awaitable<void> {
      out = co_await to.run(of, std::move(from), std::move(as));
    }(numbers_import, kind, file(), std::move(name), report));
    return std::move(*report);
  }

  NumberImport numbers_import{room.writer(), room.ids, room.time, room.log, plan};
};

class Lists : public Numbers {
 protected:
  Result<ImportReport> bring_in(std::string name, std::string_view csv) {
    return Numbers::bring_in(NumberKind::list, std::move(name), csv);
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

TEST_F(Lists, KnowTheDaysOfTheirColumns) {
  ASSERT_TRUE(bring_in("a",
                       "phone,ngay,hen\n0912000101,2021-11-25,01/12/2021\n0912000102,25/11/2021,khi nao\n"
                       "0912000103,2021-11-24,31/02/2021\n0912000101,2021-11-23,\n"));
  const auto days = [this](std::string_view column, std::size_t limit = 10) {
    std::vector<std::string> printed;
    for (const auto day : room.on_database([&](storage::Tx& tx) { return days_of(tx, "a", column, limit); }))
      printed.push_back(text::print(day));
    return printed;
  };
  EXPECT_THAT(days("ngay"), ElementsAre("2021-11-24", "2021-11-25"));
  EXPECT_THAT(days("ngay", 1), ElementsAre("2021-11-24"));
  EXPECT_THAT(days("hen"), ElementsAre("2021-12-01"));
  EXPECT_THAT(days("nga"), IsEmpty());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_day WHERE day = 'ngay=2021-11-25'"), 2);
  ASSERT_TRUE(bring_in("a", "phone\n0912000101\n"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_day"), 0);
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
  room.run(numbers_import.resume_unfinished());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_member"), 1);
  EXPECT_THAT(members("a"), ElementsAre("+84912000102 "));
}

class Register : public Numbers {
 protected:
  Result<ImportReport> bring_in(std::string_view csv) {
    return Numbers::bring_in(NumberKind::do_not_call, "", csv);
  }
  std::vector<std::string> numbers() {
    return room.on_database([](storage::Tx& tx) {
      return tx.all(
          "SELECT d.recipient FROM do_not_call d JOIN number_list l ON l.batch_id = d.batch_id ORDER BY 1",
          [](const storage::Row& row) { return row.text(0); });
    });
  }
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

TEST_F(Register, StaysWhenAListIsReplaced) {
  ASSERT_TRUE(bring_in("phone\n0912000101\n"));
  ASSERT_TRUE(Numbers::bring_in(NumberKind::list, "", "phone,x\n0912000102,1\n"));
  ASSERT_TRUE(Numbers::bring_in(NumberKind::list, "", "phone\n0912000103\n"));
  EXPECT_THAT(numbers(), ElementsAre("+84912000101"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM list_member"), 1);
}

/// What stands where of a kind.
struct Place {
  NumberKind kind{};
  const char* name;
  const char* header;
  const char* value;  ///< behind a number
  const char* members;
  const char* in_force;
};
constexpr Place places[]{
    {NumberKind::list, "a", "phone,so", ",1", "SELECT COUNT(*) FROM list_member",
     "SELECT COUNT(*) FROM list_member m JOIN number_list l ON l.batch_id = m.batch_id WHERE l.kind = 'list' "
     "AND l.name = 'a'"},
    {NumberKind::do_not_call, "", "phone", "", "SELECT COUNT(*) FROM do_not_call",
     "SELECT COUNT(*) FROM do_not_call m JOIN number_list l ON l.batch_id = m.batch_id WHERE l.kind = "
     "'do_not_call' AND l.name = ''"}};

class Killed : public Contacts, public ::testing::WithParamInterface<Place> {
 protected:
  static void put_former(test::EngineRoom& room) {
    room.on_database([](storage::Tx& tx) {
      tx.run(
          "INSERT INTO number_batch (id, kind, name, state, file, created_at) VALUES (1, $1, $2, "
          "'in_force', '', 0)",
          GetParam().kind, GetParam().name);
      tx.run(
          "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES (2, $1, $2, 1, "
          "0, 0)",
          GetParam().kind, GetParam().name);
      if (GetParam().kind == NumberKind::list) {
        tx.run("INSERT INTO list_member (batch_id, recipient) VALUES (1, '+84912999999')");
      } else {
        tx.run("INSERT INTO do_not_call (batch_id, recipient) VALUES (1, '+84912999999')");
      }
    });
  }
  /// The service is killed after so many turns of its loop, and started again.
  void kill_after(int turns, bool& done_before) {
    SCOPED_TRACE(turns);
    constexpr int rows = 9000;  // three chunks
    const Place& place = GetParam();
    test::EngineRoom before;
    put_former(before);
    NumberImport first(before.writer(), before.ids, before.time, before.log, plan);
    const auto brought = before.folder / "brought.csv";
    std::ofstream out(brought, std::ios::binary);
    out << place.header << '\n';
    for (int i = 0; i < rows; ++i) out << "09120" << 10'000 + i << place.value << '\n';
    out.close();
    asio::co_spawn(before.loop, first.run(place.kind, brought, place.name), asio::detached);
    before.loop.restart();  // it ended with the rows above
    for (int i = 0; i < turns; ++i) before.loop.poll_one();
    test::EngineRoom after(test::EngineRoom::AfterCrash{before});
    const bool begun = after.count("SELECT COUNT(*) FROM number_batch WHERE state = 'staged'") > 0;
    const auto at_crash = after.count(place.in_force);
    EXPECT_TRUE(at_crash == 1 || at_crash == rows);
    done_before = at_crash == rows && after.count("SELECT COUNT(*) FROM number_batch") == 1;
    NumberImport again(after.writer(), after.ids, after.time, after.log, plan);
    after.run(again.resume_unfinished());
    EXPECT_EQ(after.count(place.in_force), begun || at_crash == rows ? rows : 1);
    EXPECT_EQ(after.count("SELECT COUNT(*) FROM number_batch"), 1);
    EXPECT_EQ(after.count(place.members), after.count(place.in_force));
    if (place.kind == NumberKind::list) {
      EXPECT_EQ(after.count("SELECT COUNT(*) FROM list_member WHERE own = ''"),
                at_crash == 1 && !begun ? 1 : 0);
    }
    before.time.settle();
  }
};

TEST_P(Killed, WheneverItHappensOneWholeUploadCounts) {
  constexpr int turns_max = 300;
  bool done = false;
  int turns = 1;
  for (; !done && turns < turns_max; turns += 3) kill_after(turns, done);
  EXPECT_GT(turns, 10);
  EXPECT_TRUE(done);
}

INSTANTIATE_TEST_SUITE_P(ByKind, Killed, ::testing::ValuesIn(places),
                         [](const auto& info) { return std::string(name_of(info.param.kind)); });

}  // namespace
}  // namespace tongdai::directory
