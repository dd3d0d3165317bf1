#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "text/windows.hpp"

namespace tongdai::directory {

/// The hours of a week in which somebody is on duty: "24/7", "Mon-Fri 07:30-17:00", "Sat,Sun 08:00-20:00",
/// "22:00-06:00" (every day, past midnight into the next), several joined by ';'. Immutable; any thread.
class DutyHours {
 public:
  /// Error: invalid, naming the piece and the form.
  [[nodiscard]] static Result<DutyHours> parse(std::string_view written);
  [[nodiscard]] bool on_duty(TimePoint t, const text::TimeZone& zone) const;
  /// Is there an hour at all?
  [[nodiscard]] bool ever() const noexcept { return always_ || !windows_.written().empty(); }

 private:
  bool always_ = false;
  text::DayWindows windows_;
};

}  // namespace tongdai::directory
