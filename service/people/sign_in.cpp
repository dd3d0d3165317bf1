#include "people/sign_in.hpp"

#include "people/secrets.hpp"
#include "people/totp.hpp"

namespace tongdai::people {
namespace {

constexpr std::size_t recovery_codes = 10;
constexpr std::size_t device_bytes = 16;
constexpr std::int64_t devices_max = 20;  // of a person: the longest unused goes

constexpr std::string_view select_device =
    "SELECT 1 FROM device d JOIN person p ON p.id = d.person_id WHERE p.name = $1 AND d.fingerprint = $2";
constexpr std::string_view select_anybodys_device = "SELECT 1 FROM device WHERE fingerprint = $1 LIMIT 1";
constexpr std::string_view upsert_device =
    "INSERT INTO device (person_id, fingerprint, seen_at) VALUES ($1, $2, $3) "
    "ON CONFLICT (person_id, fingerprint) DO UPDATE SET seen_at = excluded.seen_at";
constexpr std::string_view delete_devices =
    "DELETE FROM device WHERE person_id = $1 AND fingerprint NOT IN "
    "(SELECT fingerprint FROM device WHERE person_id = $2 ORDER BY seen_at DESC LIMIT $3)";

/// A hash that no password opens, as dear to try as any.
const std::string& nobodys_hash() {
  static const std::string hash = hash_password(random_hex(32));
  return hash;
}

/// At a shared desk one word serves all who sign in there: a new one would have the browser forget the last.
std::string remember_device(storage::Tx& tx, const Person& person, std::string_view shown, TimePoint now) {
  const bool is_ours =
      !shown.empty() && tx.value<int>(select_anybodys_device, fingerprint(shown)).has_value();
  std::string device = is_ours ? std::string(shown) : random_hex(device_bytes);
  tx.run(upsert_device, person.id, fingerprint(device), now);
  tx.run(delete_devices, person.id, person.id, devices_max);
  return device;
}

}  // namespace

std::optional<Person> match_password(storage::Tx& tx, const Credentials& shown) {
  auto person = find_person(tx, shown.name);
  const bool is_known = person && !person->disabled_at;
  const bool is_right = is_password(is_known ? person->password : nobodys_hash(), shown.password);
  return is_known && is_right ? person : std::nullopt;
}

std::optional<Person> find_unchanged(storage::Tx& tx, const Person& person, std::string_view session,
                                     const SessionLimits& limits, TimePoint now) {
  auto current = find_person(tx, person.id);
  const bool is_same = current && !current->disabled_at && current->password == person.password;
  const auto signed_in = find_session(tx, session, limits, now);
  return is_same && signed_in && signed_in->person == person.id ? std::move(current) : std::nullopt;
}

std::expected<Entered, Denial> enter(storage::Tx& tx, const Person& person, const Credentials& shown,
                                     std::string_view device, TimePoint now) {
  // The row may have changed since the password was looked at.
  const auto current = find_person(tx, person.id);
  if (!current || current->disabled_at || current->password != person.password) {
    return std::unexpected(Denial::wrong);
  }
  if (current->totp_is_on) {
    if (shown.code.empty()) return std::unexpected(Denial::code_needed);
    if (!use_code(tx, *current, shown.code, now)) return std::unexpected(Denial::wrong);
  }
  return Entered{start_session(tx, current->id, now), remember_device(tx, *current, device, now)};
}

bool knows_device(storage::Tx& tx, std::string_view name, std::string_view device) {
  return !device.empty() && tx.value<int>(select_device, name, fingerprint(device)).has_value();
}

bool use_code(storage::Tx& tx, const Person& person, std::string_view code, TimePoint now) {
  const auto step = totp::match(bytes_of(person.totp_secret), code, now, person.totp_used);
  if (step) return use_totp_step(tx, person.id, *step);
  return use_recovery_code(tx, person.id, fingerprint(code));
}

std::vector<std::string> renew_recovery_codes(storage::Tx& tx, PersonId id) {
  std::vector<std::string> codes, kept;
  for (std::size_t i = 0; i < recovery_codes; ++i) {
    codes.push_back(random_password());
    kept.push_back(fingerprint(codes.back()));
  }
  set_recovery_codes(tx, id, kept);
  return codes;
}

std::string bytes_of(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  return bytes;
}

Result<std::vector<std::string>> confirm_second_factor(storage::Tx& tx, PersonId id, std::string_view code,
                                                       TimePoint now) {
  const auto person = find_person(tx, id);
  if (!person || person->totp_secret.empty()) {
    return fail(Code::not_allowed, "ask for a secret first, and show the code that the app makes of it");
  }
  // Or who found the screen unlocked could try codes here, and renew those that recover.
  if (person->totp_is_on) return fail(Code::not_allowed, "it is confirmed already: remove it first");
  const auto step = totp::match(bytes_of(person->totp_secret), code, now, person->totp_used);
  if (!step || !use_totp_step(tx, id, *step)) {
    return fail(Code::invalid, "code: is not the app's of now; is the phone's clock right?");
  }
  turn_totp_on(tx, id);
  return renew_recovery_codes(tx, id);
}

bool add_first_administrator(storage::Tx& tx, IdSource& ids, std::string_view hash, TimePoint now) {
  if (!list_people(tx).empty()) return false;
  Person person;
  person.id = ids.next<PersonTag>();
  person.name = first_administrator;
  person.role = Role::administrator;
  person.password = hash;
  person.password_is_for_once = true;
  return insert_person(tx, person, now).has_value();
}

}  // namespace tongdai::people
