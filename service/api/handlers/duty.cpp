#include <fstream>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/coverage.hpp"
#include "directory/units.hpp"

namespace tongdai::api {
namespace {

constexpr int days_default = 14;
constexpr int days_max = 31;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t shifts_max = 1000;  // of one facility in 31 days

struct CoverageQuery {
  int days = days_default;
  std::string unit;
  Page page;
};

struct RotaQuery {
  std::string facility;
  std::optional<TimePoint> from, to;
  Page page;
};

int read_days(config::Reader& r) {
  const auto written = r.maybe_text("days");
  if (!written) return days_default;
  const auto days = parse_id(*written);
  if (days && *days <= days_max) return static_cast<int>(*days);
  r.fault("days", "must be between 1 and 31");
  return days_default;
}

Json show(const directory::Gap& gap, TimePoint now) {
  return {{"unit", gap.unit},
          {"unit_name", gap.unit_name},
          {"service", text_or_null(gap.service)},
          {"from", time_json(gap.from)},
          {"to", time_json(gap.to)},
          {"now", gap.from <= now}};
}

Json show(const directory::Shift& shift) {
  return {{"facility", shift.facility},
          {"phone", shift.phone.reveal()},
          {"from", time_json(shift.from)},
          {"to", time_json(shift.to)},
          {"duty", shift.duty}};
}

struct Rota {
  std::string from, to;
  std::vector<directory::WrittenShift> shifts;
};

Rota read_rota(config::Reader& r, const Context& context) {
  Rota rota{r.text("from"), r.text("to"), {}};
  r.tables("shifts", [&](config::Reader& s, std::size_t) {
    rota.shifts.push_back({read_phone(s, "phone", context.plan, true), s.text("from"), s.text("to"),
                           s.one_of("duty", {"on", "off"}, "on")});
  });
  if (rota.shifts.size() > shifts_max) r.fault("shifts", "must be at most 1000");
  return rota;
}

}  // namespace

Answer set_duty(Context& context, const Request& request) {
  const auto rota = read_body(request, [&](config::Reader& r) { return read_rota(r, context); });
  if (!rota) co_return rota.error();
  const std::string name(request.place("name"));
  config::Faults faults;
  const auto set = co_await context.database.writer().run([&](storage::Tx& tx) {
    return directory::set_shifts(tx, name, rota->from, rota->to, rota->shifts, context.plan, context.zone,
                                 faults);
  });
  if (!set) co_return problem(set.error());
  if (!faults.empty()) co_return bad_request(faults);
  co_return json_response(200, {{"facility", name}, {"shifts", rota->shifts.size()}});
}

Answer show_coverage(Context& context, const Request& request) {
  const auto query = read_query(request, [](config::Reader& r) {
    return CoverageQuery{read_days(r), r.text("unit", ""), read_page(r)};
  });
  if (!query) co_return query.error();
  const TimePoint now = context.clock.now();
  const auto gaps =
      co_await context.database.readers().run([&](storage::Tx& tx) -> Result<std::vector<directory::Gap>> {
        directory::CoverageTerms terms{now, now + std::chrono::days(query->days)};
        if (!query->unit.empty()) {
          terms.unit = directory::unit_by_code(tx, query->unit, now);
          if (!terms.unit) return fail(Code::not_found, "unit: there is no unit of this code");
        }
        return directory::coverage_gaps(tx, terms, {context.zone, context.almanac.holidays.get()});
      });
  if (!gaps) co_return problem(gaps.error());
  co_return json_response(
      200, page_of(*gaps, query->page, [now](const directory::Gap& gap) { return show(gap, now); }));
}

Answer import_duty(Context& context, const Request& request) {
  const auto report = co_await context.database.writer().run([&](storage::Tx& tx) {
    std::ifstream csv(request.upload, std::ios::binary);
    return directory::import_duty(tx, csv, context.plan, context.zone);
  });
  co_return report ? json_response(200, report_json(*report)) : problem(report.error());
}

Answer list_duty(Context& context, const Request& request) {
  const auto query = read_query(request, [](config::Reader& r) {
    return RotaQuery{read_bounded(r, "facility", name_bytes_max), read_day(r, "from"), read_day(r, "to"),
                     read_page(r)};
  });
  if (!query) co_return query.error();
  const TimePoint now = context.clock.now();
  const auto shifts = co_await context.database.readers().run([&](storage::Tx& tx) {
    const std::int64_t most = query->page.number() + query->page.limit + 1;
    return directory::list_shifts(tx, query->from.value_or(now), query->to.value_or(TimePoint::max()),
                                  query->facility, static_cast<int>(std::min<std::int64_t>(most, INT32_MAX)));
  });
  co_return json_response(200,
                          page_of(shifts, query->page, [](const directory::Shift& s) { return show(s); }));
}

}  // namespace tongdai::api
