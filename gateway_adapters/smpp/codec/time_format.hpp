#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace tongdai::gateway::smpp {

/// The longest relative time written: a centre may take a month for 28 days.
inline constexpr Duration relative_time_max = std::chrono::hours(27 * 24);

/// validity_period from now on: "000000hhmmss000R", with days before the hours from 24 hours on (SMPP 3.4
/// §7.1.1.2). Rounded up to a second; at least one second, at most relative_time_max.
[[nodiscard]] std::string relative_time(Duration duration);

/// A date of query_sm_resp or of a receipt: "YYMMDDhhmmsstnnp" (SMPP 3.4 §7.1.1.1), the same without its
/// zone, without tenths, without seconds, or with a year of four digits and seconds. `local_zone` is east of
/// UTC, for dates that name no zone. Nothing if it is none of these or no date.
[[nodiscard]] std::optional<TimePoint> parse_time(std::string_view text, std::chrono::minutes local_zone);

}  // namespace tongdai::gateway::smpp
