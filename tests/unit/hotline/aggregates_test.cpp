#include "hotline/aggregates.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <set>

#include "support/engine_room.hpp"

namespace tongdai::hotline {
namespace {

using small_cells::Cell;
using small_cells::Shown;

/// Three communes of a province, and cases in them.
struct AggregateRoom {
  test::EngineRoom room;
  text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
  int cases = 0;

  AggregateRoom() {
    room.on_database([](storage::Tx& tx) {
      tx.run("INSERT INTO unit (id, code, name, type) VALUES (1, '12', 'Tỉnh Lai Châu', 'Tỉnh')");
      for (const int id : {2, 3, 4}) {
        tx.run("INSERT INTO unit (id, code, name, type, parent_id) VALUES ($1, $2, $3, 'Xã', 1)", id,
               "0" + std::to_string(id), "Xã " + std::to_string(id));
      }
    });
  }
  void add(int count, std::optional<std::int64_t> unit, std::string_view day, std::string_view services = "",
           std::string_view urgency = "normal") {
    const TimePoint at = parse_rfc3339(std::string(day) + "T12:00:00+07:00").value();
    room.on_database([&](storage::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        const int id = ++cases;
        tx.run(
            "INSERT INTO hotline_case (id, code, state, urgency, place, unit_id, services, due_at, "
            "opened_at, updated_at) "
            "VALUES ($1, $2, 'open', $3, 'known', $4, $5, 1, $6, $6)",
            id, std::to_string(id), urgency, unit, services, at);
      }
    });
  }
  Aggregates aggregate_month(Interval interval = Interval::month, std::string_view level = "commune") {
    const AggregateTerms terms{parse_rfc3339("2021-11-15T00:00:00+07:00").value(),
                               parse_rfc3339("2021-12-16T00:00:00+07:00").value(), interval,
                               directory::UnitLevel::parse(level).value()};
    return room.on_database([&](storage::Tx& tx) { return aggregate(tx, terms, zone); });
  }
};

struct AggregatesTest : testing::Test, AggregateRoom {};

TEST_F(AggregatesTest, CountByUnitAndMonthAndHideWhatIsSmall) {
  add(12, 2, "2021-11-20", "medical;police");
  add(8, 2, "2021-12-02", "medical", "high");
  add(9, 3, "2021-11-20", "shelter");
  add(2, 4, "2021-12-02", "legal");
  add(1, std::nullopt, "2021-12-10");
  const Aggregates a = aggregate_month();
  EXPECT_EQ(a.cases, (Cell{32, Shown::plain}));
  ASSERT_EQ(a.by_unit.lines.size(), 4U);
  EXPECT_EQ(a.by_unit.lines[0].name, "Xã 2");
  EXPECT_EQ(a.by_unit.lines[3].key, "") << "the unknown place is a line as well";
  ASSERT_EQ(a.by_unit.columns.size(), 2U);
  EXPECT_EQ(a.by_unit.columns[1].key, "2021-12");
  EXPECT_EQ(a.by_unit.counts.at(0, 0).count, 12);
  EXPECT_EQ(a.by_unit.counts.at(2, 1).shown, Shown::below);
  EXPECT_EQ(a.by_unit.counts.at(2, 2).shown, Shown::below);
  EXPECT_EQ(a.by_unit.counts.at(1, 1).shown, Shown::below) << "that there was none is not told either";
}

TEST_F(AggregatesTest, ServicesHaveNoLineForAUnitWithFewCases) {
  add(12, 2, "2021-11-20", "medical;police");
  add(9, 3, "2021-11-20", "shelter");
  add(2, 4, "2021-12-02", "legal");
  const Aggregates a = aggregate_month();
  for (const AggregateLine& line : a.by_service.lines) EXPECT_NE(line.key, "04");
  EXPECT_EQ(a.by_service.lines.back().key, "");
  ASSERT_EQ(a.by_service.columns.size(), 4U);
  EXPECT_EQ(a.by_service.columns[1].key, "medical");
}

TEST_F(AggregatesTest, OutsideThePeriodNothingCounts) {
  add(7, 2, "2021-11-14", "medical");
  add(7, 2, "2021-12-16", "medical");
  EXPECT_EQ(aggregate_month().cases, (Cell{0, Shown::below}));
}

TEST_F(AggregatesTest, OfFewCasesNothingMoreIsTold) {
  add(4, 2, "2021-11-20", "medical");
  const Aggregates a = aggregate_month();
  EXPECT_EQ(a.cases.shown, Shown::below);
  EXPECT_TRUE(a.urgencies.empty());
  EXPECT_TRUE(a.by_service.lines.empty());
  for (const Cell& c : a.by_unit.counts.cells) EXPECT_NE(c.shown, Shown::plain);
}

TEST_F(AggregatesTest, WeeksAreThoseOfIso8601) {
  add(5, 2, "2021-11-15");
  add(6, 2, "2021-11-21");
  add(5, 2, "2021-11-22");
  const Aggregates a = aggregate_month(Interval::week);
  ASSERT_EQ(a.by_unit.columns.size(), 5U);
  EXPECT_EQ(a.by_unit.columns[0].key, "2021-W46");
  EXPECT_EQ(a.by_unit.counts.at(0, 0).count, 11);
  EXPECT_EQ(a.by_unit.counts.at(0, 1).count, 5);
}

TEST_F(AggregatesTest, AProvinceIsALineToo) {
  add(6, 2, "2021-11-20");
  add(6, 4, "2021-11-20");
  const Aggregates a = aggregate_month(Interval::month, "province");
  EXPECT_EQ(a.by_unit.lines.front().key, "12");
  EXPECT_EQ(a.by_unit.counts.at(0, 0).count, 12);
}

/// How many cases lines and columns have, as a reader guesses it who knows all tables and all rules.
class Readings {
 public:
  explicit Readings(const Aggregates& a) : a_(a) {}

