#include "hotline/ownership.hpp"

#include <algorithm>
#include <set>

#include "hotline/alert_bundle.hpp"
#include "hotline/escalation.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/notices.hpp"
#include "hotline/reminder.hpp"
#include "hotline/reporter/safe_contact.hpp"
#include "hotline/routing.hpp"
#include "hotline/tracks.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::ptrdiff_t given_on_max = 8;  // then down its plan to the desk: nobody throws it to and fro

std::unexpected<Error> taken() {
  return fail(Code::conflict, "another facility has the case");
}

Result<void> check_owner(const Act& act, CaseEvent event) {
  if (const auto allowed = next(act.c.state, event); !allowed) return std::unexpected(allowed.error());
  if (act.c.owner == act.r.facility) return {};
  return fail(Code::not_allowed, "only the facility that has the case can do that");
}

/// Who waits for the case learns that it is taken, and by nobody's name. The winner is asked no more either:
/// the desk may have been asked twice.
void tell_the_others(storage::Tx& tx, Desk& desk, const Case& c, const Referral& won, TimePoint now) {
  std::set<FacilityId> told;
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.id == won.id || r.track != c.track) continue;
    const bool waits = r.state == ReferralState::alerted || r.state == ReferralState::timed_out;
    if (r.state == ReferralState::alerted) move_referral(tx, r, ReferralEvent::superseded, now);
    desk.messages.cancel_referral(tx, r.id, now);
    if (r.facility == won.facility || !waits) continue;
    if (!told.insert(r.facility).second || in_conflict(tx, c.id, r.facility)) continue;
    for (const Phone& phone : people_to_tell(tx, desk, c, r.facility, now))
      tell(tx, desk, phone, "taken", c.code, nullptr, now);
  }
}

/// The case is nobody's now.
Result<void> let_go(storage::Tx& tx, Desk& desk, const Act& act, CaseEvent event, TimePoint now) {
  if (auto owns = check_owner(act, event); !owns) return owns;
  if (!clear_owner(tx, act.c, now, now)) return taken();
  drop_reminder(tx, act.c);
  desk.messages.cancel_referral(tx, act.r.id, now);  // nor do their texts to the reporter leave any more
  const bool is_given_on = event == CaseEvent::transferred;
  move_referral(tx, act.r, is_given_on ? ReferralEvent::transferred : ReferralEvent::handed_back, act.at);
  add_event(tx, desk.ids, act.c.id, name_of(event), act.r.facility, act.reason, now);
  return {};
}

/// The facility has the case, as nobody had.
Result<void> give(storage::Tx& tx, Desk& desk, const Case& c, FacilityId to, TimePoint now) {
  const TimePoint ends = now + desk.settings.lease_time(c.urgency);
  if (!set_owner(tx, c, to, ends, now)) return taken();
  set_reminder(tx, desk, c, ends, now);
  if (to != desk.duty_desk) (void)meet_clock(tx, desk, c.id, ClockKind::forward, now);  // if it runs
  return {};
}

/// Of the case's track.
void end_referrals(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.track != c.track) continue;
    desk.messages.cancel_referral(tx, r.id, now);
    if (r.state == ReferralState::accepted) move_referral(tx, r, ReferralEvent::closed, now);
    if (r.state == ReferralState::alerted) move_referral(tx, r, ReferralEvent::superseded, now);
  }
  static_cast<void>(take_planned(tx, c));
  drop_reminder(tx, c);
}

std::optional<Referral> closed_referral(storage::Tx& tx, const Case& c, FacilityId facility) {
  std::optional<Referral> last;
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.facility == facility && r.track == 0 && r.state == ReferralState::closed) last = r;
  }
  return last;
}

}  // namespace

bool had_case(const Referral& r, TimePoint at) noexcept {
  return r.accepted_at && *r.accepted_at <= at && (!r.left_at || at < *r.left_at);
}

Result<void> accept_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now) {
  const auto& [c, r, at, reason] = act;
  if (c.state == CaseState::accepted && c.owner == r.facility) return renew_lease(tx, desk, c, at, now);
  if (c.state == CaseState::accepted) return taken();
  if (const auto allowed = next(c.state, CaseEvent::accepted); !allowed)
    return std::unexpected(allowed.error());
  if (const auto allowed = next(r.state, ReferralEvent::accepted); !allowed)
    return std::unexpected(allowed.error());
  if (auto given = give(tx, desk, c, r.facility, now); !given) return given;
  move_referral(tx, r, ReferralEvent::accepted, at);
  add_event(tx, desk.ids, c.id, "accepted", r.facility, reason, now);
  tell_the_others(tx, desk, c, r, now);
  return {};
}

