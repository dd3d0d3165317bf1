#include "hotline/aggregates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "hotline/case_state.hpp"
#include "hotline/service_lists.hpp"

namespace tongdai::hotline {
namespace {

using small_cells::Shown;

constexpr std::string_view select_cases =
    "SELECT COALESCE(unit_id, 0), urgency, services, opened_at FROM hotline_case WHERE opened_at >= $1 AND "
    "opened_at < "
    "$2";

/// A case as far as it is counted.
struct Counted {
  UnitId unit;  ///< of the level; 0 if not known
  std::string interval;
  Urgency urgency = Urgency::normal;
  std::vector<std::string> services;
};

/// ISO 8601: the week belongs to the year that has its Thursday.
std::string week_of(const text::LocalTime& t) {
  using namespace std::chrono;
  const sys_days day{year{t.year} / month{static_cast<unsigned>(t.month)} /
                     std::chrono::day{static_cast<unsigned>(t.day)}};
  const sys_days thursday = day - days{(t.weekday + 6) % 7} + days{3};
  const year_month_day date{thursday};
  const int number = static_cast<int>((thursday - sys_days{date.year() / 1 / 1}).count()) / 7 + 1;
  return fmt::format("{}-W{:02}", static_cast<int>(date.year()), number);
}

std::string interval_of(TimePoint at, Interval interval, const text::TimeZone& zone) {
  const text::LocalTime t = zone.local(at);
  return interval == Interval::month ? fmt::format("{}-{:02}", t.year, t.month) : week_of(t);
}

/// All of the period, those without a case as well.
std::vector<std::string> intervals_of(const AggregateTerms& terms, const text::TimeZone& zone) {
  std::vector<std::string> all;
  for (TimePoint at = terms.from; at < terms.to; at += std::chrono::days{1}) {
    std::string name = interval_of(at, terms.interval, zone);
    if (all.empty() || all.back() != name) all.push_back(std::move(name));
  }
  std::string last = interval_of(terms.to - Duration{1}, terms.interval, zone);
  if (all.empty() || all.back() != last) all.push_back(std::move(last));
  return all;
}

std::vector<Counted> read_cases(storage::Tx& tx, const AggregateTerms& terms,
                                const directory::UnitLevels& units, const text::TimeZone& zone) {
  return tx.all(
      select_cases,
      [&](const storage::Row& row) {
        return Counted{units.at(row.get<UnitId>(0), terms.level),
                       interval_of(row.get<TimePoint>(3), terms.interval, zone), row.get<Urgency>(1),
                       split_services(row.text(2))};
      },
      terms.from, terms.to);
}

/// All units in force, what else has cases, and the unknown one.
std::vector<UnitId> lines_of(const std::vector<Counted>& cases, const directory::UnitLevels& units,
                             const directory::UnitLevel& level) {
  std::vector<UnitId> lines = units.all(level);
  std::set<UnitId> more;
  for (const Counted& c : cases)
    if (c.unit && std::ranges::find(lines, c.unit) == lines.end()) more.insert(c.unit);
  lines.insert(lines.end(), more.begin(), more.end());
  lines.push_back({});
  return lines;
}

AggregateLine line_of(const directory::UnitLevels& units, UnitId unit) {
  auto named = units.named(unit);
  return {std::move(named.code), std::move(named.name)};
}

template <class T>
std::size_t index_of(const std::vector<T>& all, const T& one) {
  return static_cast<std::size_t>(std::ranges::find(all, one) - all.begin());
}

AggregateTable count_by_unit(const std::vector<Counted>& cases, const std::vector<UnitId>& lines,
                             const std::vector<std::string>& intervals, const directory::UnitLevels& units) {
  std::vector<std::vector<std::int64_t>> counts(lines.size(), std::vector<std::int64_t>(intervals.size()));
  for (const Counted& c : cases) ++counts.at(index_of(lines, c.unit)).at(index_of(intervals, c.interval));
  AggregateTable table;
  for (const UnitId unit : lines) table.lines.push_back(line_of(units, unit));
  for (const std::string& name : intervals) table.columns.push_back({name, ""});
  table.counts = small_cells::protect_table(counts, intervals.size());
  return table;
}

/// A unit whose number of cases is hidden has no line of its own: the others' sum follows from by_unit
/// already.
AggregateTable count_by_service(const std::vector<Counted>& cases, const std::vector<UnitId>& lines,
                                const AggregateTable& by_unit, const directory::UnitLevels& units) {
  std::set<std::string> named;
  for (const Counted& c : cases) named.insert(c.services.begin(), c.services.end());
  const std::vector<std::string> services(named.begin(), named.end());
  AggregateTable table;
  std::map<UnitId, std::size_t> place;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (by_unit.counts.at(i, by_unit.counts.columns).shown != Shown::plain || !lines[i]) continue;
    place[lines[i]] = table.lines.size();
    table.lines.push_back(line_of(units, lines[i]));
  }
  const std::size_t others = table.lines.size();
  table.lines.emplace_back();
  std::vector<std::vector<std::int64_t>> counts(table.lines.size(),
                                                std::vector<std::int64_t>(services.size()));
  for (const Counted& c : cases) {
    const auto own = place.find(c.unit);
    auto& line = counts.at(own == place.end() ? others : own->second);
    for (const std::string& service : c.services) ++line.at(index_of(services, service));
  }
  for (const std::string& service : services) table.columns.push_back({service, ""});
  table.counts = small_cells::protect_table(counts, services.size());
  return table;
}

}  // namespace

Aggregates aggregate(storage::Tx& tx, const AggregateTerms& terms, const text::TimeZone& zone) {
  const directory::UnitLevels units(tx);
  const auto cases = read_cases(tx, terms, units, zone);
  const auto lines = lines_of(cases, units, terms.level);
  Aggregates all;
  all.by_unit = count_by_unit(cases, lines, intervals_of(terms, zone), units);
  all.cases = all.by_unit.counts.total();
  if (all.cases.shown != Shown::plain) return all;
  std::vector<std::int64_t> urgencies(EnumNames<Urgency>::names.size());
  for (const Counted& c : cases) ++urgencies.at(static_cast<std::size_t>(c.urgency));
  for (const std::string_view name : EnumNames<Urgency>::names)
    all.urgencies.push_back({std::string(name), ""});
  all.by_urgency = small_cells::protect_list(urgencies);
  if (all.by_urgency.total.shown != Shown::plain) {  // it is told already
    all.urgencies.clear();
    all.by_urgency = {};
  }
  all.by_service = count_by_service(cases, lines, all.by_unit, units);
  return all;
}

}  // namespace tongdai::hotline
