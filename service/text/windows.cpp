#include "text/windows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/hours.hpp"

namespace tongdai::text {
namespace {

constexpr int day_minutes = 24 * 60;
constexpr std::size_t shown_max = 40;  // bytes of a wrong window, in the fault
constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::optional<std::size_t> day_of(std::string_view name) {
  const auto at = std::ranges::find(day_names, name);
  if (at == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - day_names.begin());
}

}  // namespace

std::optional<int> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int digits[4];
  for (int i = 0, n = 0; i < 5; ++i) {
    if (i == 2) continue;
    const char c = text[static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') return std::nullopt;
    digits[n++] = c - '0';
  }
  const int value = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3];
  if (digits[2] > 5 || value > day_minutes) return std::nullopt;
  return value;
}

std::optional<Weekdays> weekdays(std::string_view list) {
  Weekdays days{};
  if (list.empty()) return std::nullopt;
  for (bool more = true; more;) {
    const std::size_t to = std::min(list.find(','), list.size());
    const std::string_view range = list.substr(0, to);
    const std::size_t dash = range.find('-');
    const auto first = day_of(range.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_of(range.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
      days[day] = true;
      if (day == *last) break;
    }
    more = to < list.size();
    list.remove_prefix(std::min(to + 1, list.size()));
  }
  return days;
}

std::optional<DayWindows::Window> DayWindows::parse_one(std::string_view written) {
  Window window;
  window.days.fill(true);
  const std::size_t blank = written.find(' ');
  if (blank != std::string_view::npos) {
    const auto days = weekdays(written.substr(0, blank));
    if (!days) return std::nullopt;
    window.days = *days;
    written.remove_prefix(blank + 1);
  }
  if (written.size() != 11 || written[5] != '-') return std::nullopt;
  const auto from = minute_of_day(written.substr(0, 5)), to = minute_of_day(written.substr(6));
  if (!from || !to || *from == day_minutes || *from == *to) return std::nullopt;
  window.from = *from;
  window.to = *to;
  return window;
}

Result<DayWindows> DayWindows::parse(const std::vector<std::string>& windows) {
  DayWindows parsed;
  for (const std::string& written : windows) {
    const auto window = parse_one(written);
    if (!window) {
      return fail(Code::invalid,
                  fmt::format("must be hours such as 07:00-11:30 or Mon-Fri 07:00-11:30 (24:00 "
                              "may end one), got \"{}\"",
                              written.substr(0, shown_max)));
    }
    parsed.windows_.push_back(*window);
    parsed.written_.push_back(written);
  }
  return parsed;
}

bool DayWindows::covers(int weekday, int minute) const {
  if (windows_.empty()) return true;
  const auto today = static_cast<std::size_t>(weekday);
  const std::size_t yesterday = (today + 6) % 7;
  return std::ranges::any_of(windows_, [&](const Window& w) {
    if (w.from < w.to) return w.days[today] && minute >= w.from && minute < w.to;
    return (w.days[today] && minute >= w.from) || (w.days[yesterday] && minute < w.to);
  });
}

bool DayWindows::open_at(TimePoint t, const TimeZone& zone) const {
  const LocalTime local = zone.local(t);
  return covers(local.weekday, local.minute_of_day);
}

TimePoint DayWindows::next_open(TimePoint t, const TimeZone& zone) const {
  return Hours(*this, zone).next_open(t);
}

TimePoint DayWindows::next_boundary(TimePoint t, const TimeZone& zone) const {
  const TimePoint behind = t + Duration{1};
  TimePoint first = zone.next_at(behind, 0);
  for (const Window& w : windows_) {
    first = std::min(first, zone.next_at(behind, w.from));
    first = std::min(first, zone.next_at(behind, w.to));
  }
  return std::min(first, zone.next_change(t).value_or(first));
}

bool DayWindows::within(const DayWindows& outer) const {
  for (int day = 0; day < 7; ++day) {
    for (int m = 0; m < day_minutes; ++m) {
      if (covers(day, m) && !outer.covers(day, m)) return false;
    }
  }
  return true;
}

}  // namespace tongdai::text
