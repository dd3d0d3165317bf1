#include "hotline/commands.hpp"

#include <algorithm>
#include <set>

#include "directory/facilities.hpp"
#include "hotline/escalation.hpp"
#include "hotline/notices.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::hotline {
namespace {

bool fits(inbox::Verb verb, ReferralState state) {
  const bool has_it = state == ReferralState::accepted;
  return verb == inbox::Verb::done ? has_it
                                   : state == ReferralState::alerted || state == ReferralState::timed_out;
}

/// The newest referral of these facilities in this case that was ever asked.
std::optional<Referral> theirs(storage::Tx& tx, const Case& c, const std::vector<FacilityId>& facilities) {
  std::optional<Referral> found;
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.state == ReferralState::planned) continue;
    if (std::ranges::find(facilities, r.facility) != facilities.end()) found = r;
  }
  return found;
}

void tell_the_others(storage::Tx& tx, Desk& desk, const Case& c, FacilityId winner, TimePoint now) {
  std::set<FacilityId> told;
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.facility == winner) continue;
    const bool waits = r.state == ReferralState::alerted || r.state == ReferralState::timed_out;
    if (r.state == ReferralState::alerted) set_referral(tx, r.id, ReferralState::superseded, now);
    desk.messages.cancel_referral(tx, r.id, now);
    if (!waits || !told.insert(r.facility).second || in_conflict(tx, c.id, r.facility)) continue;
    for (const Phone& phone : directory::contacts_on_duty(tx, r.facility, now, desk.zone)) {
      tell(tx, desk, phone, "taken", c.code, nullptr, now);
    }
  }
}

void accept(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, const Phone& sender,
            TimePoint now) {
  const TimePoint lease_ends = now + desk.settings.lease_time(c.urgency);
  if (c.state == CaseState::accepted && c.owner == r.facility) {
    set_timer(tx, c.id, c.step, lease_ends, now);  // a sign of life
    add_event(tx, desk.ids, c.id, "renewed", r.facility, "", now);
    return send_details(tx, desk, c, sender, now);
  }
  if (c.state == CaseState::open && !may_accept(r.state))
    return tell(tx, desk, sender, "not_yours", c.code, nullptr, now);
  if (c.state != CaseState::open || !set_owner(tx, c.id, r.facility, lease_ends, now)) {
    return tell(tx, desk, sender, "taken", c.code, nullptr, now);
  }
  set_referral(tx, r.id, ReferralState::accepted, now);
  add_event(tx, desk.ids, c.id, "accepted", r.facility, "", now);
  tell_the_others(tx, desk, c, r.facility, now);
  const auto accepted = find_case(tx, c.id);
  if (accepted) send_details(tx, desk, *accepted, sender, now);
}

void decline(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, const Phone& sender,
             TimePoint now) {
  tell(tx, desk, sender, "declined", c.code, nullptr, now);
  if (c.state == CaseState::accepted && c.owner != r.facility) return;
  set_referral(tx, r.id, ReferralState::declined, now);
  add_event(tx, desk.ids, c.id, "declined", r.facility, "", now);
  if (c.state == CaseState::accepted) {
    if (!clear_owner(tx, c.id, now, now)) return;  // handed back
    return advance(tx, desk, c.id, now);
  }
  const bool is_current = r.step == c.step;
  if (!is_current) return;
  if (r.facility == desk.duty_desk) {
    // The desk may pass, but the case stays with it: it is paged again in its turn.
    set_referral(tx, r.id, ReferralState::alerted, now);
    return;
  }
  advance(tx, desk, c.id, now);
}

void done(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, const Phone& sender, TimePoint now) {
  if (c.state != CaseState::accepted || c.owner != r.facility) {
    return tell(tx, desk, sender, "not_yours", c.code, nullptr, now);
  }
  if (close_case(tx, desk, c, r.facility, "", now)) tell(tx, desk, sender, "closed", c.code, nullptr, now);
}

/// The case a command without a code must mean, or nothing after a hint was sent.
std::optional<Case> only_case(storage::Tx& tx, Desk& desk, const Phone& sender,
                              const std::vector<FacilityId>& facilities, inbox::Verb verb, TimePoint now) {
  std::set<CaseId> fitting, live;
  for (const Referral& r : referrals_of(tx, facilities)) {
    live.insert(r.case_id);
    if (fits(verb, r.state)) fitting.insert(r.case_id);
  }
  if (live.size() == 1 && fitting.size() == 1) return find_case(tx, *fitting.begin());
  std::vector<std::string> codes;
  for (const CaseId id : live) {
    if (const auto c = find_case(tx, id)) codes.push_back(c->code);
  }
  hint(tx, desk, sender, codes, now);
  return std::nullopt;
}

}  // namespace

void obey(storage::Tx& tx, Desk& desk, const Phone& sender, const std::vector<FacilityId>& facilities,
          const inbox::Command& command, TimePoint now) {
  std::optional<Case> c;
  if (command.code.empty()) {
    c = only_case(tx, desk, sender, facilities, command.verb, now);
    if (!c) return;
  } else {
    c = find_case(tx, command.code);
  }
  const auto referral = c ? theirs(tx, *c, facilities) : std::nullopt;
  // A code that is not theirs and one that does not exist get the same answer.
  if (!referral || in_conflict(tx, c->id, referral->facility)) {
    return tell(tx, desk, sender, "unknown_code", command.code, nullptr, now);
  }
  if (c->state == CaseState::closed) return tell(tx, desk, sender, "closed", c->code, nullptr, now);
  switch (command.verb) {
    case inbox::Verb::accept:
      return accept(tx, desk, *c, *referral, sender, now);
    case inbox::Verb::decline:
      return decline(tx, desk, *c, *referral, sender, now);
    case inbox::Verb::done:
      return done(tx, desk, *c, *referral, sender, now);
  }
}

Result<void> close_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by, std::string_view outcome,
                        TimePoint now) {
  if (const auto allowed = next(c.state, CaseEvent::closed); !allowed)
    return std::unexpected(allowed.error());
  if (!set_closed(tx, c.id, now)) return fail(Code::conflict, "somebody closed it at the same moment");
  for (const Referral& r : referrals(tx, c.id)) {
    desk.messages.cancel_referral(tx, r.id, now);
    if (r.state == ReferralState::accepted) set_referral(tx, r.id, ReferralState::closed, now);
    if (r.state == ReferralState::alerted) set_referral(tx, r.id, ReferralState::superseded, now);
  }
  drop_planned(tx, c.id);
  if (!c.reporter.empty()) outbox::release(tx, c.reporter, c.id.value, now);
  add_event(tx, desk.ids, c.id, "closed", by, outcome, now);
  return {};
}

}  // namespace tongdai::hotline
