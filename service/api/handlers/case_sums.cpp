#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/aggregates.hpp"
#include "text/holidays.hpp"

/// How many cases there were, week by week: sums for charts, without any number below five nor what would
/// give one away.
namespace tongdai::api {
namespace {

using small_cells::Shown;

// No period of the caller's choice: two that overlap could be held against each other.
constexpr int weeks = 12;

/// A number only where it may be told.
Json show(const small_cells::Cell& cell) {
  switch (cell.shown) {
    case Shown::plain:
      return {{"shown", "plain"}, {"count", cell.count}};
    case Shown::below:
      return {{"shown", "below"}, {"count", Json()}};
    case Shown::hidden:
      break;
  }
  return {{"shown", "hidden"}, {"count", Json()}};
}

Json show(const std::vector<hotline::AggregateLine>& lines) {
  Json json = Json::array();
  for (const auto& line : lines)
    json.push_back({{"key", text_or_null(line.key)}, {"name", text_or_null(line.name)}});
  return json;
}

/// The last line and column are the sums.
Json show(const hotline::AggregateTable& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; !table.counts.cells.empty() && row <= table.counts.rows; ++row) {
    Json cells = Json::array();
    for (std::size_t column = 0; column <= table.counts.columns; ++column)
      cells.push_back(show(table.counts.at(row, column)));
    rows.push_back(std::move(cells));
  }
  return {{"lines", show(table.lines)}, {"columns", show(table.columns)}, {"counts", std::move(rows)}};
}

/// The last whole weeks, from Monday to Monday of the service's zone.
hotline::AggregateTerms terms_of(TimePoint now, const text::TimeZone& zone) {
  using std::chrono::days;
  const text::LocalTime t = zone.local(now);
  const std::chrono::sys_days monday = std::chrono::sys_days{text::date_of(t)} - days{(t.weekday + 6) % 7};
  hotline::AggregateTerms terms;
  terms.from = text::begin_of(monday - days{7 * weeks}, zone);
  terms.to = text::begin_of(monday, zone);
  terms.interval = hotline::Interval::week;
  return terms;
}

}  // namespace

Answer sum_cases(Context& context, const Request& request) {
  (void)request;
  const auto terms = terms_of(context.clock.now(), context.zone);
  const auto sums = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return hotline::aggregate(tx, terms, context.zone); });
  Json urgencies = Json::array();
  for (std::size_t i = 0; i < sums.urgencies.size(); ++i)
    urgencies.push_back({{"urgency", sums.urgencies[i].key}, {"cases", show(sums.by_urgency.cells[i])}});
  co_return json_response(200, {{"from", time_json(terms.from)},
                                {"to", time_json(terms.to)},
                                {"cases", show(sums.cases)},
                                {"by_unit", show(sums.by_unit)},
                                {"by_urgency", std::move(urgencies)},
                                {"by_service", show(sums.by_service)}});
}

}  // namespace tongdai::api
