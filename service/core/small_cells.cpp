#include "core/small_cells.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace tongdai::small_cells {
namespace {

Cell marked(std::int64_t count) {
  return {count, count < least_shown ? Shown::below : Shown::plain};
}

/// Could it be one more, or one less, for all that a reader knows of it alone?
bool may_rise(const Cell& c) {
  return c.shown == Shown::hidden || (c.shown == Shown::below && c.count < least_shown - 1);
}
bool may_fall(const Cell& c) {
  return (c.shown == Shown::hidden && c.count > least_shown) || (c.shown == Shown::below && c.count > 0);
}
/// A zero that follows from the sums harms nobody.
bool needs_protection(const Cell& c) {
  return c.shown == Shown::below && c.count > 0;
}

bool is_free(const List& list, std::size_t at) {
  const Cell& c = list.cells[at];
  const auto any_other = [&](auto moves) {
    for (std::size_t i = 0; i < list.cells.size(); ++i)
      if (i != at && moves(list.cells[i])) return true;
    return false;
  };
  return (may_rise(c) && (may_rise(list.total) || any_other(may_fall))) ||
         (may_fall(c) && (may_fall(list.total) || any_other(may_rise)));
}

/// The sums of a table are a network: each cell stands in the equation of its line and in that of its column,
/// once with plus and once with minus. A count is not determined exactly if a circle of cells that may move
/// leads through it, whose members rise and fall by one in turn.
class Network {
 public:
  struct Place {
    std::size_t row = 0, column = 0;
  };
  /// What must be hidden beside what is hidden, and what that costs the reader.
  struct Circle {
    std::int64_t cost = 0;
    std::vector<Place> to_hide;
  };

  explicit Network(const Table& table) : table_(table), nodes_(table.rows + table.columns + 2) {}

  /// The cheapest circle through a cell: of no cost if it is free already, nullopt if there is none.
  [[nodiscard]] std::optional<Circle> circle(Place through) const {
    const auto [plus, minus] = ends(through);
    const Cell& c = table_.at(through.row, through.column);
    std::optional<Circle> best;
    if (may_rise(c)) best = path(minus, plus, through);
    if (may_fall(c) && (!best || best->cost > 0)) {
      if (auto other = path(plus, minus, through); other && (!best || other->cost < best->cost)) best = other;
    }
    return best;
  }

 private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  static constexpr std::int64_t a_cell = 1'000'000, a_sum = 3'000'000, the_total = 1'000'000'000;

  /// Dijkstra's way to a node: over which cell, from which node.
  struct Step {
    std::int64_t cost = never;
    bool done = false;
    Place over{};
    std::size_t from = 0;
  };

  [[nodiscard]] std::size_t node_of_column(std::size_t column) const { return table_.rows + 1 + column; }
  [[nodiscard]] std::pair<std::size_t, std::size_t> ends(Place p) const {
    const bool line_is_plus = (p.row < table_.rows) == (p.column < table_.columns);
    return line_is_plus ? std::pair{p.row, node_of_column(p.column)}
                        : std::pair{node_of_column(p.column), p.row};
  }
  /// Of letting it move: nothing if it is hidden anyway.
  [[nodiscard]] std::int64_t cost_of(Place p, bool rises) const {
    Cell c = table_.at(p.row, p.column);
    const bool is_plain = c.shown == Shown::plain;
    if (is_plain) c.shown = Shown::hidden;
    if (!(rises ? may_rise(c) : may_fall(c))) return never;
    if (!is_plain) return 0;
    const bool in_line = p.row == table_.rows;
    const bool in_column = p.column == table_.columns;
    const std::int64_t kind = in_line && in_column ? the_total : in_line || in_column ? a_sum : a_cell;
    return kind + std::min(c.count, a_cell);
  }
  void look_around(std::vector<Step>& steps, std::size_t node, Place skipped) const {
    const bool is_line = node <= table_.rows;
    const std::size_t others = is_line ? table_.columns + 1 : table_.rows + 1;
    for (std::size_t i = 0; i < others; ++i) {
      const Place p = is_line ? Place{node, i} : Place{i, node - table_.rows - 1};
      if (p.row == skipped.row && p.column == skipped.column) continue;
      const auto [plus, minus] = ends(p);
      const std::size_t over = plus == node ? minus : plus;
      const std::int64_t cost = cost_of(p, plus == node);
      if (cost == never || steps[over].done || steps[node].cost + cost >= steps[over].cost) continue;
      steps[over] = {steps[node].cost + cost, false, p, node};
    }
  }
  [[nodiscard]] std::optional<Circle> path(std::size_t from, std::size_t to, Place skipped) const {
    std::vector<Step> steps(nodes_);
    steps[from].cost = 0;
    for (;;) {
      std::size_t next = nodes_;
      for (std::size_t n = 0; n < nodes_; ++n)
        if (!steps[n].done && steps[n].cost < (next == nodes_ ? never : steps[next].cost)) next = n;
      if (next == nodes_) return std::nullopt;
      if (next == to) break;
      steps[next].done = true;
      look_around(steps, next, skipped);
    }
    Circle circle{steps[to].cost, {}};
    for (std::size_t n = to; n != from; n = steps[n].from) {
      const Place p = steps[n].over;
      if (table_.at(p.row, p.column).shown == Shown::plain) circle.to_hide.push_back(p);
    }
    return circle;
  }

