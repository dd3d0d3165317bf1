#include "directory/coverage.hpp"

#include <algorithm>

#include "directory/facilities.hpp"

namespace tongdai::directory {
namespace {

struct Unit {
  UnitId id;
  std::string code, name;
};

constexpr std::string_view select_leaves =
    "SELECT u.id, u.code, u.name FROM unit u WHERE (u.valid_to IS NULL OR u.valid_to > $1) AND u.valid_from "
    "<= $1 "
    "AND ($2 = 0 OR u.id = $2) AND NOT EXISTS (SELECT 1 FROM unit p WHERE p.parent_id = u.id AND (p.valid_to "
    "IS "
    "NULL OR p.valid_to > $1)) ORDER BY u.name, u.id";
constexpr std::string_view select_offered = "SELECT DISTINCT service FROM facility_service ORDER BY service";

std::vector<TimePoint> instants(TimePoint from, TimePoint to) {
  std::vector<TimePoint> all;
  const auto since = from.time_since_epoch();
  for (TimePoint t{since - since % coverage_step}; t < to; t += coverage_step)
    all.push_back(std::max(t, from));
  return all;
}

std::vector<std::string> services_of(storage::Tx& tx, const CoverageTerms& terms) {
  if (!terms.services.empty()) return terms.services;
  std::vector<std::string> all{""};
  tx.each(select_offered, [&](const storage::Row& row) { all.push_back(row.text(0)); });
  return all;
}

/// The runs of instants without anybody.
void add_gaps(std::vector<Gap>& gaps, const Unit& unit, const std::string& service, const DutyWatch& watch,
              const std::vector<bool>& served, TimePoint to) {
  for (std::size_t i = 0; i < served.size();) {
    if (served[i]) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < served.size() && !served[i]) ++i;
    gaps.push_back({unit.id, unit.code, unit.name, service, watch.instants()[begin],
                    i < served.size() ? watch.instants()[i] : to});
  }
}

}  // namespace

std::vector<Gap> coverage_gaps(storage::Tx& tx, const CoverageTerms& terms, const DutyCalendar& calendar) {
  const TimePoint to = std::min<TimePoint>(terms.to, terms.from + coverage_max);
  DutyWatch watch(tx, instants(terms.from, to), calendar);
  const auto units = tx.all(
      select_leaves,
      [](const storage::Row& row) { return Unit{row.get<UnitId>(0), row.text(1), row.text(2)}; }, terms.from,
      terms.unit.value_or(UnitId{}));
  const auto services = services_of(tx, terms);
  std::vector<Gap> gaps;
  for (const Unit& unit : units) {
    if (terms.is_served_only && facilities_for(tx, "", unit.id, terms.from).empty()) continue;
    for (const std::string& service : services)
      add_gaps(gaps, unit, service, watch, watch.of_unit(unit.id, service), to);
  }
  return gaps;
}

}  // namespace tongdai::directory
