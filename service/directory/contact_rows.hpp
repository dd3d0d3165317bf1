#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"
#include "directory/csv.hpp"
#include "text/numbering_plan.hpp"

namespace tongdai::directory {

/// A row of a contact file, checked as far as that goes without the database.
struct ContactRow {
  Phone phone;
  std::string name, unit, language;
  std::vector<std::string> groups;
  std::vector<std::string> tags;
  bool consents = false;                  ///< to advertising
  std::optional<TimePoint> consented_at;  ///< when they did so, if the file says it
};

[[nodiscard]] CsvReader::Columns contact_columns();
/// Error: invalid, naming the column, the fault and what is allowed; never a number or a name.
[[nodiscard]] Result<ContactRow> read_contact(const CsvRow& row, const text::NumberingPlan& plan);

/// Some rows of a contact file, in an order that the database takes in fastest: numbers that are near to each
/// other follow each other, so that few pages of the index change with each commit. Neighbourhoods, though,
/// come in no order: a blast that follows the directory spreads over all carriers. The order depends on the
/// rows alone: an import that was cut off finds its place again.
class ContactRun {
 public:
  struct Line {
    std::int64_t line = 0;  ///< of the file, from 1
    Result<ContactRow> row;
  };

  void add(Line line);
  /// After the last row.
  void arrange();
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }
  /// By its place in the order; after `arrange`.
  [[nodiscard]] const Line& at(std::size_t place) const { return lines_[order_[place]]; }

 private:
  std::deque<Line> lines_;                                   // as they stand in the file
  std::map<std::string, std::vector<std::size_t>> near_by_;  // by the first digits
  std::vector<std::size_t> order_;
};

}  // namespace tongdai::directory
