#include "core/small_cells.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace tongdai::small_cells {
namespace {

using Counts = std::vector<std::vector<std::int64_t>>;

constexpr std::int64_t hidden_max = 13;  // more of a hidden count is not tried: the tables below are small

std::vector<std::int64_t> possible(const Cell& cell) {
  std::vector<std::int64_t> values;
  if (cell.shown == Shown::plain) return {cell.count};
  const std::int64_t from = cell.shown == Shown::below ? 0 : least_shown;
  const std::int64_t to = cell.shown == Shown::below ? least_shown - 1 : hidden_max;
  for (std::int64_t v = from; v <= to; ++v) values.push_back(v);
  return values;
}

bool fits(const Cell& cell, std::int64_t value) {
  switch (cell.shown) {
    case Shown::plain:
      return value == cell.count;
    case Shown::below:
      return value < least_shown;
    case Shown::hidden:
      return value >= least_shown;
  }
  return false;
}

/// What a reader can find out who tries every table that what is published could have been made of: the
/// values that each cell and each sum takes in them.
std::vector<std::set<std::int64_t>> all_readings(const Table& t) {
  std::vector<std::set<std::int64_t>> values(t.cells.size());
  Counts guess(t.rows, std::vector<std::int64_t>(t.columns));
  const auto check = [&] {
    std::vector<std::int64_t> whole((t.rows + 1) * (t.columns + 1));
    for (std::size_t r = 0; r < t.rows; ++r) {
      for (std::size_t c = 0; c < t.columns; ++c) {
        const std::size_t width = t.columns + 1;
        for (const std::size_t at :
             {r * width + c, r * width + t.columns, t.rows * width + c, whole.size() - 1})
          whole[at] += guess[r][c];
      }
    }
    for (std::size_t i = 0; i < whole.size(); ++i)
      if (!fits(t.cells[i], whole[i])) return;
    for (std::size_t i = 0; i < whole.size(); ++i) values[i].insert(whole[i]);
  };
  const std::function<void(std::size_t)> fill = [&](std::size_t at) {
    if (at == t.rows * t.columns) return check();
    for (const std::int64_t v : possible(t.at(at / t.columns, at % t.columns))) {
      guess[at / t.columns][at % t.columns] = v;
      fill(at + 1);
    }
  };
  fill(0);
  return values;
}

void expect_nothing_small_computable(const Table& t) {
  const auto values = all_readings(t);
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_FALSE(values[i].empty()) << "what is published fits to nothing";
    EXPECT_TRUE(values[i].contains(t.cells[i].count)) << "the truth is among the readings";
    const bool is_small = values[i].size() == 1 && *values[i].begin() > 0 && *values[i].begin() < least_shown;
    EXPECT_FALSE(is_small) << "cell " << i << " can only be " << *values[i].begin();
  }
}

Counts counts_of(std::size_t rows, std::size_t columns) {
  return *rc::gen::container<Counts>(
      rows, rc::gen::container<std::vector<std::int64_t>>(
                columns, rc::gen::weightedOneOf<std::int64_t>({{3, rc::gen::inRange<std::int64_t>(0, 5)},
                                                               {1, rc::gen::inRange<std::int64_t>(5, 9)}})));
}

RC_GTEST_PROP(SmallCells, NobodyComputesASmallCountFromATable, ()) {
  const auto [rows, columns] = *rc::gen::elementOf(
      std::vector<std::pair<std::size_t, std::size_t>>{{1, 1}, {1, 4}, {2, 2}, {2, 3}, {3, 2}, {4, 1}});
  const Counts counts = counts_of(rows, columns);
  expect_nothing_small_computable(protect_table(counts, columns));
}

RC_GTEST_PROP(SmallCells, EveryShownCountIsTrueAndEverySmallOneHidden, ()) {
  const std::size_t rows = *rc::gen::inRange<std::size_t>(1, 12);
  const std::size_t columns = *rc::gen::inRange<std::size_t>(1, 7);
  const Counts counts = counts_of(rows, columns);
  const Table t = protect_table(counts, columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) RC_ASSERT(t.at(r, c).count == counts[r][c]);
  for (const Cell& cell : t.cells) RC_ASSERT((cell.count < least_shown) == (cell.shown == Shown::below));
}

RC_GTEST_PROP(SmallCells, OfAListNeither, ()) {
  const auto counts = counts_of(1, *rc::gen::inRange<std::size_t>(1, 5)).front();
  const List list = protect_list(counts);
  Table t{1, counts.size(), {}};
  for (int line = 0; line < 2; ++line) {
    t.cells.insert(t.cells.end(), list.cells.begin(), list.cells.end());
    t.cells.push_back(list.total);
  }
  expect_nothing_small_computable(t);
}

TEST(SmallCells, WhatIsLargeStays) {
  const Table t = protect_table({{10, 20}, {30, 40}}, 2);
  for (const Cell& c : t.cells) EXPECT_EQ(c.shown, Shown::plain);
  EXPECT_EQ(t.total().count, 100);
}

TEST(SmallCells, OneSmallCountHidesThreeOthersOrASum) {
  const Table t = protect_table({{3, 20, 30}, {10, 20, 30}, {50, 60, 70}}, 3);
  EXPECT_EQ(t.at(0, 0).shown, Shown::below);
  const auto hidden = std::ranges::count(t.cells, Shown::hidden, &Cell::shown);
  EXPECT_GE(hidden, 2);
  EXPECT_LE(hidden, 4);
  EXPECT_EQ(t.total().shown, Shown::plain);
}

TEST(SmallCells, TwoFoursThatMakeAnEightAreFoundOut) {
  const List list = protect_list({4, 4, 50});
  EXPECT_EQ(list.cells[2].shown, Shown::hidden) << "8 over two cells below 5 can only be 4 and 4";
}

TEST(SmallCells, AKnownSumStays) {
  const List list = protect_list({3, 7, 20}, true);
  EXPECT_EQ(list.total.shown, Shown::plain);
  EXPECT_EQ(list.cells[0].shown, Shown::below);
  EXPECT_EQ(list.cells[1].shown, Shown::hidden);
  EXPECT_EQ(list.cells[2].shown, Shown::plain);
}

TEST(SmallCells, AnEmptyTableIsEmpty) {
  EXPECT_EQ(protect_table(Counts{}, 0).total().count, 0);
  EXPECT_EQ(protect_list(std::vector<std::int64_t>{}).total.shown, Shown::below);
}

TEST(SmallCells, AProvinceOverAYearTakesNoTime) {
  Counts counts(160, std::vector<std::int64_t>(12));
  for (std::size_t r = 0; r < counts.size(); ++r)
    for (std::size_t c = 0; c < 12; ++c) counts[r][c] = static_cast<std::int64_t>((r * 7 + c * 5) % 11);
  const Table t = protect_table(counts, 12);
  EXPECT_EQ(t.total().shown, Shown::plain);
}

}  // namespace
}  // namespace tongdai::small_cells
