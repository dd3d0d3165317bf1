#include <fmt/format.h>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/calendar.hpp"

namespace tongdai::api {
namespace {

constexpr std::chrono::days shown_by_default{31};

struct Range {
  text::Date first, last;
};

Range read_range(config::Reader& r, text::Date today) {
  const auto from = text::read_date(r, "from"), to = text::read_date(r, "to");
  Range range{from.value_or(today), {}};
  const std::chrono::sys_days first{range.first};
  range.last = to.value_or(text::Date{first + shown_by_default - std::chrono::days{1}});
  const auto days = std::chrono::sys_days{range.last} - first;
  if (days < std::chrono::days{0}) r.fault("to", "must not be before from");
  if (days >= std::chrono::days{campaigns::calendar_days_max})
    r.fault("to", fmt::format("must be within {} days of from", campaigns::calendar_days_max));
  return range;
}

/// "07:00-11:30", in the service's zone; "24:00" ends a day.
std::string print(const text::Hours::Span& span, const text::TimeZone& zone) {
  const int from = zone.local(span.from).minute_of_day;
  const int to = zone.local(span.to).minute_of_day;
  const int last = to == 0 ? 24 * 60 : to;
  return fmt::format("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, last / 60, last % 60);
}

Json show(const campaigns::CalendarEntry& e, const text::TimeZone& zone) {
  Json hours = Json::array();
  for (const auto& span : e.hours) hours.push_back(print(span, zone));
  const campaigns::Campaign& c = e.campaign;
  return {{"id", to_string(c.id)},
          {"title", c.title},
          {"state", name_of(c.state)},
          {"series", c.series != 0 ? Json(std::to_string(c.series)) : Json()},
          {"hours", std::move(hours)}};
}

Json show(const campaigns::CalendarDay& day, const text::TimeZone& zone) {
  Json entries = Json::array();
  for (const auto& e : day.entries) entries.push_back(show(e, zone));
  return {{"date", text::print(day.date)},
          {"holiday", day.holiday ? Json(*day.holiday) : Json()},
          {"campaigns", std::move(entries)}};
}

}  // namespace

Answer show_calendar(Context& context, const Request& request) {
  const text::TimeZone& zone = context.almanac.zone;
  const text::Date today = text::date_of(zone.local(context.clock.now()));
  const auto range = read_query(request, [today](config::Reader& r) { return read_range(r, today); });
  if (!range) co_return range.error();
  const Json days = co_await context.database.readers().run([&](storage::Tx& tx) {
    Json list = Json::array();
    for (const auto& day : campaigns::calendar(tx, context.almanac, range->first, range->last))
      list.push_back(show(day, zone));
    return list;
  });
  co_return json_response(200, {{"days", days}});
}

}  // namespace tongdai::api