  /// Every number of cases by unit that all tables together allow: by unit, those the unit takes.
  std::vector<std::set<std::int64_t>> of_units() {
    values_.assign(a_.by_unit.lines.size(), {});
    guess_.assign(a_.by_unit.lines.size(), 0);
    guess_unit(0);
    return values_;
  }

 private:
  static bool fits(const Cell& cell, std::int64_t value) {
    if (cell.shown == Shown::plain) return value == cell.count;
    return (value < small_cells::least_shown) == (cell.shown == Shown::below);
  }
  void guess_unit(std::size_t at) {
    if (at == guess_.size()) return check();
    for (std::int64_t n = 0; n <= 14; ++n) {
      if (!fits(a_.by_unit.counts.at(at, 0), n)) continue;
      guess_[at] = n;
      guess_unit(at + 1);
    }
  }
  void check() {
    std::int64_t sum = 0;
    for (const std::int64_t n : guess_) sum += n;
    if (!fits(a_.by_unit.counts.total(), sum) || !services_fit()) return;
    for (std::size_t i = 0; i < guess_.size(); ++i) values_[i].insert(guess_[i]);
  }
  /// Nobody needs a service more often than there are cases: own lines by their units, the others by their
  /// sum.
  bool services_fit() const {
    if (a_.by_service.lines.empty()) return true;
    std::int64_t others = 0;
    for (std::size_t i = 0; i < guess_.size(); ++i) {
      const bool own =
          !a_.by_unit.lines[i].key.empty() &&
          std::ranges::find(a_.by_service.lines, a_.by_unit.lines[i]) != a_.by_service.lines.end();
      if (!own) others += guess_[i];
    }
    const std::size_t last = a_.by_service.lines.size() - 1;
    for (std::size_t s = 0; s < a_.by_service.columns.size(); ++s) {
      const Cell& c = a_.by_service.counts.at(last, s);
      const std::int64_t least = c.shown == Shown::plain ? c.count : c.shown == Shown::hidden ? 5 : 0;
      if (least > others) return false;
    }
    return true;
  }

  const Aggregates& a_;
  std::vector<std::int64_t> guess_;
  std::vector<std::set<std::int64_t>> values_;
};

RC_GTEST_PROP(AggregatesTogether, NoSmallNumberOfAUnitFollowsFromAllTables, ()) {
  AggregateRoom r;
  const std::vector<std::string> services{"", "medical", "police", "medical;police"};
  for (const std::optional<std::int64_t> unit :
       {std::optional<std::int64_t>(2), std::optional<std::int64_t>(3), std::optional<std::int64_t>(4),
        std::optional<std::int64_t>()}) {
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
      r.add(*rc::gen::inRange(1, 4), unit, "2021-11-20", *rc::gen::elementOf(services));
  }
  const Aggregates a = r.aggregate_month(Interval::month);
  // One column is enough: all cases are of one month, and the second has none.
  Aggregates one = a;
  one.by_unit.columns.resize(1);
  one.by_unit.counts = {a.by_unit.lines.size(), 1, {}};
  for (std::size_t i = 0; i <= a.by_unit.lines.size(); ++i)
    for (int twice = 0; twice < 2; ++twice) one.by_unit.counts.cells.push_back(a.by_unit.counts.at(i, 2));
  const auto values = Readings(one).of_units();
  for (std::size_t i = 0; i < values.size(); ++i) {
    RC_ASSERT(values[i].contains(a.by_unit.counts.at(i, 2).count));
    const bool small = values[i].size() == 1 && *values[i].begin() > 0 && *values[i].begin() < 5;
    RC_ASSERT_FALSE(small);
  }
}

}  // namespace
}  // namespace tongdai::hotline
