#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tongdai::report {

/// What stands in a place of a table; how it looks is the file's business.
struct Cell {
  enum class Kind : std::uint8_t {
    empty,
    text,   ///< never a formula, whatever it begins with
    count,  ///< a whole number
    share,  ///< 0..1
    money,  ///< in the currency that the table names
  };
  Kind kind = Kind::empty;
  std::string text{};
  double number = 0;  ///< of all kinds but text

  [[nodiscard]] static Cell of(std::string text) { return {Kind::text, std::move(text), 0}; }
  [[nodiscard]] static Cell count(std::int64_t n) { return {Kind::count, {}, static_cast<double>(n)}; }
  [[nodiscard]] static Cell share(double share) { return {Kind::share, {}, share}; }
  [[nodiscard]] static Cell money(double amount) { return {Kind::money, {}, amount}; }
};

using Cells = std::vector<Cell>;

}  // namespace tongdai::report
