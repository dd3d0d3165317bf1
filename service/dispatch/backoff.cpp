#include "dispatch/backoff.hpp"

#include <algorithm>

namespace tongdai::dispatch {
namespace {

struct Waits {
  Duration first;
  Duration longest;
};

// An answer or an alert is worth trying often; a blast is not.
Waits waits_of(outbox::Lane lane) {
  return lane == outbox::Lane::bulk ? Waits{5s, 15min} : Waits{1s, 30s};
}

}  // namespace

Duration backoff(outbox::Lane lane, int attempts, std::mt19937_64& random) {
  const Waits waits = waits_of(lane);
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const Duration wait = std::min(waits.longest, waits.first * (std::int64_t{1} << doublings));
  const std::int64_t quarter = wait.count() / 4;
  return wait + Duration{std::uniform_int_distribution<std::int64_t>(-quarter, quarter)(random)};
}

}  // namespace tongdai::dispatch
