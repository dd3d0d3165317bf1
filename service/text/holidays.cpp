#include "text/holidays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tongdai::text {
namespace {

constexpr std::chrono::days span_max{31};  // a longer one is a mistake of the year

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (bad != std::errc() || end != digits.data() + digits.size() || digits.front() == '-')
    return std::nullopt;
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view written) {
  if (written.size() != 10 || written[4] != '-' || written[7] != '-') return std::nullopt;
  const auto year = number(written.substr(0, 4)), month = number(written.substr(5, 2)),
             day = number(written.substr(8));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<Date> parse_day(std::string_view written) {
  if (written.size() != 10 || written[2] != '/' || written[5] != '/') return parse_date(written);
  return parse_date(fmt::format("{}-{}-{}", written.substr(6), written.substr(3, 2), written.substr(0, 2)));
}

std::string print(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Date date_of(const LocalTime& local) {
  return {std::chrono::year{local.year}, std::chrono::month(static_cast<unsigned>(local.month)),
          std::chrono::day(static_cast<unsigned>(local.day))};
}

std::optional<Date> read_date(config::Reader& r, std::string_view key) {
  const auto written = r.maybe_text(key);
  if (!written) return std::nullopt;
  const auto date = parse_date(*written);
  if (!date) {
    r.fault(key, fmt::format("must be a day such as \"2026-09-02\", got \"{}\"", written->substr(0, 40)));
  }
  return date;
}

TimePoint begin_of(Date date, const TimeZone& zone) {
  // No zone is more than a day away from UTC: the search begins before the day does.
  for (TimePoint t = std::chrono::sys_days{date} - std::chrono::days{2};;) {
    t = zone.next_at(t, 0);
    if (std::chrono::sys_days{date_of(zone.local(t))} >= std::chrono::sys_days{date}) return t;
    t += Duration{1};
  }
}

Holidays Holidays::read(const config::Node& document, config::Faults& faults) {
  Holidays holidays;
  config::Reader top(document, "", faults);
  if (!top.has("holiday")) top.fault("holiday", "is required: one [[holiday]] each");
  top.tables("holiday", [&](config::Reader& r, std::size_t) {
    const bool single = r.has("date");
    if (single && (r.has("from") || r.has("to")))
      r.fault("date", "stands alone, or from and to in its place");
    if (!single && !(r.has("from") && r.has("to"))) r.fault("date", "is required, or from and to");
    const auto date = read_date(r, "date"), from = read_date(r, "from"), to = read_date(r, "to");
    const std::string name = r.text("name");
    const auto first = single ? date : from, last = single ? date : to;
    if (!first || !last) return;
    const auto days = std::chrono::sys_days{*last} - std::chrono::sys_days{*first};
    if (days < std::chrono::days{0}) return r.fault("to", "must not be before from");
    if (days >= span_max) return r.fault("to", fmt::format("must be within {} days", span_max.count()));
    holidays.spans_.push_back({*first, *last, name});
  });
  return holidays;
}

std::optional<std::string_view> Holidays::on(Date date) const {
  const auto found =
      std::ranges::find_if(spans_, [&](const Span& s) { return s.first <= date && date <= s.last; });
  if (found == spans_.end()) return std::nullopt;
  return found->name;
}

bool Holidays::knows(std::chrono::year year) const {
  return std::ranges::any_of(spans_, [&](const Span& s) { return s.first.year() == year; });
}

}  // namespace tongdai::text
