#pragma once

#include <random>

#include "core/time.hpp"
#include "outbox/purpose.hpp"

namespace tongdai::dispatch {

/// How long to wait before attempt `attempts` + 1: doubling from the lane's first wait to its longest, with a
/// quarter of jitter either way so that what failed together does not come back together.
[[nodiscard]] Duration backoff(outbox::Lane lane, int attempts, std::mt19937_64& random);

}  // namespace tongdai::dispatch
