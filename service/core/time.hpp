#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace tongdai {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""h;

/// Milliseconds: the grain of every record and every timer.
using Duration = std::chrono::milliseconds;
/// Wall time, UTC, for records and for people.
using TimePoint = std::chrono::sys_time<Duration>;
/// Monotonic time, for durations and timers. Means nothing after a restart.
using MonoTime = std::chrono::time_point<std::chrono::steady_clock, Duration>;

[[nodiscard]] constexpr std::int64_t to_unix_ms(TimePoint t) noexcept {
  return t.time_since_epoch().count();
}
[[nodiscard]] constexpr TimePoint from_unix_ms(std::int64_t ms) noexcept {
  return TimePoint{Duration{ms}};
}

/// RFC 3339 in UTC with milliseconds: "2021-11-25T00:00:00.000Z".
[[nodiscard]] std::string to_rfc3339(TimePoint t);
/// RFC 3339 with an offset or "Z", fraction optional. Error: invalid.
[[nodiscard]] Result<TimePoint> parse_rfc3339(std::string_view text);

}  // namespace tongdai
