#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "directory/duty_calendar.hpp"
#include "text/windows.hpp"

namespace tongdai::directory {

/// The hours of a week in which somebody is on duty: "24/7", "Mon-Fri 07:30-17:00", "Sat,Sun 08:00-20:00",
/// "22:00-06:00" (every day, past midnight into the next), several joined by ';'. On public holidays the
/// same, unless it says "holidays off" or other hours: "holidays 08:00-11:00". "rota": only when a shift says
/// so. Immutable; any thread.
class DutyHours {
 public:
  /// Error: invalid, naming the piece and the form.
  [[nodiscard]] static Result<DutyHours> parse(std::string_view written);
  [[nodiscard]] bool on_duty(TimePoint t, const DutyCalendar& calendar) const;
  /// Is there an hour at all, or may there be a shift?
  [[nodiscard]] bool ever() const noexcept { return always_ || rota_ || !windows_.written().empty(); }

 private:
  Result<void> add(const std::string& piece, std::vector<std::string>& spans);

  bool always_ = false;
  bool rota_ = false;
  bool off_on_holidays_ = false;
  std::optional<text::DayWindows> on_holidays_;
  text::DayWindows windows_;
};

}  // namespace tongdai::directory
