#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Tables of people that may be published (FIELD §5.29): a count below `least_shown` is not shown, nor is
/// what would give it away by subtraction from the sums. Zero is a count below it as well: that nobody
/// reported in a village tells as much as that one did. Pure; any thread.
namespace tongdai::small_cells {

inline constexpr std::int64_t least_shown = 5;

enum class Shown : std::uint8_t {
  plain,   ///< as it is
  below,   ///< "<5"
  hidden,  ///< at least 5, and not told, for it would give another one away
};

struct Cell {
  std::int64_t count = 0;
  Shown shown = Shown::plain;
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// A row of counts with their sum.
struct List {
  std::vector<Cell> cells;
  Cell total;
};

/// A table with the sums of its rows, of its columns and of all.
struct Table {
  std::size_t rows = 0, columns = 0;
  std::vector<Cell> cells;  ///< rows + 1 lines of columns + 1; the last of each is the sum

  [[nodiscard]] const Cell& at(std::size_t row, std::size_t column) const {
    return cells[row * (columns + 1) + column];
  }
  [[nodiscard]] Cell& at(std::size_t row, std::size_t column) { return cells[row * (columns + 1) + column]; }
  [[nodiscard]] const Cell& total() const { return cells.back(); }
};

/// From all that is shown, with the meaning of the marks known, no count of 1 to 4 can be computed. With
/// `total_is_known` the sum is told elsewhere: it stays, and of a list that has but small ones they may
/// follow from it.
[[nodiscard]] List protect_list(const std::vector<std::int64_t>& counts, bool total_is_known = false);

/// `counts`: the lines, each of `columns` counts. The same holds for the whole table.
[[nodiscard]] Table protect_table(const std::vector<std::vector<std::int64_t>>& counts, std::size_t columns);

}  // namespace tongdai::small_cells
