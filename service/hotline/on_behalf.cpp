#include "hotline/on_behalf.hpp"

#include "hotline/handing_on.hpp"
#include "hotline/notices.hpp"
#include "hotline/ownership.hpp"
#include "hotline/tracks.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_facility = "SELECT id FROM facility WHERE name = $1";

Result<FacilityId> facility_named(storage::Tx& tx, const Case& c, const std::string& name) {
  const auto id = tx.value<FacilityId>(select_facility, name);
  if (!id) return fail(Code::not_found, "facility: there is no facility of this name");
  if (in_conflict(tx, c.id, *id))
    return fail(Code::refused, "facility: it is connected to the alleged perpetrator");
  return *id;
}

bool is_open(storage::Tx& tx, CaseId id, int track) {
  const auto c = find_on_track(tx, id, track);
  return c && c->state == CaseState::open;
}

/// Its turn that has not come, in a part of the case that nobody has.
std::optional<Referral> planned_part(storage::Tx& tx, const Case& c, FacilityId facility) {
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.facility == facility && r.state == ReferralState::planned && is_open(tx, c.id, r.track)) return r;
  }
  return std::nullopt;
}

/// The lead, if nobody has it; else the first such track.
int part_without_owner(storage::Tx& tx, const Case& c) {
  if (c.state == CaseState::open) return 0;
  for (const Track& t : tracks_of(tx, c.id)) {
    if (t.state == TrackState::open) return t.number;
  }
  return 0;
}

/// Its part in the case; one is made for who was called and is not in the plan.
Result<Referral> part_of(storage::Tx& tx, Desk& desk, const Case& c, FacilityId facility, Deed deed,
                         TimePoint now) {
  const auto part = referral_of(tx, c.id, {facility}, deed == Deed::accept || deed == Deed::decline);
  if (deed != Deed::accept) {
    if (part) return *part;
    return fail(Code::not_allowed, "this facility was not asked yet");
  }
  if (part && (may_accept(part->state) || part->state == ReferralState::accepted)) return *part;
  Referral called{desk.ids.next<ReferralTag>(), c.id, facility, next_step(tx, c.id)};
  if (const auto planned = planned_part(tx, c, facility)) {
    called = *planned;
  } else {
    called.track = part_without_owner(tx, c);
    insert_referral(tx, called, "called by the desk");
  }
  move_referral(tx, called, ReferralEvent::asked, now);
  return referral_at(tx, c.id, called.step).value();
}

Result<void> give_details(storage::Tx& tx, Desk& desk, const Case& before, TimePoint now) {
  const auto c = find_on_track(tx, before.id, before.track);
  if (!c || c->state != CaseState::accepted) return {};
  for (const Phone& phone : people_to_tell(tx, desk, *c, c->owner, now))
    send_details(tx, desk, *c, phone, now);
  return {};
}

Result<void> transfer(storage::Tx& tx, Desk& desk, const Act& act, const std::string& to, TimePoint now) {
  const auto whom = whom_to_ask(tx, desk, act.c, act.r.facility, text::fold(to), now);
  if (!whom) return std::unexpected(whom.error());
  return transfer_case(tx, desk, act, *whom, now);
}

Result<void> reopen(storage::Tx& tx, Desk& desk, const Case& c, const Behalf& behalf, TimePoint now) {
  FacilityId by;
  if (!behalf.facility.empty()) {
    const auto named = facility_named(tx, c, behalf.facility);
    if (!named) return std::unexpected(named.error());
    by = *named;
  }
  if (auto done = reopen_case(tx, desk, c, by, behalf.reason, now); !done) return done;
  return give_details(tx, desk, c, now);
}

Result<void> act(storage::Tx& tx, Desk& desk, Deed deed, const Act& act, const Behalf& behalf,
                 TimePoint now) {
  switch (deed) {
    case Deed::accept:
      if (auto done = accept_case(tx, desk, act, now); !done) return done;
      return give_details(tx, desk, act.c, now);
    case Deed::decline:
      return decline_case(tx, desk, act, now);
    case Deed::transfer:
      return transfer(tx, desk, act, behalf.to, now);
    case Deed::hand_back:
      return hand_back_case(tx, desk, act, now);
    case Deed::progress:
      if (act.c.owner != act.r.facility)
        return fail(Code::not_allowed, "only the facility that has the case can do that");
      return renew_lease(tx, desk, act.c, now, now);
    case Deed::reopen:
      break;  // of a closed case, which has no part to act in
  }
  return fail(Code::not_allowed, "the case is not closed");
}

}  // namespace

Result<void> act_on_behalf(storage::Tx& tx, Desk& desk, std::string_view code, Deed deed,
                           const Behalf& behalf, TimePoint now) {
  const auto c = find_case(tx, code);
  if (!c) return fail(Code::not_found, "there is no case of this code");
  if (deed == Deed::reopen) return reopen(tx, desk, *c, behalf, now);
  if (c->state == CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  FacilityId facility = c->owner;
  if (!behalf.facility.empty()) {
    const auto named = facility_named(tx, *c, behalf.facility);
    if (!named) return std::unexpected(named.error());
    facility = *named;
  } else if (deed == Deed::accept || deed == Deed::decline) {
    return fail(Code::invalid, "facility: is required");
  } else if (!facility) {
    return fail(Code::not_allowed, "nobody has the case");
  }
  const auto part = part_of(tx, desk, *c, facility, deed, now);
  if (!part) return std::unexpected(part.error());
  const auto seen = find_on_track(tx, c->id, part->track);
  if (!seen) return fail(Code::not_allowed, "its part in the case is over");
  return act(tx, desk, deed, {*seen, *part, now, behalf.reason}, behalf, now);
}

}  // namespace tongdai::hotline
