#include "directory/duty_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "directory/csv.hpp"
#include "text/windows.hpp"

namespace tongdai::directory {
namespace {

constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr int day_minutes = 24 * 60;

std::optional<std::size_t> day_of(std::string_view name) {
  const auto at = std::ranges::find(day_names, name);
  if (at == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - day_names.begin());
}

/// "Mon-Fri", "Sat,Sun", "Fri-Mon" (over the week's end).
std::optional<std::array<bool, 7>> days_of(std::string_view list) {
  std::array<bool, 7> days{};
  while (!list.empty()) {
    const std::size_t to = std::min(list.find(','), list.size());
    const std::string_view range = list.substr(0, to);
    const std::size_t dash = range.find('-');
    const auto first = day_of(range.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_of(range.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      days[day] = true;
      if (day == *last) break;
    }
    list.remove_prefix(std::min(to + 1, list.size()));
  }
  return days;
}

}  // namespace

Result<DutyHours::Span> DutyHours::parse_span(std::string_view piece) {
  const auto bad = [&] {
    return fail(
        Code::invalid,
        fmt::format("must be hours such as 24/7 or Mon-Fri 07:30-17:00;Sat,Sun 08:00-20:00, got \"{}\"",
                    piece));
  };
  Span span;
  span.days.fill(true);
  const std::size_t blank = piece.rfind(' ');
  if (blank != std::string_view::npos) {
    const auto days = days_of(piece.substr(0, blank));
    if (!days) return bad();
    span.days = *days;
  }
  const std::string_view hours = blank == std::string_view::npos ? piece : piece.substr(blank + 1);
  if (hours.size() != 11 || hours[5] != '-') return bad();
  const auto from = text::minute_of_day(hours.substr(0, 5)), to = text::minute_of_day(hours.substr(6));
  if (!from || !to || *from == *to || *from == day_minutes) return bad();
  span.from = *from;
  span.to = *to;
  return span;
}

Result<DutyHours> DutyHours::parse(std::string_view written) {
  DutyHours hours;
  for (const std::string& piece : cut_list(written)) {
    if (piece == "24/7") {
      hours.always_ = true;
      continue;
    }
    const auto span = parse_span(piece);
    if (!span) return std::unexpected(span.error());
    hours.spans_.push_back(*span);
  }
  if (!hours.ever()) return fail(Code::invalid, "must name hours, such as 24/7 or Mon-Fri 07:30-17:00");
  return hours;
}

bool DutyHours::on_duty(TimePoint t, const text::TimeZone& zone) const {
  if (always_) return true;
  const text::LocalTime local = zone.local(t);
  const auto today = static_cast<std::size_t>(local.weekday);
  const std::size_t yesterday = (today + 6) % 7;
  const int minute = local.minute_of_day;
  return std::ranges::any_of(spans_, [&](const Span& s) {
    if (s.from < s.to) return s.days[today] && minute >= s.from && minute < s.to;
    return (s.days[today] && minute >= s.from) || (s.days[yesterday] && minute < s.to);
  });
}

}  // namespace tongdai::directory
