#include "dispatch/pacer.hpp"

#include <algorithm>

namespace tongdai::dispatch {
namespace {

constexpr double burst_seconds = 0.1;   // what may go at once after a pause
constexpr Duration recovery_step{5000};

double seconds(Duration d) { return static_cast<double>(d.count()) / 1000.0; }

}  // namespace

Pacer::Pacer(double rate_parts_per_s, MonoTime now)
    : full_rate_(rate_parts_per_s), rate_(rate_parts_per_s), tokens_(1), filled_at_(now), recover_at_(now) {}

void Pacer::refill(MonoTime now) {
  while (rate_ < full_rate_ && recover_at_ + recovery_step <= now) {
    rate_ = std::min(full_rate_, rate_ + full_rate_ / 10);
    recover_at_ += recovery_step;
  }
  tokens_ += rate_ * seconds(now - filled_at_);
  tokens_ = std::min(tokens_, std::max(1.0, rate_ * burst_seconds));
  filled_at_ = now;
}

std::int64_t Pacer::available(MonoTime now) {
  refill(now);
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(tokens_));
}

MonoTime Pacer::ready_at(MonoTime now) {
  refill(now);
  if (tokens_ >= 1) return now;
  return now + Duration{static_cast<std::int64_t>((1 - tokens_) / rate_ * 1000) + 1};
}

void Pacer::slow_down(MonoTime now) {
  refill(now);
  rate_ = std::max(1.0, rate_ / 2);
  tokens_ = std::min(tokens_, 0.0);
  recover_at_ = now;
}

}  // namespace tongdai::dispatch
