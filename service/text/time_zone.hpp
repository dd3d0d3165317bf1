#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace tongdai::text {

/// What a wall clock and a calendar show.
struct LocalTime {
  int year = 0, month = 0, day = 0;
  int weekday = 0;        ///< 0 Sunday .. 6 Saturday
  int minute_of_day = 0;  ///< since local midnight, 0..1439
};

/// A named zone of the tz database (ICU). Immutable; any thread.
class TimeZone {
 public:
  /// Error: invalid if there is no such zone.
  [[nodiscard]] static Result<TimeZone> find(std::string_view name);
  [[nodiscard]] LocalTime local(TimePoint t) const;
  /// The first instant at or after `t` at which the clocks turn to `minute` of the day (0..1440; 1440 is the
  /// midnight that ends the local day of `t`). A minute that a change of the clocks skips comes as much
  /// later.
  [[nodiscard]] TimePoint next_at(TimePoint t, int minute) const;
  /// When the clocks are next changed behind `t`; nullopt if never again.
  [[nodiscard]] std::optional<TimePoint> next_change(TimePoint t) const;
  /// "2021-11-25 07:00" in this zone.
  [[nodiscard]] std::string print(TimePoint t) const;

  TimeZone(const TimeZone&);
  TimeZone& operator=(const TimeZone&);
  TimeZone(TimeZone&&) noexcept;
  TimeZone& operator=(TimeZone&&) noexcept;
  ~TimeZone();

 private:
  struct Impl;
  explicit TimeZone(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace tongdai::text
