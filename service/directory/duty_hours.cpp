#include "directory/duty_hours.hpp"

#include <fmt/format.h>

#include "directory/csv.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view holidays_begin = "holidays ";

}  // namespace

Result<void> DutyHours::add(const std::string& piece, std::vector<std::string>& spans) {
  if (piece == "24/7") {
    always_ = true;
  } else if (piece == "rota") {
    rota_ = true;
  } else if (piece == "holidays off") {
    off_on_holidays_ = true;
  } else if (piece.starts_with(holidays_begin)) {
    auto hours = text::DayWindows::parse({piece.substr(holidays_begin.size())});
    if (!hours) return std::unexpected(hours.error());
    on_holidays_ = std::move(*hours);
  } else if (auto hours = text::DayWindows::parse({piece}); hours) {
    spans.push_back(piece);
  } else {
    return std::unexpected(hours.error());
  }
  return {};
}

Result<DutyHours> DutyHours::parse(std::string_view written) {
  DutyHours hours;
  std::vector<std::string> spans;
  for (const std::string& piece : cut_list(written)) {
    if (hours.add(piece, spans)) continue;
    return fail(Code::invalid,
                fmt::format("must be hours such as 24/7 or Mon-Fri 07:30-17:00;Sat,Sun 08:00-20:00, with "
                            "\"holidays off\" or \"holidays 08:00-11:00\", or rota, got \"{}\"",
                            piece));
  }
  hours.windows_ = text::DayWindows::parse(spans).value();
  if (!hours.ever()) return fail(Code::invalid, "must name hours, such as 24/7 or Mon-Fri 07:30-17:00");
  return hours;
}

bool DutyHours::on_duty(TimePoint t, const DutyCalendar& calendar) const {
  if ((off_on_holidays_ || on_holidays_) && calendar.is_holiday(t))
    return on_holidays_ && on_holidays_->open_at(t, calendar.zone());
  return always_ || (!windows_.written().empty() && windows_.open_at(t, calendar.zone()));
}

}  // namespace tongdai::directory
