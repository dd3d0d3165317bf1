#include <fmt/format.h>

#include <algorithm>

#include "campaigns/spec_parts.hpp"
#include "text/template.hpp"

namespace tongdai::campaigns {
namespace {

/// The days of the week that are named; none after a fault.
text::Weekdays read_days(config::Reader& r, bool weekly) {
  text::Weekdays every{};
  every.fill(true);
  const auto names = r.texts("on");
  if (!weekly) {
    if (r.has("on")) r.fault("on", "must be left out: it goes out every day");
    return every;
  }
  if (names.empty()) {
    r.fault("on", "is required with every = \"week\": days such as \"Mon\", \"Thu\"");
    return every;
  }
  text::Weekdays days{};
  for (const std::string& name : names) {
    const auto named = text::weekdays(name);
    if (!named)
      r.fault("on", fmt::format("must be days such as \"Mon\", \"Thu\", got \"{}\"", name.substr(0, 40)));
    for (std::size_t d = 0; named && d < days.size(); ++d) days[d] = days[d] || (*named)[d];
  }
  return days;
}

std::vector<text::Date> read_dates(config::Reader& r) {
  std::vector<text::Date> dates;
  for (const std::string& written : r.texts("dates")) {
    if (const auto date = text::parse_date(written)) {
      dates.push_back(*date);
    } else {
      r.fault("dates", fmt::format("must be days such as \"2021-11-25\", got \"{}\"", written.substr(0, 40)));
    }
  }
  std::ranges::sort(dates);
  const auto twice = std::ranges::adjacent_find(dates);
  if (twice != dates.end()) r.fault("dates", fmt::format("names {} twice", text::print(*twice)));
  if (dates.size() > steps_max)
    r.fault("dates", fmt::format("must be at most {} days, got {}", steps_max, dates.size()));
  return dates;
}

}  // namespace

std::optional<Repeat> read_repeat(config::Reader& r) {
  const std::size_t before = r.faults().size();
  Repeat repeat;
  if (r.has("dates")) {
    for (const char* key : {"every", "on", "until"}) {
      if (r.has(key)) r.fault(key, "must be left out: dates names the days");
    }
    repeat.dates = read_dates(r);
    if (repeat.dates.empty()) r.fault("dates", "must name at least one day");
  } else if (!r.has("every")) {
    r.fault("every", "is required: \"day\" or \"week\"; or dates");
  } else {
    repeat.on = read_days(r, r.one_of("every", {"day", "week"}) == "week");
    repeat.until = text::read_date(r, "until");
    if (!r.has("until")) r.fault("until", "is required: the last day");
  }
  if (r.faults().size() > before) return std::nullopt;
  return repeat;
}

Drip read_drip(config::Reader& r) {
  Drip drip;
  drip.column = r.text("column");
  if (!drip.column.empty() && !text::is_placeholder(drip.column))
    r.fault("column", "must be an own column of the list, of a-z, 0-9 and _");
  drip.days = static_cast<int>(r.integer("days", -Drip::days_max, Drip::days_max, 0));
  return drip;
}

SpecStep read_step(config::Reader& r, Class klass) {
  SpecStep step;
  step.title = r.text("title", "");
  check_size(r, "title", step.title, title_bytes_max);
  for (const char* key : {"start", "end"}) {
    if (!r.has(key)) r.fault(key, "is required: a time with its offset, such as 2021-11-25T07:00:00+07:00");
  }
  const auto start = r.maybe_time("start"), end = r.maybe_time("end");
  if (start && end && *end <= *start) r.fault("end", "must be later than start");
  step.start = start.value_or(TimePoint{});
  step.end = end.value_or(TimePoint{});
  r.tables("text",
           [&](config::Reader& t, std::size_t) { step.texts.push_back(read_text(t, klass, step.texts)); });
  return step;
}

Canary read_canary(config::Reader& r) {
  constexpr std::int64_t size_max = 100'000, wait_minutes_max = 24 * 60;
  Canary c;
  c.size = static_cast<int>(r.integer("size", 1, size_max));
  c.failures_max_percent =
      static_cast<int>(r.integer("failures_max_percent", 0, 100, c.failures_max_percent));
  c.opt_outs_max_percent =
      static_cast<int>(r.integer("opt_outs_max_percent", 0, 100, c.opt_outs_max_percent));
  c.wait = std::chrono::minutes{r.integer("wait_minutes", 1, wait_minutes_max,
                                          std::chrono::duration_cast<std::chrono::minutes>(c.wait).count())};
  return c;
}

}  // namespace tongdai::campaigns
