#include "hotline/escalation.hpp"

#include "hotline/notices.hpp"
#include "hotline/routing.hpp"
#include "outbox/queries.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t due_max = 500;  // cases a turn
constexpr int steps_max = 64;         // of one plan; far above what facilities_max allows

constexpr std::string_view select_owner_phone =
    "SELECT 1 FROM hotline_case c JOIN facility_contact f ON f.facility_id = c.owner_id "
    "WHERE c.id = $1 AND c.state = 'accepted' AND f.phone = $2 LIMIT 1";

/// The desk is asked again and again: its step never ends by time.
void page_again(storage::Tx& tx, Desk& desk, const Case& c, const Referral& last, TimePoint now) {
  const int sent = send_alerts(tx, desk, c, last, now);
  if (sent == 0) desk.log.alarm("no duty officer can be paged for an open case", {{"case", c.id}});
  set_referral(tx, last.id, ReferralState::alerted, now);
  set_timer(tx, c.id, last.step, now + desk.settings.duty_repeat, now);
  add_event(tx, desk.ids, c.id, "duty_paged", last.facility, sent > 0 ? "" : "no officer could be reached",
            now);
}

/// True if the step was taken; false if nobody could be reached and the next is to be tried at once.
bool take_step(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now) {
  if (r.facility == desk.duty_desk) {
    page_again(tx, desk, c, r, now);
    return true;
  }
  if (in_conflict(tx, c.id, r.facility) || send_alerts(tx, desk, c, r, now) == 0) {
    set_referral(tx, r.id, ReferralState::unreachable, now);
    add_event(tx, desk.ids, c.id, "skipped", r.facility, "nobody could be reached", now);
    return false;
  }
  set_referral(tx, r.id, ReferralState::alerted, now);
  set_timer(tx, c.id, r.step, now + desk.settings.step_time(c.urgency), now);
  add_event(tx, desk.ids, c.id, "alerted", r.facility, "", now);
  return true;
}

void end_current_step(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  const auto current = referral_at(tx, c.id, c.step);
  if (!current || current->state != ReferralState::alerted || current->facility == desk.duty_desk) return;
  desk.messages.cancel_referral(tx, current->id, now);
  set_referral(tx, current->id, ReferralState::timed_out, now);
  add_event(tx, desk.ids, c.id, "no_answer", current->facility, "", now);
}

void end_lease(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  if (!clear_owner(tx, c.id, now, now)) return;
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.state == ReferralState::accepted) set_referral(tx, r.id, ReferralState::timed_out, now);
  }
  add_event(tx, desk.ids, c.id, "lease_ended", c.owner, "the owner was silent too long", now);
}

}  // namespace

CaseId open_case(storage::Tx& tx, Desk& desk, const Opening& opening, TimePoint now) {
  Case c;
  c.id = desk.ids.next<CaseTag>();
  c.code = fresh_code(tx, desk.codes);
  c.urgency = opening.urgency;
  c.reporter = opening.reporter;
  c.place = opening.place;
  c.unit = opening.unit;
  c.services = opening.services;
  c.note = opening.note;
  insert_case(tx, c, now);
  for (const FacilityId f : opening.conflicts) add_conflict(tx, c.id, f);
  if (opening.text) add_text(tx, c.id, opening.text);
  if (!c.reporter.empty()) outbox::hold(tx, c.reporter, c.id.value, now);
  add_event(tx, desk.ids, c.id, "opened", {}, name_of(c.urgency), now);
  write_plan(tx, desk, c, now);
  advance(tx, desk, c.id, now);
  return c.id;
}

void advance(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  const auto c = find_case(tx, id);
  if (!c || c->state != CaseState::open) return;
  end_current_step(tx, desk, *c, now);
  std::optional<Referral> last = referral_at(tx, id, c->step);
  for (int step = c->step + 1; step <= c->step + steps_max; ++step) {
    const auto r = referral_at(tx, id, step);
    if (!r) break;
    last = r;
    if (r->state == ReferralState::planned && take_step(tx, desk, *c, *r, now)) return;
  }
  if (!last || last->facility != desk.duty_desk) {
    write_plan(tx, desk, *c, now);  // the desk is always the last step; a plan without it is mended here
    last = referrals(tx, id).back();
  }
  page_again(tx, desk, *c, *last, now);
}

void replan(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  const auto c = find_case(tx, id);
  if (!c || c->state != CaseState::open) return;
  write_plan(tx, desk, *c, now);
  add_event(tx, desk.ids, id, "replanned", {}, "", now);
  advance(tx, desk, id, now);
}

std::size_t escalate_due(storage::Tx& tx, Desk& desk, TimePoint now) {
  const auto due = cases_due(tx, now, due_max);
  for (const CaseId id : due) {
    const auto c = find_case(tx, id);
    if (c && c->state == CaseState::accepted) end_lease(tx, desk, *c, now);
    advance(tx, desk, id, now);
  }
  return due.size();
}

void on_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now) {
  using outbox::MessageState;
  const bool lost = fate.state == MessageState::failed || fate.state == MessageState::undelivered ||
                    fate.state == MessageState::expired;
  if (!fate.case_id || !fate.referral || !lost) return;
  const auto c = find_case(tx, fate.case_id);
  if (!c || c->state != CaseState::open) return;
  const auto current = referral_at(tx, c->id, c->step);
  if (!current || current->id != fate.referral || current->state != ReferralState::alerted) return;
  add_event(tx, desk.ids, c->id, "alert_failed", current->facility, fate.reason, now);
  // The desk's timer stands: paging a dead number without a pause would help nobody.
  if (current->facility == desk.duty_desk || outbox::any_alive(tx, c->id, current->id)) return;
  set_timer(tx, c->id, c->step, now, now);
}

bool holds_case(storage::Tx& tx, CaseId id, const Phone& phone) {
  return tx.value<int>(select_owner_phone, id, phone).has_value();
}

}  // namespace tongdai::hotline