  const Table& table_;
  std::size_t nodes_;
};

/// Hides what keeps one small count from being computed; false if there is none left that could be.
bool protect_one(Table& table) {
  for (std::size_t r = 0; r <= table.rows; ++r) {
    for (std::size_t c = 0; c <= table.columns; ++c) {
      if (!needs_protection(table.at(r, c))) continue;
      const auto circle = Network(table).circle({r, c});
      if (circle && circle->to_hide.empty()) continue;
      if (circle) {
        for (const auto& p : circle->to_hide) table.at(p.row, p.column).shown = Shown::hidden;
        return true;
      }
      // Nothing closes a circle: the smallest that is shown goes, until nothing is.
      const auto smallest = std::ranges::min_element(table.cells, {}, [](const Cell& cell) {
        return std::pair(cell.shown != Shown::plain, cell.count);
      });
      if (smallest->shown != Shown::plain) continue;
      smallest->shown = Shown::hidden;
      return true;
    }
  }
  return false;
}

Table with_sums(const std::vector<std::vector<std::int64_t>>& counts, std::size_t columns) {
  Table table{counts.size(), columns, std::vector<Cell>((counts.size() + 1) * (columns + 1))};
  for (std::size_t r = 0; r < table.rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::int64_t n = counts[r][c];
      for (Cell* cell :
           {&table.at(r, c), &table.at(r, columns), &table.at(table.rows, c), &table.cells.back()})
        cell->count += n;
    }
  }
  for (Cell& cell : table.cells) cell = marked(cell.count);
  return table;
}

/// A table of one line or one column says everything twice.
void protect_as_list(Table& table) {
  const bool one_column = table.columns == 1;
  std::vector<std::int64_t> counts;
  for (std::size_t i = 0; i < (one_column ? table.rows : table.columns); ++i)
    counts.push_back(one_column ? table.at(i, 0).count : table.at(0, i).count);
  const List list = protect_list(counts);
  const std::size_t beside = 1;  // the only line or column, and its sum
  for (std::size_t k = 0; k <= beside; ++k) {
    for (std::size_t i = 0; i <= counts.size(); ++i) {
      const Cell& cell = i < counts.size() ? list.cells[i] : list.total;
      (one_column ? table.at(i, k) : table.at(k, i)) = cell;
    }
  }
}

}  // namespace

List protect_list(const std::vector<std::int64_t>& counts, bool total_is_known) {
  List list;
  for (const std::int64_t n : counts) list.cells.push_back(marked(n));
  const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  list.total = total_is_known ? Cell{sum, Shown::plain} : marked(sum);
  const auto determined = [&] {
    for (std::size_t i = 0; i < list.cells.size(); ++i)
      if (needs_protection(list.cells[i]) && !is_free(list, i)) return true;
    return false;
  };
  while (determined()) {
    Cell* smallest = nullptr;
    for (Cell& c : list.cells)
      if (c.shown == Shown::plain && (smallest == nullptr || c.count < smallest->count)) smallest = &c;
    if (smallest == nullptr && list.total.shown == Shown::plain && !total_is_known) smallest = &list.total;
    if (smallest == nullptr) break;
    smallest->shown = Shown::hidden;
  }
  return list;
}

Table protect_table(const std::vector<std::vector<std::int64_t>>& counts, std::size_t columns) {
  Table table = with_sums(counts, columns);
  if (table.rows == 0 || columns == 0) return table;
  if (table.rows == 1 || columns == 1) {
    protect_as_list(table);
    return table;
  }
  while (protect_one(table)) {
  }
  return table;
}

}  // namespace tongdai::small_cells
