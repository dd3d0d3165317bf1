#include "hotline/store.hpp"

#include <algorithm>
#include <stdexcept>

#include "hotline/service_lists.hpp"
#include "hotline/tracks.hpp"
#include "storage/seal_functions.hpp"

namespace tongdai::hotline {
namespace {

constexpr int code_tries = 100;

#define CASE_COLUMNS                                                                                   \
  "id, code, state, urgency, unseal(key_id, sealed_reporter, reporter), place, COALESCE(unit_id, 0), " \
  "services, "                                                                                         \
  "unseal(key_id, sealed_note, note), COALESCE(owner_id, 0), step, due_at, opened_at"
constexpr std::string_view select_case = "SELECT " CASE_COLUMNS " FROM hotline_case WHERE id = $1";
constexpr std::string_view select_by_code = "SELECT " CASE_COLUMNS " FROM hotline_case WHERE code = $1";
constexpr std::string_view select_of_reporter =
    "SELECT " CASE_COLUMNS
    " FROM hotline_case WHERE reporter = tag($1) AND state <> 'closed' AND reporter <> ''";
#undef CASE_COLUMNS
constexpr std::string_view select_due =
    "SELECT id FROM hotline_case WHERE state <> 'closed' AND due_at <= $1 ORDER BY due_at LIMIT $2";
constexpr std::string_view select_code = "SELECT 1 FROM hotline_case WHERE code = $1";
constexpr std::string_view insert_case_row =
    "INSERT INTO hotline_case (id, code, state, urgency, reporter, place, unit_id, services, note, step, "
    "due_at, opened_at, updated_at, key_id, sealed_reporter, sealed_note) VALUES ($1, $2, 'open', $3, "
    "tag($4), $5, $6, $7, '', 0, $9, $10, $10, $11, seal($11, $4), seal($11, $8))";
constexpr std::string_view update_case_facts =
    "UPDATE hotline_case SET urgency = $2, place = $3, unit_id = $4, services = $5, updated_at = $6 WHERE id "
    "= $1";
constexpr std::string_view update_timer =
    "UPDATE hotline_case SET step = $2, due_at = $3, updated_at = $4 WHERE id = $1 AND state <> 'closed'";
constexpr std::string_view update_accepted =
    "UPDATE hotline_case SET state = 'accepted', owner_id = $2, due_at = $3, updated_at = $4 "
    "WHERE id = $1 AND state = 'open'";
constexpr std::string_view update_ownerless =
    "UPDATE hotline_case SET state = 'open', owner_id = NULL, due_at = $2, updated_at = $3 "
    "WHERE id = $1 AND state = 'accepted'";
constexpr std::string_view update_reopened =
    "UPDATE hotline_case SET state = 'open', owner_id = NULL, due_at = $2, closed_at = NULL, updated_at = $3 "
    "WHERE id = $1 AND state = 'closed' AND erased_at IS NULL";
constexpr std::string_view select_erased =
    "SELECT 1 FROM hotline_case WHERE id = $1 AND erased_at IS NOT NULL";
constexpr std::string_view update_closed =
    "UPDATE hotline_case SET state = 'closed', due_at = NULL, closed_at = $2, updated_at = $2 "
    "WHERE id = $1 AND state <> 'closed'";
constexpr std::string_view insert_text =
    "INSERT INTO case_text (case_id, inbound_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
// A text that came while its sender had another case that was open then: each case is erased by itself.
constexpr std::string_view seal_anew =
    "UPDATE inbound SET sealed_sender = seal($3, unseal(key_id, sealed_sender, sender)), sealed_text = "
    "seal($3, unseal(key_id, sealed_text, text)), key_id = $3 WHERE id = $2 AND has_key($3) = 1 AND EXISTS "
    "(SELECT 1 FROM hotline_case c WHERE c.key_id = inbound.key_id AND c.key_id > 0 AND c.id <> $1)";
constexpr std::string_view seal_command =
    "UPDATE inbound SET sealed_sender = seal($2, unseal(key_id, sealed_sender, sender)), sealed_text = "
    "seal($2, unseal(key_id, sealed_text, text)), key_id = $2 WHERE id = $1 AND key_id <> $2 AND has_key($2) "
    "= 1";
// Its key was lost, and with it the number: whoever writes on is the one.
constexpr std::string_view know_reporter =
    "UPDATE hotline_case SET sealed_reporter = seal(key_id, $2) WHERE id = $1 AND sealed_reporter IS NULL "
    "AND reporter "
    "= tag($2) AND has_key(key_id) = 1";
constexpr std::string_view select_key = "SELECT key_id FROM hotline_case WHERE id = $1";
constexpr std::string_view insert_event =
    "INSERT INTO case_event (id, case_id, at, kind, facility_id, detail, sealed_detail) VALUES ($1, $2, $3, "
    "$4, $5, '', CASE WHEN $6 = '' THEN NULL ELSE (SELECT seal(c.key_id, $6) FROM hotline_case c "
    "WHERE c.id = $2 AND has_key(c.key_id) = 1) END)";  // an erased case learns nothing more
#define REFERRAL_COLUMNS                                                                               \
  "r.id, r.case_id, r.facility_id, r.step, r.state, r.answered_at, r.accepted_at, r.left_at, r.track " \
  "FROM referral r "
constexpr std::string_view select_referrals =
    "SELECT " REFERRAL_COLUMNS "WHERE r.case_id = $1 ORDER BY r.step";
constexpr std::string_view select_referral_at =
    "SELECT " REFERRAL_COLUMNS "WHERE r.case_id = $1 AND r.step = $2";
constexpr std::string_view select_referrals_of =
    "SELECT " REFERRAL_COLUMNS
    "JOIN hotline_case c ON c.id = r.case_id "
    "WHERE r.facility_id = $1 AND c.state <> 'closed' AND r.state IN ('alerted', 'accepted', 'timed_out') "
    "ORDER BY r.id DESC";
constexpr std::string_view select_next_planned =
    "SELECT " REFERRAL_COLUMNS
    "WHERE r.case_id = $1 AND r.track = $2 AND r.state = 'planned' ORDER BY r.step LIMIT 1";
constexpr std::string_view select_last_referral =
    "SELECT " REFERRAL_COLUMNS "WHERE r.case_id = $1 AND r.track = $2 ORDER BY r.step DESC LIMIT 1";
constexpr std::string_view select_referral = "SELECT " REFERRAL_COLUMNS "WHERE r.id = $1";
#undef REFERRAL_COLUMNS
constexpr std::string_view insert_referral_row =
    "INSERT INTO referral (id, case_id, facility_id, step, state, why, track) VALUES ($1, $2, $3, $4, $5, "
    "$6, $7)";
constexpr std::string_view update_referral =
    "UPDATE referral SET state = $3, alerted_at = CASE WHEN $3 = 'alerted' THEN $4 ELSE alerted_at END, "
    "answered_at = CASE WHEN $3 IN ('accepted', 'declined', 'handed_back', 'transferred') THEN $4 ELSE "
    "answered_at END, accepted_at = CASE WHEN $3 = 'accepted' THEN $4 ELSE accepted_at END, "
    "left_at = CASE WHEN $3 = 'accepted' THEN NULL WHEN $2 = 'accepted' THEN $4 ELSE left_at END "
    "WHERE id = $1 AND state = $2";
constexpr std::string_view select_next_step =
    "SELECT COALESCE(MAX(step), 0) + 1 FROM referral WHERE case_id = $1";
constexpr std::string_view select_planned =
    "SELECT facility_id, why FROM referral WHERE case_id = $1 AND track = $2 AND state = 'planned' ORDER BY "
    "step";
constexpr std::string_view delete_planned =
    "DELETE FROM referral WHERE case_id = $1 AND track = $2 AND state = 'planned'";
constexpr std::string_view delete_left_out = "DELETE FROM plan_left_out WHERE case_id = $1 AND track = $2";
constexpr std::string_view insert_left_out =
    "INSERT INTO plan_left_out (case_id, track, facility_id, why) VALUES ($1, $2, $3, $4) ON CONFLICT DO "
    "NOTHING";
constexpr std::string_view update_language = "UPDATE hotline_case SET language = $2 WHERE id = $1";
constexpr std::string_view select_language = "SELECT language FROM hotline_case WHERE id = $1";
constexpr std::string_view insert_conflict =
    "INSERT INTO case_conflict (case_id, facility_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view select_conflict =
    "SELECT 1 FROM case_conflict WHERE case_id = $1 AND facility_id = $2";
constexpr std::string_view select_conflicting_phone =
    "SELECT 1 FROM case_conflict c JOIN facility_contact f ON f.facility_id = c.facility_id "
    "WHERE c.case_id = $1 AND f.phone = $2 LIMIT 1";

Case to_case(const storage::Row& row) {
  Case c;
  c.id = row.get<CaseId>(0);
  c.code = row.text(1);
  c.state = row.get<CaseState>(2);
  c.urgency = row.get<Urgency>(3);
  c.reporter = row.get<Phone>(4);
  c.place = row.get<Place>(5);
  c.unit = row.get<UnitId>(6);
  c.services = split_services(row.text(7));
  c.note = row.text(8);
  c.owner = row.get<FacilityId>(9);
  c.step = row.get<int>(10);
  c.due_at = row.get<std::optional<TimePoint>>(11);
  c.opened_at = row.get<TimePoint>(12);
  return c;
}

Referral to_referral(const storage::Row& row) {
  return {row.get<ReferralId>(0),
          row.get<CaseId>(1),
          row.get<FacilityId>(2),
          row.get<int>(3),
          row.get<ReferralState>(4),
          row.get<std::optional<TimePoint>>(5),
          row.get<std::optional<TimePoint>>(6),
          row.get<std::optional<TimePoint>>(7),
          row.get<int>(8)};
}

std::optional<UnitId> known(UnitId unit) {
  return unit ? std::optional(unit) : std::nullopt;
}

}  // namespace

std::optional<Case> find_case(storage::Tx& tx, CaseId id) {
  return tx.first(select_case, to_case, id);
}

std::optional<Case> find_case(storage::Tx& tx, std::string_view code) {
  return tx.first(select_by_code, to_case, code);
}

std::optional<Case> open_case_of(storage::Tx& tx, const Phone& reporter) {
  return tx.first(select_of_reporter, to_case, reporter);
}

std::optional<Case> case_of_writer(storage::Tx& tx, const Phone& reporter) {
  auto c = open_case_of(tx, reporter);
  if (c && c->reporter.empty()) {
    tx.run(know_reporter, c->id, reporter);
    c->reporter = reporter;
  }
  return c;
}

std::vector<CaseId> cases_due(storage::Tx& tx, TimePoint now, std::size_t limit) {
  return tx.all(select_due, [](const storage::Row& row) { return row.get<CaseId>(0); }, now, limit);
}

std::string fresh_code(storage::Tx& tx, const CodeSource& codes) {
  for (int i = 0; i < code_tries; ++i) {
    std::string code = std::to_string(codes());
    if (!tx.value<int>(select_code, code)) return code;
  }
  throw std::runtime_error("no free case code was found in 100 tries");
}

void insert_case(storage::Tx& tx, const Case& c, TimePoint now) {
  tx.run(insert_case_row, c.id, c.code, c.urgency, c.reporter, c.place, known(c.unit),
         join_services(c.services), c.note, now, now, storage::new_key(tx));
  tx.changed("case", c.id.value);
}

void update_facts(storage::Tx& tx, const Case& c, TimePoint now) {
  tx.run(update_case_facts, c.id, c.urgency, c.place, known(c.unit), join_services(c.services), now);
  tx.changed("case", c.id.value);
}

void set_timer(storage::Tx& tx, const Case& c, int step, TimePoint due_at, TimePoint now) {
  tx.changed("case", c.id.value);
  if (c.track != 0) return set_track_timer(tx, c, step, due_at);
  tx.run(update_timer, c.id, step, due_at, now);
}

bool set_owner(storage::Tx& tx, const Case& c, FacilityId owner, TimePoint lease_ends, TimePoint now) {
  tx.changed("case", c.id.value);
  if (c.track != 0) return set_track_owner(tx, c, owner, lease_ends);
  return tx.run(update_accepted, c.id, owner, lease_ends, now) == 1;
}

bool clear_owner(storage::Tx& tx, const Case& c, TimePoint due_at, TimePoint now) {
  tx.changed("case", c.id.value);
  if (c.track != 0) return clear_track_owner(tx, c, due_at);
  return tx.run(update_ownerless, c.id, due_at, now) == 1;
}

bool set_closed(storage::Tx& tx, CaseId id, TimePoint now) {
  tx.changed("case", id.value);
  return tx.run(update_closed, id, now) == 1;
}

bool is_erased(storage::Tx& tx, CaseId id) {
  return tx.value<int>(select_erased, id).has_value();
}

bool set_reopened(storage::Tx& tx, CaseId id, TimePoint due_at, TimePoint now) {
  tx.changed("case", id.value);
  return tx.run(update_reopened, id, due_at, now) == 1;
}

void add_text(storage::Tx& tx, CaseId id, InboundId text) {
  tx.run(insert_text, id, text);
  tx.run(seal_anew, id, text, tx.value<KeyId>(select_key, id).value_or(KeyId{}));
}

void add_command(storage::Tx& tx, CaseId id, InboundId text) {
  tx.run(seal_command, text, tx.value<KeyId>(select_key, id).value_or(KeyId{}));
}

void add_event(storage::Tx& tx, IdSource& ids, CaseId id, std::string_view kind, FacilityId facility,
               std::string_view detail, TimePoint now) {
  const auto who = facility ? std::optional(facility) : std::nullopt;
  tx.run(insert_event, ids.next<struct CaseEventTag>(), id, now, kind, who, detail);
  tx.changed("case", id.value);
}

std::vector<Referral> referrals(storage::Tx& tx, CaseId id) {
  return tx.all(select_referrals, to_referral, id);
}

std::optional<Referral> referral_of(storage::Tx& tx, CaseId id, const std::vector<FacilityId>& facilities,
                                    bool asked_first) {
  const auto rank = [asked_first](ReferralState s) {
    if (s == ReferralState::accepted) return 2;
    if (s != ReferralState::alerted) return 0;
    return asked_first ? 3 : 1;
  };
  std::optional<Referral> found;
  for (const Referral& r : referrals(tx, id)) {
    if (r.state == ReferralState::planned) continue;
    if (std::ranges::find(facilities, r.facility) == facilities.end()) continue;
    if (!found || rank(r.state) >= rank(found->state)) found = r;
  }
  return found;
}

std::optional<Referral> find_referral(storage::Tx& tx, ReferralId id) {
  return tx.first(select_referral, to_referral, id);
}

std::optional<Referral> referral_at(storage::Tx& tx, CaseId id, int step) {
  return tx.first(select_referral_at, to_referral, id, step);
}

std::vector<Referral> referrals_of(storage::Tx& tx, const std::vector<FacilityId>& facilities) {
  std::vector<Referral> all;
  for (const FacilityId f : facilities) {
    for (const Referral& r : tx.all(select_referrals_of, to_referral, f)) all.push_back(r);
  }
  return all;
}

void insert_referral(storage::Tx& tx, const Referral& r, std::string_view why) {
  tx.run(insert_referral_row, r.id, r.case_id, r.facility, r.step, r.state, why, r.track);
}

bool move_referral(storage::Tx& tx, const Referral& r, ReferralEvent event, TimePoint at) {
  const auto to = next(r.state, event);
  return to && tx.run(update_referral, r.id, r.state, *to, at) == 1;
}

int next_step(storage::Tx& tx, CaseId id) {
  return tx.value<int>(select_next_step, id).value_or(1);
}

std::optional<Referral> next_planned(storage::Tx& tx, const Case& c) {
  return tx.first(select_next_planned, to_referral, c.id, c.track);
}

std::optional<Referral> last_referral(storage::Tx& tx, const Case& c) {
  return tx.first(select_last_referral, to_referral, c.id, c.track);
}

std::vector<PlannedStep> take_planned(storage::Tx& tx, const Case& c) {
  auto taken = tx.all(
      select_planned,
      [](const storage::Row& row) { return PlannedStep{row.get<FacilityId>(0), row.text(1)}; }, c.id,
      c.track);
  tx.run(delete_planned, c.id, c.track);
  return taken;
}

void forget_left_out(storage::Tx& tx, const Case& c) {
  tx.run(delete_left_out, c.id, c.track);
}

void add_left_out(storage::Tx& tx, const Case& c, FacilityId facility, std::string_view why) {
  tx.run(insert_left_out, c.id, c.track, facility, why);
}

void set_language(storage::Tx& tx, CaseId id, std::string_view language) {
  tx.run(update_language, id, language);
}

std::string language_of(storage::Tx& tx, CaseId id) {
  return tx.value<std::string>(select_language, id).value_or("");
}

void add_conflict(storage::Tx& tx, CaseId id, FacilityId facility) {
  tx.run(insert_conflict, id, facility);
}

bool in_conflict(storage::Tx& tx, CaseId id, FacilityId facility) {
  return tx.value<int>(select_conflict, id, facility).has_value();
}

bool is_conflicting(storage::Tx& tx, CaseId id, const Phone& phone) {
  return tx.value<int>(select_conflicting_phone, id, phone).has_value();
}

}  // namespace tongdai::hotline
