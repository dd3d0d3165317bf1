#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/almanac.hpp"
#include "campaigns/store.hpp"

namespace tongdai::campaigns {

/// What is planned on a day, from windows, holidays, starts and ends.
struct CalendarEntry {
  Campaign campaign;
  std::vector<text::Hours::Span> hours;  ///< not empty
};
struct CalendarDay {
  text::Date date;
  std::optional<std::string> holiday;  ///< its name
  std::vector<CalendarEntry> entries;
};

inline constexpr int calendar_days_max = 62;
inline constexpr int calendar_campaigns_max = 1000;  ///< looked at; what is behind them is left out

/// The days from `first` to `last`, both included, at most `calendar_days_max`; empty days as well. Cancelled
/// campaigns are not in it. Any transaction.
[[nodiscard]] std::vector<CalendarDay> calendar(storage::Tx& tx, const Almanac& almanac, text::Date first,
                                                text::Date last);

}  // namespace tongdai::campaigns
