#include "campaigns/pacing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tongdai::campaigns {
namespace {

constexpr Duration look_interval{1000};
constexpr double burst_s = 1;  // the pump is asked at least once a second

}  // namespace

Pace pace_of(const Pressure& pressure) noexcept {
  if (pressure.share >= 1) return Pace::full;
  return pressure.share > 0 ? Pace::slowed : Pace::stopped;
}

std::optional<int> Pacing::full_speed(const std::string& gateway) const {
  const auto known = rates_.find(gateway);
  return known == rates_.end() ? std::nullopt : std::optional(known->second);
}

double Pacing::share(storage::Tx& tx, TimePoint now) {
  if (!gauge_) return 1;
  if (now - looked_at_ >= look_interval || now < looked_at_) {
    share_ = std::clamp(gauge_(tx).share, 0.0, 1.0);
    looked_at_ = now;
  }
  return share_;
}

int Pacing::rate(int own, double share) const {
  if (share >= 1 || own == 0) return own;  // 0: the gateways' own, which `budget` slows
  return share > 0 ? std::max(1, static_cast<int>(own * share)) : 0;
}

std::int64_t Pacing::budget(const std::string& gateway, double share, TimePoint now) {
  if (share >= 1) {
    buckets_.erase(gateway);
    return std::numeric_limits<std::int64_t>::max();
  }
  const auto known = rates_.find(gateway);
  if (share <= 0 || known == rates_.end()) return 0;
  const double per_s = std::max(1.0, known->second * share);
  const auto [found, fresh] = buckets_.try_emplace(gateway, Bucket{0, now});
  Bucket& bucket = found->second;
  const double passed_s = std::chrono::duration<double>(std::max(now - bucket.at, Duration{0})).count();
  bucket.parts = std::min(bucket.parts + passed_s * per_s, per_s * burst_s);
  bucket.at = now;
  return static_cast<std::int64_t>(std::floor(bucket.parts));
}

void Pacing::spend(const std::string& gateway, std::int64_t parts) {
  if (const auto found = buckets_.find(gateway); found != buckets_.end())
    found->second.parts -= static_cast<double>(parts);
}

}  // namespace tongdai::campaigns
