#pragma once

#include <string>

#include "report/words.hpp"
#include "text/time_zone.hpp"

/// Numbers and dates as people of a language write them (ICU). Any thread.
namespace tongdai::report {

/// 1.234.567 or 1,234,567; at most `decimals` behind the point.
[[nodiscard]] std::string print_number(double number, int decimals, Language language);
/// 0..1 as a percentage with one decimal: "98,5%" or "98.5%".
[[nodiscard]] std::string print_share(double share, Language language);
/// "25/11/2021" or "25 November 2021", of the zone's calendar.
[[nodiscard]] std::string print_date(TimePoint at, const text::TimeZone& zone, Language language);
/// The date with hours and minutes.
[[nodiscard]] std::string print_moment(TimePoint at, const text::TimeZone& zone, Language language);
/// "2021-11" as "11/2021" or "November 2021", "2021-W46" as "46/2021" with the language's word for a week.
[[nodiscard]] std::string print_interval(const std::string& interval, Language language);

}  // namespace tongdai::report
