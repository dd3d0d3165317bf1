#include "gateway_adapters/smpp/codec/time_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tongdai::gateway::smpp {
namespace {

constexpr int quarters_max = 48;  ///< SMPP 3.4 §7.1.1.1

/// Two digits at `at`; the caller has seen that they are digits.
int pair(std::string_view digits, std::size_t at) {
  return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
}

/// From "YYMMDDhhmm" and, if there, "ss" on.
std::optional<TimePoint> local_time(int century, std::string_view digits) {
  using namespace std::chrono;
  const year_month_day date(year(century * 100 + pair(digits, 0)),
                            month(static_cast<unsigned>(pair(digits, 2))),
                            day(static_cast<unsigned>(pair(digits, 4))));
  const int hour = pair(digits, 6), minute = pair(digits, 8);
  const int second = digits.size() >= 12 ? pair(digits, 10) : 0;
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return TimePoint(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace

std::string relative_time(Duration duration) {
  using namespace std::chrono;
  const Duration kept = std::clamp<Duration>(duration, seconds(1), relative_time_max);
  const auto total = ceil<seconds>(kept).count();
  return fmt::format("0000{:02}{:02}{:02}{:02}000R", total / 86'400, total / 3'600 % 24, total / 60 % 60,
                     total % 60);
}

std::optional<TimePoint> parse_time(std::string_view text, std::chrono::minutes local_zone) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, count), sign = text.substr(count);
  if (count == 15 && (sign == "+" || sign == "-")) {  // with quarters of an hour
    const int quarters = pair(digits, 13);
    if (quarters > quarters_max) return std::nullopt;
    local_zone = std::chrono::minutes((sign == "+" ? 15 : -15) * quarters);
  } else if (!sign.empty() || (count != 10 && count != 12 && count != 13 && count != 14)) {
    return std::nullopt;
  }
  const bool long_year = count == 14;
  auto at = local_time(long_year ? pair(digits, 0) : 20, long_year ? digits.substr(2) : digits);
  if (at && (count == 13 || count == 15)) *at += Duration((digits[12] - '0') * 100);
  return at ? std::optional(*at - local_zone) : std::nullopt;
}

}  // namespace tongdai::gateway::smpp
