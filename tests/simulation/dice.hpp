#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "core/time.hpp"

namespace tongdai::simulation {

/// All chance of one simulation comes from here: the seed alone decides what happens.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// True with this share of 1.
  [[nodiscard]] bool chance(double share) { return share > static_cast<double>(next() >> 11U) * 0x1p-53; }
  /// From `least` to `most`, both included.
  [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
    const auto many = static_cast<std::uint64_t>(most - least + 1);
    return least + static_cast<std::int64_t>(next() % many);
  }
  [[nodiscard]] Duration within(Duration least, Duration most) {
    return Duration{between(least.count(), most.count())};
  }
  template <class T>
  [[nodiscard]] const T& one_of(const std::vector<T>& all) {
    return all.at(next() % all.size());
  }
  /// The place of one of the weights, which need no common sum.
  [[nodiscard]] std::size_t weighted(std::initializer_list<int> weights) {
    int sum = 0;
    for (const int w : weights) sum += w;
    auto rest = between(1, sum);
    std::size_t place = 0;
    for (const int w : weights) {
      rest -= w;
      if (rest <= 0) break;
      ++place;
    }
    return place;
  }
  [[nodiscard]] std::uint64_t next() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tongdai::simulation
