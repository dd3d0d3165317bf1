#include "hotline/routing.hpp"

#include <algorithm>

#include "directory/facilities.hpp"
#include "hotline/ranking.hpp"
#include "hotline/service_lists.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

Referral plan_step(ReferralId id, const Case& c, FacilityId facility, int step) {
  Referral r{id, c.id, facility, step};
  r.track = c.track;
  return r;
}

void append(storage::Tx& tx, Desk& desk, const Case& c, FacilityId facility, std::string_view why) {
  insert_referral(tx, plan_step(desk.ids.next<ReferralTag>(), c, facility, next_step(tx, c.id)), why);
}

void write(storage::Tx& tx, Desk& desk, const Case& c, bool is_anew, TimePoint now) {
  static_cast<void>(take_planned(tx, c));
  const auto standing = referrals(tx, c.id);
  const Ranking ranking = rank_facilities(tx, desk, c, own_services(tx, c), now);
  for (const Candidate& candidate : ranking.chosen) {
    const bool asked = !is_anew && std::ranges::any_of(standing, [&](const Referral& r) {
      return r.facility == candidate.facility && r.track == c.track;
    });
    if (!asked) append(tx, desk, c, candidate.facility, candidate.why);
  }
  append(tx, desk, c, desk.duty_desk, "the duty desk, until a human has it");
  forget_left_out(tx, c);
  for (const Candidate& candidate : ranking.left_out) add_left_out(tx, c, candidate.facility, candidate.why);
}

}  // namespace

void write_plan(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  write(tx, desk, c, false, now);
}

void plan_anew(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  write(tx, desk, c, true, now);
}

void ask_first(storage::Tx& tx, Desk& desk, const Case& c, const std::vector<FacilityId>& facilities,
               std::string_view why) {
  const auto rest = take_planned(tx, c);
  for (const FacilityId f : facilities) append(tx, desk, c, f, why);
  for (const auto& [facility, reason] : rest) {
    if (std::ranges::find(facilities, facility) == facilities.end()) append(tx, desk, c, facility, reason);
  }
}

}  // namespace tongdai::hotline
