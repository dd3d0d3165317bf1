#include "hotline/tracks.hpp"

#include <algorithm>

#include "hotline/escalation.hpp"
#include "hotline/notices.hpp"
#include "hotline/routing.hpp"
#include "hotline/service_lists.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view child_service = "child_protection";

constexpr std::string_view insert_track =
    "INSERT INTO case_track (case_id, track, service, state, consent) SELECT $1, COALESCE(MAX(track), 0) + "
    "1, $2, $3, "
    "$4 FROM case_track WHERE case_id = $1";
constexpr std::string_view update_consent =
    "UPDATE case_track SET consent = $3 WHERE case_id = $1 AND service = $2";
constexpr std::string_view update_opened =
    "UPDATE case_track SET state = 'open', due_at = $3 WHERE case_id = $1 AND track = $2 AND state = "
    "'waiting'";
constexpr std::string_view update_lead =
    "UPDATE hotline_case SET state = $2, owner_id = $3, step = $4, due_at = $5, updated_at = $6 WHERE id = "
    "$1 "
    "AND state <> 'closed'";
constexpr std::string_view delete_track = "DELETE FROM case_track WHERE case_id = $1 AND track = $2";
constexpr std::string_view move_referrals = "UPDATE referral SET track = 0 WHERE case_id = $1 AND track = $2";
constexpr std::string_view delete_lead_left_out =
    "DELETE FROM plan_left_out WHERE case_id = $1 AND track = 0";
constexpr std::string_view move_left_out =
    "UPDATE plan_left_out SET track = 0 WHERE case_id = $1 AND track = $2";
constexpr std::string_view move_reminder =
    "UPDATE lease_reminder SET track = 0 WHERE case_id = $1 AND track = $2";

bool contains(const std::vector<std::string>& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

/// Danger to life, or a child: the settings may waive the reporter's consent for them.
bool is_waived(const Settings& s, const Case& c) {
  return (s.waives_critical && c.urgency == Urgency::critical) ||
         (s.waives_child && contains(c.services, child_service));
}

bool must_wait(const Settings& s, const Case& c, const std::string& service) {
  return contains(s.consent_services, service) && !is_waived(s, c);
}

bool is_live(const Track& t) {
  return t.state == TrackState::open || t.state == TrackState::accepted;
}

bool may_open(const Settings& s, const Case& c, const Track& t) {
  if (t.state != TrackState::waiting || c.place != Place::known) return false;
  return t.consent == Consent::not_needed || t.consent == Consent::given ||
         (t.consent == Consent::needed && is_waived(s, c));
}

void open_track(storage::Tx& tx, Desk& desk, const Track& t, TimePoint now) {
  if (!next(t.state, TrackEvent::opened) || tx.run(update_opened, t.case_id, t.number, now) != 1) return;
  const auto seen = find_on_track(tx, t.case_id, t.number);
  if (!seen) return;
  add_event(tx, desk.ids, t.case_id, "track_opened", {}, t.service, now);
  write_plan(tx, desk, *seen, now);
  advance(tx, desk, t.case_id, now, t.number);
}

}  // namespace

void split_tracks(storage::Tx& tx, Desk& desk, const Case& c, const std::vector<std::string>& planned,
                  TimePoint now) {
  const Settings& s = desk.settings;
  std::vector<std::string> lead = own_services(tx, c);
  const auto split = [&](const std::string& service, Consent consent) {
    tx.run(insert_track, c.id, service, TrackState::waiting, consent);
    std::erase(lead, service);
  };
  for (const std::string& service : std::vector(lead)) {
    if (contains(planned, service) || !must_wait(s, c, service)) continue;
    split(service, Consent::needed);
    ask_for_consent(tx, desk, c, service, now);
  }
  for (const std::string& service : std::vector(lead)) {
    if (lead.size() <= 1) break;
    const bool has_own = contains(s.own_track, service) || contains(s.consent_services, service);
    if (has_own && !contains(planned, service)) split(service, Consent::not_needed);
  }
}

std::vector<std::string> withheld_services(storage::Tx& tx, const Desk& desk, CaseId id) {
  std::vector<std::string> withheld;
  const auto c = find_case(tx, id);
  if (!c) return desk.settings.consent_services;
  const auto all = tracks_of(tx, id);
  for (const std::string& service : desk.settings.consent_services) {
    const auto track = std::ranges::find(all, service, &Track::service);
    const bool is_asked = track == all.end() && contains(c->services, service);  // by the lead
    const bool is_agreed =
        track != all.end() && (track->consent == Consent::given || track->consent == Consent::not_needed);
    const bool is_refused = track != all.end() && track->consent == Consent::refused;
    if (is_refused || (!is_asked && !is_agreed && !is_waived(desk.settings, *c))) withheld.push_back(service);
  }
  return withheld;
}

void open_tracks(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  for (const Track& t : tracks_of(tx, c.id)) {
    if (may_open(desk.settings, c, t)) open_track(tx, desk, t, now);
  }
}

Result<void> record_consent(storage::Tx& tx, Desk& desk, const Case& c, const std::string& service,
                            bool given, TimePoint now) {
  if (c.state == CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  if (!desk.words.service_names.contains(service)) return fail(Code::invalid, "service: is not known");
  const auto all = tracks_of(tx, c.id);
  const auto found = std::ranges::find(all, service, &Track::service);
  const Consent consent = given ? Consent::given : Consent::refused;
  if (found == all.end()) {
    if (contains(c.services, service)) return fail(Code::not_allowed, "this service is being asked already");
    Case wider = c;
    wider.services = merge_services(c.services, {service});
    update_facts(tx, wider, now);
    tx.run(insert_track, c.id, service, TrackState::waiting, consent);
  } else if (found->state != TrackState::waiting) {
    return fail(Code::not_allowed, "this service is being asked already");
  }
  tx.run(update_consent, c.id, service, consent);
  add_event(tx, desk.ids, c.id, given ? "consent_given" : "consent_refused", {}, service, now);
  if (const auto again = find_case(tx, c.id)) open_tracks(tx, desk, *again, now);
  return {};
}

bool has_live_track(storage::Tx& tx, CaseId id) {
  return std::ranges::any_of(tracks_of(tx, id), is_live);
}

void promote_track(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  const auto done = own_services(tx, c);
  const auto all = tracks_of(tx, c.id);
  const auto live = std::ranges::find_if(all, is_live);
  if (live == all.end()) return;
  const auto owner = live->owner ? std::optional(live->owner) : std::nullopt;
  tx.run(delete_track, c.id, live->number);
  tx.run(update_lead, c.id, live->state, owner, live->step, live->due_at, now);
  tx.run(move_referrals, c.id, live->number);
  tx.run(move_reminder, c.id, live->number);
  tx.run(delete_lead_left_out, c.id);
  tx.run(move_left_out, c.id, live->number);
  for (const std::string& service : done) {
    if (service == live->service) continue;
    tx.run(insert_track, c.id, service, TrackState::closed, Consent::not_needed);
  }
  add_event(tx, desk.ids, c.id, "lead_passed", live->owner, live->service, now);
}

}  // namespace tongdai::hotline
