#include "dispatch/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace tongdai::dispatch {
namespace {

constexpr double burst_seconds = 0.1;  // what may go at once after a pause
constexpr Duration recovery_step{5000};
constexpr Duration counted{1000};  // what was saved up in a pause must not come on top of a full second

double seconds(Duration d) {
  return static_cast<double>(d.count()) / 1000.0;
}

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
  while (!last_second_.empty() && last_second_.front().at + counted <= now) {
    spent_ -= last_second_.front().parts;
    last_second_.pop_front();
  }
}

std::int64_t Pacer::room() const noexcept {
  return static_cast<std::int64_t>(std::ceil(rate_)) - spent_;
}

std::int64_t Pacer::available(MonoTime now) {
  refill(now);
  return std::max<std::int64_t>(0, std::min(static_cast<std::int64_t>(tokens_), room()));
}

std::int64_t Pacer::available_on_credit(Duration of_the_rate, MonoTime now) {
  refill(now);
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(tokens_ + rate_ * seconds(of_the_rate)));
}

void Pacer::spend(std::int64_t parts, MonoTime now) {
  if (parts <= 0) return;
  tokens_ -= static_cast<double>(parts);
  spent_ += parts;
  last_second_.push_back({now, parts});
}

MonoTime Pacer::ready_at(MonoTime now) {
  refill(now);
  MonoTime ready = now;
  if (tokens_ < 1) ready += Duration{static_cast<std::int64_t>(std::ceil((1 - tokens_) / rate_ * 1000)) + 1};
  std::int64_t free = room();
  for (const Spent& spent : last_second_) {
    if (free >= 1) break;
    free += spent.parts;
    ready = std::max(ready, spent.at + counted);
  }
  return ready;
}

void Pacer::slow_down(MonoTime now) {
  if (slowed_at_ && now < *slowed_at_ + counted) return;
  slowed_at_ = now;
  refill(now);
  rate_ = std::max(1.0, rate_ / 2);
  tokens_ = std::min(tokens_, 0.0);
  recover_at_ = now;
}

}  // namespace tongdai::dispatch
