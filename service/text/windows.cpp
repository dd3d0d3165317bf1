#include "text/windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tongdai::text {
namespace {

constexpr int day_minutes = 24 * 60;

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

Result<DayWindows> DayWindows::parse(const std::vector<std::string>& windows) {
  DayWindows parsed;
  for (const std::string& written : windows) {
    const auto from = minute_of_day(std::string_view(written).substr(0, 5));
    const auto to = written.size() == 11 && written[5] == '-'
                        ? minute_of_day(std::string_view(written).substr(6))
                        : std::nullopt;
    if (!from || !to || *from == day_minutes || *from == *to) {
      return fail(Code::invalid,
                  fmt::format("must be hours such as 07:00-11:30 (24:00 may end one), got \"{}\"", written));
    }
    parsed.windows_.push_back({*from, *to});
    parsed.written_.push_back(written);
  }
  return parsed;
}

bool DayWindows::covers(int minute) const {
  if (windows_.empty()) return true;
  for (const Window& w : windows_) {
    if (w.from < w.to ? minute >= w.from && minute < w.to : minute >= w.from || minute < w.to) return true;
  }
  return false;
}

bool DayWindows::open_at(TimePoint t, const TimeZone& zone) const {
  return covers(zone.local(t).minute_of_day);
}

TimePoint DayWindows::next_open(TimePoint t, const TimeZone& zone) const {
  if (open_at(t, zone)) return t;
  TimePoint best = TimePoint::max();
  for (const Window& w : windows_) best = std::min(best, zone.next_at(t, w.from));
  return best;
}

bool DayWindows::within(const DayWindows& outer) const {
  for (int m = 0; m < day_minutes; ++m) {
    if (covers(m) && !outer.covers(m)) return false;
  }
  return true;
}

}  // namespace tongdai::text
