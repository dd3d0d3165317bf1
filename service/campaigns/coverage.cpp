#include "campaigns/coverage.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "directory/duty_hours.hpp"
#include "directory/facilities.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::chrono::days looked_ahead{7};  // duty repeats by the week
constexpr Duration sample = 30min;
constexpr Duration answered_for = 1h;  // most who write, write within it

constexpr std::string_view select_hours = "SELECT hours FROM facility_contact WHERE facility_id = $1";
constexpr std::string_view select_unit = "SELECT code, name FROM unit WHERE id = $1";

/// When somebody of a facility is on duty, among the instants that count; each facility is asked once.
class Duty {
 public:
  Duty(storage::Tx& tx, std::vector<TimePoint> instants, const text::TimeZone& zone)
      : tx_(tx), instants_(std::move(instants)), zone_(zone) {}

  /// One flag an instant.
  const std::vector<bool>& of(FacilityId id) {
    const auto [known, fresh] = known_.try_emplace(id, instants_.size(), false);
    if (!fresh) return known->second;
    for (const std::string& written :
         tx_.all(select_hours, [](const storage::Row& r) { return r.text(0); }, id)) {
      const auto hours = directory::DutyHours::parse(written);
      for (std::size_t i = 0; hours && i < instants_.size(); ++i) {
        if (hours->on_duty(instants_[i], zone_)) known->second[i] = true;
      }
    }
    return known->second;
  }
  [[nodiscard]] const std::vector<TimePoint>& instants() const noexcept { return instants_; }

 private:
  storage::Tx& tx_;
  std::vector<TimePoint> instants_;
  const text::TimeZone& zone_;
  std::unordered_map<FacilityId, std::vector<bool>> known_;
};

/// The first instant at which nobody who serves the unit is on duty.
std::optional<TimePoint> first_gap(storage::Tx& tx, Duty& duty, UnitId unit) {
  std::vector<bool> served(duty.instants().size(), false);
  for (const auto& facility : directory::facilities_for(tx, "", unit, duty.instants().front())) {
    const auto& own = duty.of(facility.id);
    for (std::size_t i = 0; i < served.size(); ++i) served[i] = served[i] || own[i];
  }
  const auto gap = std::ranges::find(served, false);
  if (gap == served.end()) return std::nullopt;
  return duty.instants()[static_cast<std::size_t>(gap - served.begin())];
}

}  // namespace

std::vector<Uncovered> uncovered(storage::Tx& tx, const std::map<UnitId, std::int64_t>& units,
                                 const text::Hours& hours, TimePoint from, TimePoint to) {
  std::vector<TimePoint> instants;
  const TimePoint first = hours.next_open(from);
  if (first == TimePoint::max()) return {};
  for (const auto& span :
       hours.spans(first, std::min<TimePoint>(std::max(to, first + Duration{1}), first + looked_ahead))) {
    for (TimePoint t = span.from; t < span.to + answered_for; t += sample) {
      if (instants.empty() || t > instants.back()) instants.push_back(t);
    }
  }
  Duty duty(tx, std::move(instants), hours.zone());
  std::vector<Uncovered> all;
  for (const auto& [unit, recipients] : units) {
    const auto gap = first_gap(tx, duty, unit);
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
