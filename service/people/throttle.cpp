#include "people/throttle.hpp"

#include <algorithm>
#include <vector>

namespace tongdai::people {
namespace {

constexpr std::size_t failures_kept = 16;  // beyond the free ones each doubles the wait: 15 min are reached

}  // namespace

std::string Throttle::key_of(std::string_view name, std::string_view device) {
  std::string key(name);
  key += '\n';  // stands in neither
  key += device;
  return key;
}

std::optional<Duration> Throttle::wait(std::string_view name, std::string_view device, TimePoint now) {
  const auto found = records_.find(key_of(name, device));
  if (found == records_.end()) return std::nullopt;
  auto& failures = found->second.failures;
  while (!failures.empty() && now - failures.front() > window) failures.pop_front();
  if (failures.empty()) {
    records_.erase(found);
    return std::nullopt;
  }
  if (failures.size() < static_cast<std::size_t>(free_failures)) return std::nullopt;
  const std::size_t beyond = failures.size() - static_cast<std::size_t>(free_failures);
  const Duration asked =
      std::min<Duration>(wait_max, Duration{1000} * (1LL << std::min<std::size_t>(beyond, 20)));
  const auto passed = std::chrono::duration_cast<Duration>(now - failures.back());
  if (passed >= asked) return std::nullopt;
  return asked - passed;
}

void Throttle::failed(std::string_view name, std::string_view device, TimePoint now) {
  if (records_.size() >= keys_max) forget_old(now);
  auto& failures = records_[key_of(name, device)].failures;
  failures.push_back(now);
  if (failures.size() > failures_kept) failures.pop_front();
}

void Throttle::forgive(std::string_view name, std::string_view device) {
  const auto found = records_.find(key_of(name, device));
  if (found == records_.end()) return;
  found->second.failures.pop_back();
  if (found->second.failures.empty()) records_.erase(found);
}

void Throttle::succeeded(std::string_view name, std::string_view device) {
  if (const auto found = records_.find(key_of(name, device)); found != records_.end()) records_.erase(found);
}

std::optional<Throttle::Turn> Throttle::enter(bool is_known) {
  int& taken = is_known ? known_ : strangers_;
  if (taken >= (is_known ? known_at_once : strangers_at_once)) return std::nullopt;
  return Turn(taken);
}

std::optional<Throttle::Turn> Throttle::enter_to_confirm() {
  if (confirming_ > 0) return std::nullopt;
  return Turn(confirming_);
}

/// Names are given by who tries: the table is bounded. The oldest tenth goes when it is full of young ones.
void Throttle::forget_old(TimePoint now) {
  std::erase_if(records_, [now](const auto& entry) { return now - entry.second.failures.back() > window; });
  if (records_.size() < keys_max) return;
  std::vector<TimePoint> ages;
  for (const auto& [key, record] : records_) ages.push_back(record.failures.back());
  const auto limit = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 10);
  std::ranges::nth_element(ages, limit);
  std::erase_if(records_, [limit](const auto& entry) { return entry.second.failures.back() <= *limit; });
}

}  // namespace tongdai::people
