#include "campaigns/coverage.hpp"

#include <algorithm>
#include <optional>

#include "directory/duty.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::chrono::days looked_ahead{7};  // duty repeats by the week
constexpr Duration sample = 30min;
constexpr Duration answered_for = 1h;  // most who write, write within it

constexpr std::string_view select_unit = "SELECT code, name FROM unit WHERE id = $1";

/// The first instant at which nobody who serves the unit is on duty.
std::optional<TimePoint> first_gap(directory::DutyWatch& duty, UnitId unit) {
  const std::vector<bool> served = duty.of_unit(unit, "");
  const auto gap = std::ranges::find(served, false);
  if (gap == served.end()) return std::nullopt;
  return duty.instants()[static_cast<std::size_t>(gap - served.begin())];
}

}  // namespace

std::vector<Uncovered> uncovered(storage::Tx& tx, const std::map<UnitId, std::int64_t>& units,
                                 const text::Hours& hours, TimePoint from, TimePoint to,
                                 const text::Holidays* holidays) {
  std::vector<TimePoint> instants;
  const TimePoint first = hours.next_open(from);
  if (first == TimePoint::max()) return {};
  for (const auto& span :
       hours.spans(first, std::min<TimePoint>(std::max(to, first + Duration{1}), first + looked_ahead))) {
    for (TimePoint t = span.from; t < span.to + answered_for; t += sample) {
      if (instants.empty() || t > instants.back()) instants.push_back(t);
    }
  }
  directory::DutyWatch duty(tx, std::move(instants), {hours.zone(), holidays});
  std::vector<Uncovered> all;
  for (const auto& [unit, recipients] : units) {
    const auto gap = first_gap(duty, unit);
    if (!gap) continue;
    auto named = tx.first(
        select_unit, [](const storage::Row& row) { return std::pair(row.text(0), row.text(1)); }, unit);
    if (named) all.push_back({std::move(named->first), std::move(named->second), recipients, *gap});
  }
  std::ranges::sort(all, [](const Uncovered& a, const Uncovered& b) {
    return std::tuple(-a.recipients, a.code) < std::tuple(-b.recipients, b.code);
  });
  return all;
}

}  // namespace tongdai::campaigns
