#pragma once

#include "core/time.hpp"

namespace tongdai {

/// Where the time comes from. Every part of the service is handed one and reads no other; tests hand
/// in a virtual one. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall time. May jump.
  [[nodiscard]] virtual TimePoint now() const noexcept = 0;
  /// Never goes back. For durations.
  [[nodiscard]] virtual MonoTime monotonic() const noexcept = 0;
};

}  // namespace tongdai
