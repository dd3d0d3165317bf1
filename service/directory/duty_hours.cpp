#include "directory/duty_hours.hpp"

#include <fmt/format.h>

#include "directory/csv.hpp"

namespace tongdai::directory {

Result<DutyHours> DutyHours::parse(std::string_view written) {
  DutyHours hours;
  std::vector<std::string> spans;
  for (const std::string& piece : cut_list(written)) {
    if (piece == "24/7") {
      hours.always_ = true;
    } else if (text::DayWindows::parse({piece})) {
      spans.push_back(piece);
    } else {
      return fail(
          Code::invalid,
          fmt::format("must be hours such as 24/7 or Mon-Fri 07:30-17:00;Sat,Sun 08:00-20:00, got \"{}\"",
                      piece));
    }
  }
  hours.windows_ = text::DayWindows::parse(spans).value();
  if (!hours.ever()) return fail(Code::invalid, "must name hours, such as 24/7 or Mon-Fri 07:30-17:00");
  return hours;
}

bool DutyHours::on_duty(TimePoint t, const text::TimeZone& zone) const {
  return always_ || windows_.open_at(t, zone);
}

}  // namespace tongdai::directory
