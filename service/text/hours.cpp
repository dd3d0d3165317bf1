#include "text/hours.hpp"

#include <algorithm>

namespace tongdai::text {
namespace {

constexpr std::chrono::days looked_ahead{400};  // no window is further away than a year

}  // namespace

bool Hours::open_at(TimePoint t) const {
  if (!windows_.open_at(t, zone_)) return false;
  return skipped_ == nullptr || skipped_->empty() || !skipped_->on(date_of(zone_.local(t)));
}

TimePoint Hours::next_open(TimePoint t) const {
  for (const TimePoint last = t + looked_ahead; t < last; t = windows_.next_boundary(t, zone_)) {
    if (open_at(t)) return t;
  }
  return TimePoint::max();
}

TimePoint Hours::closes_at(TimePoint t) const {
  if (windows_.written().empty() && (skipped_ == nullptr || skipped_->empty())) return TimePoint::max();
  for (const TimePoint last = t + looked_ahead; t < last; t = windows_.next_boundary(t, zone_)) {
    if (!open_at(t)) return t;
  }
  return TimePoint::max();
}

std::vector<Hours::Span> Hours::spans(TimePoint from, TimePoint to) const {
  std::vector<Span> all;
  for (TimePoint t = next_open(from); t < to; t = next_open(t)) {
    const TimePoint closing = std::min(closes_at(t), to);
    all.push_back({t, closing});
    t = closing;
  }
  return all;
}

}  // namespace tongdai::text
