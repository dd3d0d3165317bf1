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

Schedule read_schedule(config::Reader& r, Class klass, TimePoint now) {
  Schedule s;
  s.start = r.maybe_time("start").value_or(now);
  s.end = r.maybe_time("end").value_or(std::max(s.start, now) + default_run);
  if (s.end <= s.start) r.fault("end", "must be later than start");
  s.rate = static_cast<int>(r.integer("rate", 1, rate_max, 0));
  s.windows = read_windows(r, klass);
  return s;
}

}  // namespace tongdai::campaigns
