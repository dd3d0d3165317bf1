#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/time_zone.hpp"

namespace tongdai::text {

/// "07:30" as a minute of the day, 0..1440; "24:00" is its end. nullopt for anything else.
[[nodiscard]] std::optional<int> minute_of_day(std::string_view written);

/// Days of the week, 0 Sunday .. 6 Saturday.
using Weekdays = std::array<bool, 7>;
/// "Mon-Fri", "Sat,Sun", "Fri-Mon" (over the week's end). nullopt for anything else.
[[nodiscard]] std::optional<Weekdays> weekdays(std::string_view written);

/// Hours of the day in which something may happen, in a zone's local time: "07:00-11:30", or only on some
/// days: "Mon-Fri 07:00-11:30". May pass midnight into the next day ("22:00-06:00"); "24:00" may end one. No
/// windows at all means always. Immutable; any thread.
class DayWindows {
 public:
  /// Error: invalid, naming the window and the form.
  [[nodiscard]] static Result<DayWindows> parse(const std::vector<std::string>& windows);
  [[nodiscard]] bool open_at(TimePoint t, const TimeZone& zone) const;
  /// `t` itself if open, else the next opening.
  [[nodiscard]] TimePoint next_open(TimePoint t, const TimeZone& zone) const;
  /// Is every minute of this also in `outer`?
  [[nodiscard]] bool within(const DayWindows& outer) const;
  [[nodiscard]] const std::vector<std::string>& written() const noexcept { return written_; }
  /// The first instant behind `t` at which they may open or close: a boundary, a midnight, a change of the
  /// clocks. In between nothing changes.
  [[nodiscard]] TimePoint next_boundary(TimePoint t, const TimeZone& zone) const;

 private:
  struct Window {
    Weekdays days{};  ///< on which it begins
    int from = 0;     ///< minute of day, 0..1439
    int to = 0;       ///< exclusive, 1..1440; to <= from passes midnight
  };
  [[nodiscard]] static std::optional<Window> parse_one(std::string_view written);
  [[nodiscard]] bool covers(int weekday, int minute) const;
  std::vector<Window> windows_;
  std::vector<std::string> written_;
};

}  // namespace tongdai::text
