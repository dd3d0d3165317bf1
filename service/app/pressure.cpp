#include "app/pressure.hpp"

#include <algorithm>
#include <cmath>

namespace tongdai::app {

campaigns::Pressure pressure_of(const hotline::Waiting& waiting, std::int64_t capacity) {
  constexpr double steps = 4;  // coarse: the pace of a blast must not tell of a single case
  const auto load = static_cast<double>(waiting.cases + waiting.overdue) / static_cast<double>(capacity);
  const double share = std::clamp(std::floor((2 - load) * steps) / steps, 0.0, 1.0);
  return {share, share < 1 ? "the hotline is busy" : ""};
}

}  // namespace tongdai::app
