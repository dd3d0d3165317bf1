#pragma once

#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/small_cells.hpp"
#include "core/time.hpp"
#include "directory/unit_levels.hpp"
#include "storage/tx.hpp"
#include "text/time_zone.hpp"

/// How many cases there were, for those who may see none of them: no count below 5, nor what would give one
/// away (FIELD §5.29). The tables share nothing but the sum of all, so that they cannot be held against each
/// other; a second period that overlaps could be: publish one.
namespace tongdai::hotline {

enum class Interval : std::uint8_t { month, week };

/// What a line of a table is.
struct AggregateLine {
  std::string
      key;  ///< the unit's code, "2021-11", "2021-W46", an urgency, a service; "" for not known or all others
  std::string name;  ///< of a unit, else ""
  friend bool operator==(const AggregateLine&, const AggregateLine&) = default;
};

struct AggregateTable {
  std::vector<AggregateLine> lines;
  std::vector<AggregateLine> columns;
  small_cells::Table counts;
};

struct Aggregates {
  small_cells::Cell cases;  ///< opened in the period
  /// By unit and interval. All units that stand are there, so that a line does not tell of a case.
  AggregateTable by_unit;
  /// Empty when the sum itself is not shown, or would give them away.
  std::vector<AggregateLine> urgencies;
  small_cells::List by_urgency;
  /// Cases by the services they need, each counted in each; the units of which by_unit shows the number, and
  /// all others together (""). Empty when the sum itself is not shown.
  AggregateTable by_service;
};

struct AggregateTerms {
  TimePoint from{}, to{};  ///< opened in [from, to)
  Interval interval = Interval::month;
  directory::UnitLevel level{};
};

/// A reader.
[[nodiscard]] Aggregates aggregate(storage::Tx& tx, const AggregateTerms& terms, const text::TimeZone& zone);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Interval> {
  static constexpr std::array<std::string_view, 2> names{"month", "week"};
};
