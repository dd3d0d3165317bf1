#include "hotline/own_referrals.hpp"

#include <algorithm>

#include "hotline/ownership.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_unit = "SELECT code, name FROM unit WHERE id = $1";
constexpr std::string_view select_name = "SELECT name FROM facility WHERE id = $1";

/// A case and the facility's part in it.
struct Part {
  Case c;
  Referral r;
};

std::unexpected<Error> not_there() {
  return fail(Code::not_found, "there is no referral of this code");
}

/// Nothing if it is not for them. `asked_first`: as of referral_of.
std::optional<Part> part_in(storage::Tx& tx, FacilityId facility, std::string_view code, bool asked_first) {
  auto c = find_case(tx, code);
  if (!c || in_conflict(tx, c->id, facility)) return std::nullopt;
  auto r = referral_of(tx, c->id, {facility}, asked_first);
  if (!r || r->state == ReferralState::transferred) return std::nullopt;
  return Part{std::move(*c), *r};
}

bool is_live(const Case& c, const Referral& r) {
  if (r.state == ReferralState::accepted) return c.owner == r.facility;
  return c.state == CaseState::open && may_accept(r.state);
}

OwnReferral view_of(storage::Tx& tx, const Part& part) {
  OwnReferral view;
  view.code = part.c.code;
  view.state = part.r.state;
  const auto seen = find_on_track(tx, part.c.id, part.r.track);
  if (!seen || !is_live(*seen, part.r)) return view;
  view.is_live = true;
  view.urgency = seen->urgency;
  view.services = own_services(tx, *seen);
  if (part.r.state == ReferralState::accepted) view.due_at = seen->due_at;
  tx.each(
      select_unit,
      [&view](const storage::Row& row) {
        view.unit_code = row.text(0);
        view.unit_name = row.text(1);
      },
      seen->unit);
  return view;
}

}  // namespace

std::vector<OwnReferral> own_referrals(storage::Tx& tx, FacilityId facility) {
  std::vector<OwnReferral> views;
  std::vector<CaseId> seen;
  for (const Referral& r : referrals_of(tx, {facility})) {
    if (std::ranges::find(seen, r.case_id) != seen.end() || in_conflict(tx, r.case_id, facility)) continue;
    const auto c = find_case(tx, r.case_id);
    if (!c) continue;
    OwnReferral view = view_of(tx, {*c, r});
    if (!view.is_live) continue;
    seen.push_back(r.case_id);
    views.push_back(std::move(view));
  }
  return views;
}

std::optional<OwnReferral> own_referral(storage::Tx& tx, FacilityId facility, std::string_view code) {
  const auto part = part_in(tx, facility, code, false);
  return part ? std::optional(view_of(tx, *part)) : std::nullopt;
}

Result<void> answer_referral(storage::Tx& tx, Desk& desk, FacilityId facility, std::string_view code,
                             Deed deed, std::string_view reason, TimePoint now) {
  const bool asked_first = deed == Deed::accept || deed == Deed::decline;
  // Who was not asked may not: at the desk's word they may (on_behalf), for somebody called them.
  const auto part = part_in(tx, facility, code, asked_first);
  if (!part) return not_there();
  if (deed == Deed::accept && !may_accept(part->r.state) && part->r.state != ReferralState::accepted) {
    return fail(Code::not_allowed, "your part in this case is over; call the desk");
  }
  const auto name = tx.value<std::string>(select_name, facility);
  if (!name) return not_there();
  return act_on_behalf(tx, desk, code, deed, {*name, "", std::string(reason)}, now);
}

Result<void> finish_referral(storage::Tx& tx, Desk& desk, FacilityId facility, std::string_view code,
                             std::string_view reason, TimePoint now) {
  const auto part = part_in(tx, facility, code, false);
  if (!part) return not_there();
  const auto seen = find_on_track(tx, part->c.id, part->r.track);
  if (!seen || seen->owner != facility) {
    return fail(Code::not_allowed, "only the facility that has the case can do that");
  }
  return finish_part(tx, desk, {*seen, part->r, now, reason}, now);
}

}  // namespace tongdai::hotline
