#include "dispatch/pulse.hpp"

#include <algorithm>

namespace tongdai::dispatch {

PulseMinute& Pulse::at(MonoTime now) {
  const std::int64_t minute =
      std::chrono::duration_cast<std::chrono::minutes>(now.time_since_epoch()).count();
  if (kept_.empty()) {
    minute_ = minute;
    kept_.resize(1);
  }
  const auto behind = static_cast<std::size_t>(std::clamp<std::int64_t>(minute - minute_, 0, minutes));
  minute_ = std::max(minute_, minute);
  for (std::size_t i = 0; i < behind; ++i) kept_.emplace_back();
  while (kept_.size() > minutes) kept_.pop_front();
  return kept_.back();
}

void Pulse::answered(const gateway::SubmitResult& result, MonoTime now) {
  PulseMinute& minute = at(now);
  switch (result.outcome) {
    case gateway::Outcome::accepted:
      ++minute.accepted;
      break;
    case gateway::Outcome::retry_later:
    case gateway::Outcome::rejected:
      ++minute.refused;
      return;
    case gateway::Outcome::throttled:
      ++minute.throttled;
      return;
    case gateway::Outcome::unreachable:
    case gateway::Outcome::uncertain:
      ++minute.failed;
      return;
  }
  for (const std::string& ref : result.refs) {
    if (ref.empty() || !awaited_.insert_or_assign(ref, now).second) continue;
    order_.push_back(ref);
    if (order_.size() <= awaited_max) continue;
    awaited_.erase(order_.front());
    order_.pop_front();
  }
}

void Pulse::receipt(std::string_view ref, bool delivered, MonoTime now) {
  PulseMinute& minute = at(now);
  ++(delivered ? minute.delivered : minute.undelivered);
  const auto found = awaited_.find(std::string(ref));
  if (found == awaited_.end()) return;
  minute.receipt_delay += std::chrono::duration_cast<Duration>(now - found->second);
  ++minute.receipts_timed;
  awaited_.erase(found);  // told twice, it is timed once
}

std::vector<PulseMinute> Pulse::last_hour(MonoTime now) {
  (void)at(now);
  std::vector<PulseMinute> hour(minutes - kept_.size());
  hour.insert(hour.end(), kept_.begin(), kept_.end());
  return hour;
}

}  // namespace tongdai::dispatch
