#pragma once

#include "text/holidays.hpp"
#include "text/time_zone.hpp"

namespace tongdai::directory {

/// What written hours of duty are reckoned by. Holds references: as long as zone and holidays.
class DutyCalendar {
 public:
  /// Without `holidays` no day is one. From a zone alone, for whoever knows no holidays.
  // NOLINTNEXTLINE(google-explicit-constructor): a zone is a calendar without holidays
  DutyCalendar(const text::TimeZone& zone, const text::Holidays* holidays = nullptr)
      : zone_(&zone), holidays_(holidays) {}

  [[nodiscard]] const text::TimeZone& zone() const noexcept { return *zone_; }
  [[nodiscard]] bool is_holiday(TimePoint t) const {
    return holidays_ != nullptr && !holidays_->empty() &&
           holidays_->on(text::date_of(zone_->local(t))).has_value();
  }

 private:
  const text::TimeZone* zone_;
  const text::Holidays* holidays_;
};

}  // namespace tongdai::directory