Result<void> decline_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now) {
  const auto& [c, r, at, reason] = act;
  if (c.state == CaseState::accepted && c.owner == r.facility) return hand_back_case(tx, desk, act, now);
  if (c.state != CaseState::open) return taken();
  if (const auto allowed = next(r.state, ReferralEvent::declined); !allowed)
    return std::unexpected(allowed.error());
  move_referral(tx, r, ReferralEvent::declined, at);
  add_event(tx, desk.ids, c.id, "declined", r.facility, reason, now);
  if (r.step != c.step) return {};
  if (r.facility != desk.duty_desk) {
    advance(tx, desk, c.id, now, c.track);
  } else if (const auto again = referral_at(tx, c.id, r.step)) {
    // The desk may pass, but the case stays with it: it is paged again in its turn.
    move_referral(tx, *again, ReferralEvent::asked, now);
  }
  return {};
}

Result<void> hand_back_case(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now) {
  if (auto gone = let_go(tx, desk, act, CaseEvent::handed_back, now); !gone) return gone;
  advance(tx, desk, act.c.id, now, act.c.track);
  return {};
}

Result<void> transfer_case(storage::Tx& tx, Desk& desk, const Act& act, const std::vector<FacilityId>& to,
                           TimePoint now) {
  if (auto gone = let_go(tx, desk, act, CaseEvent::transferred, now); !gone) return gone;
  const auto before = referrals(tx, act.c.id);
  const bool is_tossed =
      std::ranges::count(before, ReferralState::transferred, &Referral::state) > given_on_max;
  if (!to.empty() && !is_tossed) ask_first(tx, desk, act.c, to, "the owner gave the case on to it");
  advance(tx, desk, act.c.id, now, act.c.track);
  return {};
}

Result<void> renew_lease(storage::Tx& tx, Desk& desk, const Case& c, TimePoint at, TimePoint now) {
  if (const auto allowed = next(c.state, CaseEvent::renewed); !allowed)
    return std::unexpected(allowed.error());
  const TimePoint ends = std::max(at + desk.settings.lease_time(c.urgency), c.due_at.value_or(at));
  set_timer(tx, c, c.step, ends, now);
  set_reminder(tx, desk, c, ends, now);
  add_event(tx, desk.ids, c.id, "renewed", c.owner, "", now);
  return {};
}

Result<void> close_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by, std::string_view outcome,
                        TimePoint now) {
  if (const auto allowed = next(c.state, CaseEvent::closed); !allowed)
    return std::unexpected(allowed.error());
  if (!set_closed(tx, c.id, now)) return fail(Code::conflict, "somebody closed it at the same moment");
  for (const Track& t : tracks_of(tx, c.id)) {
    Case part = c;
    part.track = t.number;
    end_referrals(tx, desk, part, now);
  }
  end_referrals(tx, desk, c, now);
  close_tracks(tx, c.id);
  drop_carried(tx, c.id);
  end_clocks(tx, c.id);
  if (!c.reporter.empty()) outbox::release(tx, c.reporter, c.id.value, now);
  add_event(tx, desk.ids, c.id, "closed", by, outcome, now);
  return {};
}

Result<void> finish_part(storage::Tx& tx, Desk& desk, const Act& act, TimePoint now) {
  if (auto owns = check_owner(act, CaseEvent::closed); !owns) return owns;
  const Case& c = act.c;
  if (c.track != 0) {
    if (!close_track(tx, c)) return fail(Code::conflict, "somebody closed it at the same moment");
    end_referrals(tx, desk, c, now);
    add_event(tx, desk.ids, c.id, "track_closed", act.r.facility, act.reason, now);
    return {};
  }
  if (!has_live_track(tx, c.id)) return close_case(tx, desk, c, act.r.facility, act.reason, now);
  end_referrals(tx, desk, c, now);  // before the track's own take their place
  promote_track(tx, desk, c, now);
  return {};
}

Result<void> reopen_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by, std::string_view reason,
                         TimePoint now) {
  if (const auto allowed = next(c.state, CaseEvent::reopened); !allowed)
    return std::unexpected(allowed.error());
  if (is_erased(tx, c.id))
    return fail(Code::not_allowed, "the case was erased: whoever needs help again has a new case");
  const auto last = by ? closed_referral(tx, c, by) : std::nullopt;
  if (by && !last) return fail(Code::not_allowed, "only who had the case when it was closed can reopen it");
  if (!c.reporter.empty() && open_case_of(tx, c.reporter))
    return fail(Code::conflict, "this reporter has another open case: that one goes on");
  if (!set_reopened(tx, c.id, now, now)) return fail(Code::conflict, "somebody reopened it just now");
  if (!c.reporter.empty()) outbox::hold(tx, c.reporter, c.id.value, now);
  add_event(tx, desk.ids, c.id, "reopened", by, reason, now);
  stay_in_touch(tx, c.id, c.opened_at, now);  // the number is still needed, however long nobody wrote
  resume_clocks(tx, desk, c.id);
  const auto again = find_case(tx, c.id);
  if (!last) {
    plan_anew(tx, desk, *again, now);
    advance(tx, desk, c.id, now);
    return {};
  }
  write_plan(tx, desk, *again, now);  // for when they let it go again
  if (auto given = give(tx, desk, *again, by, now); !given) return given;
  move_referral(tx, *last, ReferralEvent::reopened, now);
  add_event(tx, desk.ids, c.id, "accepted", by, "", now);
  return {};
}

}  // namespace tongdai::hotline
