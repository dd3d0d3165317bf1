#pragma once

#include <cstdint>
#include <random>

#include "core/time.hpp"

namespace tongdai::gateway::smpp {

/// How long a bind waits before it connects again: twice as long after each failure, up to a minute, and by
/// chance, so that not all binds of a centre that was away come at once.
class Backoff {
 public:
  static constexpr Duration shortest = 1s;
  static constexpr Duration longest = 60s;

  explicit Backoff(std::uint64_t seed) : random_(seed) {}

  /// Between half of the time and all of it; never under `shortest` or over `longest`.
  [[nodiscard]] Duration next();
  void reset() noexcept { time_ = shortest; }

 private:
  std::mt19937_64 random_;
  Duration time_ = shortest;
};

}  // namespace tongdai::gateway::smpp
