#include "hotline/escalation.hpp"

#include "hotline/alert_bundle.hpp"
#include "hotline/alert_cap.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/notices.hpp"
#include "hotline/reminder.hpp"
#include "hotline/routing.hpp"
#include "hotline/tracks.hpp"
#include "outbox/queries.hpp"
#include "outbox/suppression.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_owner_phone =
    "SELECT 1 FROM facility_contact f WHERE f.phone = $2 AND f.facility_id IN ("
    "SELECT owner_id FROM hotline_case WHERE id = $1 AND state = 'accepted' UNION ALL "
    "SELECT owner_id FROM case_track WHERE case_id = $1 AND state = 'accepted') LIMIT 1";

/// The desk is asked again and again: its step never ends by time.
void page_again(storage::Tx& tx, Desk& desk, const Case& c, const Referral& last, TimePoint now) {
  std::string_view detail;
  if (!may_alert(tx, desk, c, last.facility, now)) {
    detail = "held back: too many pages within the hour";
    desk.log.alarm("pages to the duty officers are held back: too many within the hour", {{"case", c.id}});
  } else if (send_alerts(tx, desk, c, last, now) == 0) {
    detail = "no officer could be reached";
    desk.log.alarm("no duty officer can be paged for an open case", {{"case", c.id}});
  }
  move_referral(tx, last, ReferralEvent::asked, now);
  set_timer(tx, c, last.step, now + desk.settings.duty_repeat, now);
  add_event(tx, desk.ids, c.id, "duty_paged", last.facility, detail, now);
}

/// Why the facility cannot be asked; "" if it was.
std::string_view try_to_ask(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now) {
  if (in_conflict(tx, c.id, r.facility)) return "it is in conflict";
  if (!may_alert(tx, desk, c, r.facility, now)) return "too many alerts to it within the hour";
  return send_alerts(tx, desk, c, r, now) > 0 ? "" : "nobody could be reached";
}

/// True if the step was taken; false if nobody could be reached and the next is to be tried at once.
bool take_step(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now) {
  if (r.facility == desk.duty_desk) {
    page_again(tx, desk, c, r, now);
    return true;
  }
  if (const auto why = try_to_ask(tx, desk, c, r, now); !why.empty()) {
    move_referral(tx, r, ReferralEvent::unreached, now);
    add_event(tx, desk.ids, c.id, "skipped", r.facility, why, now);
    return false;
  }
  move_referral(tx, r, ReferralEvent::asked, now);
  set_timer(tx, c, r.step, now + desk.settings.step_time(c.urgency), now);
  add_event(tx, desk.ids, c.id, "alerted", r.facility, "", now);
  return true;
}

void end_current_step(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  const auto current = referral_at(tx, c.id, c.step);
  if (!current || current->state != ReferralState::alerted || current->facility == desk.duty_desk) return;
  desk.messages.cancel_referral(tx, current->id, now);
  move_referral(tx, *current, ReferralEvent::ran_out, now);
  add_event(tx, desk.ids, c.id, "no_answer", current->facility, "", now);
}

void end_lease(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  if (!clear_owner(tx, c, now, now)) return;
  drop_reminder(tx, c);
  for (const Referral& r : referrals(tx, c.id)) {
    if (r.track != c.track || r.state != ReferralState::accepted) continue;
    desk.messages.cancel_referral(tx, r.id, now);
    move_referral(tx, r, ReferralEvent::ran_out, now);
  }
  add_event(tx, desk.ids, c.id, "lease_ended", c.owner, "the owner was silent too long", now);
}

