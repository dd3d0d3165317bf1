#include "gateway_adapters/smpp/account/pace.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {
namespace {

constexpr int steps_a_second = 10;  ///< fewer at rates below

}  // namespace

Pace::Pace(int rate_parts_per_s) noexcept
    : parts_a_step_(std::max(1, rate_parts_per_s / steps_a_second)),
      // Rounded down: were it slower than dispatch, a queue would grow here.
      step_(Duration{1s} * parts_a_step_ / rate_parts_per_s) {}

bool Pace::take(MonoTime now) noexcept {
  if (now >= ready_at_) {
    left_ = parts_a_step_;
    // A timer that was late must not make the rate a lower one.
    ready_at_ = (now - ready_at_ < step_ ? ready_at_ : now) + step_;
  }
  if (left_ == 0) return false;
  --left_;
  return true;
}

void Pace::too_fast(MonoTime now) noexcept {
  if (now < calm_until_) return;
  left_ = 0;
  ready_at_ = calm_until_ = now + calm;
}

}  // namespace tongdai::gateway::smpp
