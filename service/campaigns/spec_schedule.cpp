#include <fmt/format.h>

#include <algorithm>

#include "campaigns/spec_parts.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::chrono::days default_run{31};
constexpr std::int64_t rate_max = 100'000;

/// Blasts go out by day, also where the law would let them go at night (Decree 91/2020 Art. 13 for
/// advertising).
const std::vector<std::string> day_hours{"07:00-22:00"};

text::DayWindows read_windows(config::Reader& r, Class klass) {
  const auto written = r.texts("windows");
  const auto day = text::DayWindows::parse(day_hours);
  auto windows = text::DayWindows::parse(written.empty() ? day_hours : written);
  if (!windows) {
    r.fault("windows", windows.error().what);
    return {};
  }
  if (klass == Class::advertising && day && !windows->within(*day)) {
    r.fault("windows", "must lie within 07:00-22:00 for advertising (Decree 91/2020)");
  }
  return std::move(*windows);
}

}  // namespace

Schedule default_schedule(TimePoint now) {
  Schedule s;
  s.start = now;
  s.end = now + default_run;
  if (auto day = text::DayWindows::parse(day_hours)) s.windows = std::move(*day);
  return s;
}

void read_schedule(config::Reader& r, TimePoint now, Spec& spec) {
  Schedule& s = spec.schedule;
  r.table("repeat", [&](config::Reader& repeat) { spec.repeat = read_repeat(repeat); });
  r.table("drip", [&](config::Reader& drip) { spec.drip = read_drip(drip); });
  if (spec.drip && spec.audience.lists.size() != 1)
    r.fault("drip", "needs exactly one list in audience.lists: its column has the days");
  if (spec.drip && r.has("repeat"))
    r.fault("repeat", "must be left out: the days of the drip are the list's");
  if (!spec.steps.empty()) {
    for (const char* key : {"start", "end", "repeat", "drip"}) {
      if (r.has(key)) r.fault(key, "must be left out: each [[step]] has its own start and end");
    }
  } else if (r.has("end") && (r.has("repeat") || r.has("drip"))) {
    r.fault("end", fmt::format("must be left out: schedule.{} says when it ends",
                               r.has("repeat") ? "repeat" : "drip"));
  }
  const auto start = r.maybe_time("start");
  s.start = start.value_or(now);
  s.end = r.maybe_time("end").value_or(std::max(s.start, now) + default_run);
  // Of a start that cannot be read nothing follows for the end.
  if (s.end <= s.start && (start || !r.has("start"))) r.fault("end", "must be later than start");
  s.rate = static_cast<int>(r.integer("rate", 1, rate_max, 0));
  s.windows = read_windows(r, spec.klass);
  s.skip_holidays = r.one_of("holidays", {"send", "skip"}, "send") == "skip";
  s.gateway = r.text("gateway", "");
  spec.paced_by_cases = r.boolean("paced_by_cases", true);
}

}  // namespace tongdai::campaigns
