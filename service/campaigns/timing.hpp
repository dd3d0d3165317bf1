#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "text/hours.hpp"

/// When blasts that share gateways are done. Pure: rates, hours and what is left in, times out.
namespace tongdai::campaigns {

/// What a campaign still has to send, by gateway.
struct Stream {
  text::Hours hours;
  TimePoint start{}, end{};     ///< nothing leaves outside
  double rate_parts_per_s = 0;  ///< at most, over all gateways; 0 for what they can
  std::vector<double> parts;    ///< left, by gateway
};

struct Course {
  std::optional<TimePoint> finish;  ///< of the first stream; nullopt if its end comes before
  std::vector<double> missed;       ///< its parts that do not leave any more, by gateway
};

/// Plays `streams` from `from` on until the first of them is done or over. As the pump does it: a campaign
/// with a rate of its own takes it, those without share what a gateway has left, each an equal part.
/// `gateways`: parts a second of each; 0 for one that sends nothing.
[[nodiscard]] Course play(std::vector<Stream> streams, const std::vector<double>& gateways, TimePoint from);

/// When `seconds` of sending are done if it starts at `from` and only goes on within the hours; nullopt if
/// not before `end`.
[[nodiscard]] std::optional<TimePoint> finish_time(const text::Hours& hours, TimePoint from, TimePoint end,
                                                   double seconds);

}  // namespace tongdai::campaigns
