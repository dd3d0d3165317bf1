#include "campaigns/calendar.hpp"

#include <algorithm>

namespace tongdai::campaigns {

std::vector<CalendarDay> calendar(storage::Tx& tx, const Almanac& almanac, text::Date first,
                                  text::Date last) {
  const auto day_after = [](text::Date d) {
    return text::Date{std::chrono::sys_days{d} + std::chrono::days{1}};
  };
  const auto all = between(tx, text::begin_of(first, almanac.zone),
                           text::begin_of(day_after(last), almanac.zone), calendar_campaigns_max);
  std::vector<CalendarDay> days;
  for (text::Date date = first; date <= last && days.size() < calendar_days_max; date = day_after(date)) {
    CalendarDay day{date, std::nullopt, {}};
    if (const auto name = almanac.holidays->on(date)) day.holiday = *name;
    const TimePoint from = text::begin_of(date, almanac.zone);
    const TimePoint to = text::begin_of(day_after(date), almanac.zone);
    for (const Campaign& c : all) {
      const TimePoint begins = std::max(from, c.schedule.start), ends = std::min(to, c.schedule.end);
      if (begins >= ends) continue;
      auto hours = almanac.hours(c.schedule).spans(begins, ends);
      if (!hours.empty()) day.entries.push_back({c, std::move(hours)});
    }
    days.push_back(std::move(day));
  }
  return days;
}

}  // namespace tongdai::campaigns
