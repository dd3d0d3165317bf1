#include "campaigns/timing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace tongdai::campaigns {
namespace {

constexpr std::size_t windows_max = 100'000;  // a year of windows of a hundred campaigns
constexpr double part_of_a_part = 1e-6;       // so little is nothing

double all_of(const std::vector<double>& parts) {
  return std::accumulate(parts.begin(), parts.end(), 0.0);
}

struct State {
  std::vector<Stream> streams;
  const std::vector<double>& gateways;
  TimePoint now{};
};

bool sends(const Stream& s, TimePoint now) {
  return now >= s.start && now < s.end && all_of(s.parts) > part_of_a_part && s.hours.open_at(now);
}

/// When the stream may begin, open or close next, if nothing else happens.
TimePoint next_change(const Stream& s, TimePoint now) {
  if (now < s.start) return s.start;
  if (now >= s.end || all_of(s.parts) <= part_of_a_part) return TimePoint::max();
  return std::min(s.end, s.hours.open_at(now) ? s.hours.closes_at(now) : s.hours.next_open(now));
}

/// Parts a second of each stream at one gateway.
std::vector<double> speeds(const State& state, std::size_t gateway) {
  std::vector<double> speed(state.streams.size(), 0);
  double wanted = 0;
  std::size_t unbound = 0;
  for (std::size_t i = 0; i < speed.size(); ++i) {
    const Stream& s = state.streams[i];
    if (s.parts[gateway] <= part_of_a_part || !sends(s, state.now)) continue;
    if (s.rate_parts_per_s <= 0) {
      ++unbound;
    } else {
      speed[i] = s.rate_parts_per_s * s.parts[gateway] / all_of(s.parts);
      wanted += speed[i];
    }
  }
  const double rate = state.gateways[gateway];
  const double scale = wanted > rate ? rate / wanted : 1;
  const double share = unbound > 0 ? std::max(0.0, rate - wanted) / static_cast<double>(unbound) : 0;
  for (std::size_t i = 0; i < speed.size(); ++i) {
    const Stream& s = state.streams[i];
    if (s.rate_parts_per_s > 0) {
      speed[i] *= scale;
    } else if (s.parts[gateway] > part_of_a_part && sends(s, state.now)) {
      speed[i] = share;
    }
  }
  return speed;
}

/// Goes on to the next change, or to where somebody has nothing left at some gateway. False if nothing will
/// ever change.
bool step(State& state) {
  std::vector<std::vector<double>> speed;
  TimePoint to = TimePoint::max();
  double seconds = std::numeric_limits<double>::infinity();
  for (const Stream& s : state.streams) to = std::min(to, next_change(s, state.now));
  for (std::size_t g = 0; g < state.gateways.size(); ++g) {
    speed.push_back(speeds(state, g));
    for (std::size_t i = 0; i < state.streams.size(); ++i) {
      if (speed[g][i] > 0) seconds = std::min(seconds, state.streams[i].parts[g] / speed[g][i]);
    }
  }
  if (to == TimePoint::max() && std::isinf(seconds)) return false;
  const double until =
      to == TimePoint::max() ? seconds : std::chrono::duration<double>(to - state.now).count();
  const double passed = std::min(seconds, until);
  for (std::size_t g = 0; g < state.gateways.size(); ++g) {
    for (std::size_t i = 0; i < state.streams.size(); ++i) {
      double& left = state.streams[i].parts[g];
      left -= speed[g][i] * passed;
      if (left <= part_of_a_part) left = 0;
    }
  }
  const Duration ms{static_cast<std::int64_t>(std::ceil(passed * 1000 - 1e-6))};
  state.now = seconds >= until ? to : state.now + std::max(ms, Duration{1});
  return true;
}

}  // namespace

Course play(std::vector<Stream> streams, const std::vector<double>& gateways, TimePoint from) {
  State state{std::move(streams), gateways, from};
  const Stream& first = state.streams.front();
  const TimePoint end = first.end;
  bool moves = true;
  for (std::size_t n = 0; moves && n < windows_max && state.now < end && all_of(first.parts) > 0; ++n)
    moves = step(state);
  if (all_of(first.parts) > 0) return {std::nullopt, first.parts};
  return {std::max(state.now, first.start), std::vector<double>(gateways.size(), 0)};
}

std::optional<TimePoint> finish_time(const text::Hours& hours, TimePoint from, TimePoint end,
                                     double seconds) {
  return play({{hours, from, end, 0, {seconds}}}, {1.0}, from).finish;
}

}  // namespace tongdai::campaigns
