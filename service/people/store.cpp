#include "people/store.hpp"

#include <algorithm>
#include <array>

namespace tongdai::people {
namespace {

constexpr std::size_t name_min = 2, name_max = 40;
// What the journal calls those who are nobody of ours.
constexpr std::array<std::string_view, 4> taken_names{"socket", "token", "signal", "rule"};

#define PERSON_COLUMNS                                                         \
  "id, name, role, COALESCE(facility_id, 0), password, password_is_for_once, " \
  "unseal('house', sealed_totp, ''), totp_is_on, totp_used, disabled_at, created_at, signed_in_at"
constexpr std::string_view select_by_name = "SELECT " PERSON_COLUMNS " FROM person WHERE name = $1";
constexpr std::string_view select_by_id = "SELECT " PERSON_COLUMNS " FROM person WHERE id = $1";
constexpr std::string_view select_all = "SELECT " PERSON_COLUMNS " FROM person ORDER BY name";
#undef PERSON_COLUMNS
constexpr std::string_view select_administrators =
    "SELECT COUNT(*) FROM person WHERE role = 'administrator' AND disabled_at IS NULL";
constexpr std::string_view insert_row =
    "INSERT INTO person (id, name, role, facility_id, password, password_is_for_once, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING";
constexpr std::string_view update_password =
    "UPDATE person SET password = $2, password_is_for_once = $3 WHERE id = $1";
constexpr std::string_view update_totp_secret =
    "UPDATE person SET sealed_totp = CASE WHEN $2 = '' THEN NULL ELSE seal('house', $2) END, totp_is_on = 0, "
    "totp_used = 0 WHERE id = $1";
constexpr std::string_view update_totp_step =
    "UPDATE person SET totp_used = $2 WHERE id = $1 AND totp_used < $3";
constexpr std::string_view update_totp_on =
    "UPDATE person SET totp_is_on = 1 WHERE id = $1 AND sealed_totp IS NOT NULL";
constexpr std::string_view update_disabled = "UPDATE person SET disabled_at = $2 WHERE id = $1";
constexpr std::string_view delete_sessions = "DELETE FROM session WHERE person_id = $1";
constexpr std::string_view delete_codes = "DELETE FROM recovery_code WHERE person_id = $1";
constexpr std::string_view insert_code =
    "INSERT INTO recovery_code (person_id, fingerprint) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view delete_code =
    "DELETE FROM recovery_code WHERE person_id = $1 AND fingerprint = $2";
constexpr std::string_view select_codes = "SELECT COUNT(*) FROM recovery_code WHERE person_id = $1";

Person to_person(const storage::Row& row) {
  Person p;
  p.id = row.get<PersonId>(0);
  p.name = row.text(1);
  p.role = row.get<Role>(2);
  p.facility = row.get<FacilityId>(3);
  p.password = row.text(4);
  p.password_is_for_once = row.get<bool>(5);
  p.totp_secret = row.text(6);
  p.totp_is_on = row.get<bool>(7);
  p.totp_used = row.integer(8);
  p.disabled_at = row.get<std::optional<TimePoint>>(9);
  p.created_at = row.get<TimePoint>(10);
  p.signed_in_at = row.get<std::optional<TimePoint>>(11);
  return p;
}

}  // namespace

Result<void> check_name(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (std::ranges::find(taken_names, name) != taken_names.end()) {
    return fail(Code::invalid, "this name stands for something else in the journal");
  }
  if (name.size() >= name_min && name.size() <= name_max && plain) return {};
  return fail(Code::invalid, "a name must be 2 to 40 of a-z, 0-9, '.', '-' and '_'");
}

std::optional<Person> find_person(storage::Tx& tx, std::string_view name) {
  return tx.first(select_by_name, to_person, name);
}

std::optional<Person> find_person(storage::Tx& tx, PersonId id) {
  return tx.first(select_by_id, to_person, id);
}

std::vector<Person> list_people(storage::Tx& tx) {
  return tx.all(select_all, to_person);
}

std::int64_t count_administrators(storage::Tx& tx) {
  return tx.value<std::int64_t>(select_administrators).value_or(0);
}

Result<void> insert_person(storage::Tx& tx, const Person& person, TimePoint now) {
  const auto facility = person.facility ? std::optional(person.facility) : std::nullopt;
  if (tx.run(insert_row, person.id, person.name, person.role, facility, person.password,
             person.password_is_for_once, now) == 0) {
    return fail(Code::conflict, "there is somebody of the name \"" + person.name + "\" already");
  }
  return {};
}

void set_password(storage::Tx& tx, PersonId id, std::string_view hash, bool for_once) {
  tx.run(update_password, id, hash, for_once);
}

void set_totp_secret(storage::Tx& tx, PersonId id, std::string_view hex) {
  tx.run(update_totp_secret, id, hex);
}

bool use_totp_step(storage::Tx& tx, PersonId id, std::int64_t step) {
  return tx.run(update_totp_step, id, step, step) == 1;
}

void turn_totp_on(storage::Tx& tx, PersonId id) {
  tx.run(update_totp_on, id);
}

void set_disabled(storage::Tx& tx, PersonId id, std::optional<TimePoint> at) {
  tx.run(update_disabled, id, at);
  if (at) tx.run(delete_sessions, id);
}

void set_recovery_codes(storage::Tx& tx, PersonId id, const std::vector<std::string>& fingerprints) {
  tx.run(delete_codes, id);
  for (const std::string& code : fingerprints) tx.run(insert_code, id, code);
}

bool use_recovery_code(storage::Tx& tx, PersonId id, std::string_view fingerprint) {
  return tx.run(delete_code, id, fingerprint) == 1;
}

std::int64_t count_recovery_codes(storage::Tx& tx, PersonId id) {
  return tx.value<std::int64_t>(select_codes, id).value_or(0);
}

}  // namespace tongdai::people
