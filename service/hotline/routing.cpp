#include "hotline/routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "directory/facilities.hpp"
#include "hotline/service_lists.hpp"

namespace tongdai::hotline {
namespace {

struct Score {
  std::vector<std::string> services;
  int distance = 0;
};

std::string reason(const Score& score) {
  const std::string what = score.services.empty() ? "any service" : join_services(score.services);
  if (score.distance == 0) return what + "; serves the unit";
  return fmt::format("{}; serves the area, {} level{} up", what, score.distance,
                     score.distance == 1 ? "" : "s");
}

std::map<FacilityId, Score> scores(storage::Tx& tx, const Case& c, TimePoint now) {
  std::map<FacilityId, Score> found;
  for (const std::string& service : c.services) {
    for (const auto& f : directory::facilities_for(tx, service, c.unit, now)) {
      Score& score = found[f.id];
      score.services.push_back(service);
      score.distance = f.distance;
    }
  }
  if (!found.empty()) return found;
  // Nothing recognised, or nobody offers it there: whoever serves the place is better than nobody.
  for (const auto& f : directory::facilities_for(tx, "", c.unit, now)) found[f.id].distance = f.distance;
  return found;
}

}  // namespace

std::vector<Candidate> choose_facilities(storage::Tx& tx, const Desk& desk, const Case& c, TimePoint now) {
  if (c.place != Place::known) return {};
  const auto found = scores(tx, c, now);
  std::vector<std::pair<FacilityId, Score>> ranked(found.begin(), found.end());
  std::ranges::sort(ranked, [](const auto& a, const auto& b) {
    const auto key = [](const auto& x) {
      return std::tuple(-static_cast<int>(x.second.services.size()), x.second.distance, x.first);
    };
    return key(a) < key(b);
  });
  std::vector<Candidate> chosen;
  for (const auto& [facility, score] : ranked) {
    if (chosen.size() >= static_cast<std::size_t>(desk.settings.facilities_max)) break;
    if (facility == desk.duty_desk || in_conflict(tx, c.id, facility)) continue;
    chosen.push_back({facility, reason(score)});
  }
  return chosen;
}

void write_plan(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  drop_planned(tx, c.id);
  const auto standing = referrals(tx, c.id);
  int step = standing.empty() ? 0 : standing.back().step;
  const auto add = [&](FacilityId facility, std::string_view why) {
    insert_referral(tx, {desk.ids.next<ReferralTag>(), c.id, facility, ++step, ReferralState::planned}, why);
  };
  for (const Candidate& candidate : choose_facilities(tx, desk, c, now)) {
    const bool asked =
        std::ranges::any_of(standing, [&](const Referral& r) { return r.facility == candidate.facility; });
    if (!asked) add(candidate.facility, candidate.why);
  }
  add(desk.duty_desk, "the duty desk, until a human has it");
}

}  // namespace tongdai::hotline