/// An alert did not arrive: when none of the step is alive any more, the step is over.
void alert_lost(storage::Tx& tx, Desk& desk, CaseId id, ReferralId referral, std::string_view reason,
                TimePoint now) {
  const auto asked = find_referral(tx, referral);
  const auto c = asked ? find_on_track(tx, id, asked->track) : std::nullopt;
  if (!c || c->state != CaseState::open) return;
  const auto current = referral_at(tx, c->id, c->step);
  if (!current || current->id != referral || current->state != ReferralState::alerted) return;
  add_event(tx, desk.ids, c->id, "alert_failed", current->facility, reason, now);
  // The desk's timer stands: paging a dead number without a pause would help nobody.
  if (current->facility == desk.duty_desk || outbox::any_alive(tx, c->id, referral) ||
      is_carried(tx, referral)) {
    return;
  }
  set_timer(tx, *c, c->step, now, now);
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
  start_clocks(tx, desk, c, now, now);
  if (!opening.language.empty()) set_language(tx, c.id, opening.language);
  split_tracks(tx, desk, c, {}, now);
  write_plan(tx, desk, c, now);
  advance(tx, desk, c.id, now);
  open_tracks(tx, desk, c, now);
  return c.id;
}

void advance(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now, int track) {
  const auto c = find_on_track(tx, id, track);
  if (!c || c->state != CaseState::open) return;
  end_current_step(tx, desk, *c, now);
  while (const auto r = next_planned(tx, *c)) {
    if (take_step(tx, desk, *c, *r, now)) return;
  }
  auto last = last_referral(tx, *c);
  if (!last || last->facility != desk.duty_desk) {
    write_plan(tx, desk, *c, now);  // the desk is always the last step; a plan without it is mended here
    last = last_referral(tx, *c);
  }
  page_again(tx, desk, *c, *last, now);
}

void replan(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  const auto c = find_case(tx, id);
  if (!c || c->state != CaseState::open) return;
  split_tracks(tx, desk, *c, {}, now);
  write_plan(tx, desk, *c, now);
  add_event(tx, desk.ids, id, "replanned", {}, "", now);
  advance(tx, desk, id, now);
  open_tracks(tx, desk, *c, now);
}

void hasten(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  std::vector<int> parts{0};
  for (const Track& t : tracks_of(tx, id)) parts.push_back(t.number);
  for (const int part : parts) {
    const auto c = find_on_track(tx, id, part);
    if (!c || !c->due_at) continue;
    const bool has_owner = c->state == CaseState::accepted;
    const TimePoint sooner =
        now + (has_owner ? desk.settings.lease_time(c->urgency) : desk.settings.step_time(c->urgency));
    if (sooner >= *c->due_at) continue;
    set_timer(tx, *c, c->step, sooner, now);
    if (has_owner) set_reminder(tx, desk, *c, sooner, now);
  }
}

std::size_t escalate_due(storage::Tx& tx, Desk& desk, TimePoint now) {
  std::size_t fired = fire_reminders(tx, desk, now, due_max) + fire_clocks(tx, desk, now, due_max);
  AlertBundle bundle(desk);
  auto due = tracks_due(tx, now, due_max);
  for (const CaseId id : cases_due(tx, now, due_max)) due.push_back({id, 0});
  for (const auto& [id, track] : due) {
    const auto c = find_on_track(tx, id, track);
    if (c && c->state == CaseState::accepted) end_lease(tx, desk, *c, now);
    advance(tx, desk, id, now, track);
    ++fired;
  }
  bundle.send(tx, now);
  return fired;
}

void on_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now) {
  using outbox::MessageState;
  const bool lost = fate.state == MessageState::failed || fate.state == MessageState::undelivered ||
                    fate.state == MessageState::expired;
  if (!lost || fate.purpose != outbox::Purpose::facility_alert) return;
  if (fate.case_id && fate.referral)
    return alert_lost(tx, desk, fate.case_id, fate.referral, fate.reason, now);
  for (const Carried& c : take_carried(tx, fate.id))
    alert_lost(tx, desk, c.case_id, c.referral, fate.reason, now);
}

bool holds_case(storage::Tx& tx, CaseId id, const Phone& phone) {
  return tx.value<int>(select_owner_phone, id, phone) && !is_conflicting(tx, id, phone);
}

}  // namespace tongdai::hotline
