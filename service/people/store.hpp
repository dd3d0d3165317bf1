#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "people/role.hpp"
#include "storage/tx.hpp"

/// The rows of those who sign in. No password, session or token stands in them, only what cannot be turned
/// back. Writer thread for changes, any transaction for questions.
namespace tongdai::people {

using PersonId = Id<struct PersonTag>;

struct Person {
  PersonId id;
  std::string name;  ///< lower-case letters, digits, '.', '-', '_'; 2 to 40
  Role role = Role::observer;
  FacilityId facility;                ///< of the role `facility`, else 0
  std::string password;               ///< hash
  bool password_is_for_once = false;  ///< given by another: must be changed before anything else
  std::string totp_secret;            ///< hex; "" if there is no second factor
  bool totp_is_on = false;            ///< the person has shown a code of it
  std::int64_t totp_used = 0;         ///< the last half minute whose code was taken
  std::optional<TimePoint> disabled_at;
  TimePoint created_at{};
  std::optional<TimePoint> signed_in_at;
};

/// What may be a name. Error: invalid.
[[nodiscard]] Result<void> check_name(std::string_view name);

[[nodiscard]] std::optional<Person> find_person(storage::Tx& tx, std::string_view name);
[[nodiscard]] std::optional<Person> find_person(storage::Tx& tx, PersonId id);
/// All, by name.
[[nodiscard]] std::vector<Person> list_people(storage::Tx& tx);
[[nodiscard]] std::int64_t count_administrators(storage::Tx& tx);  ///< that may sign in

/// Error: conflict (the name is taken).
[[nodiscard]] Result<void> insert_person(storage::Tx& tx, const Person& person, TimePoint now);
void set_password(storage::Tx& tx, PersonId id, std::string_view hash, bool for_once);
/// A new secret that is not on yet, or "" for no second factor.
void set_totp_secret(storage::Tx& tx, PersonId id, std::string_view hex);
/// The code of this half minute was taken: false if it, or a later one, was before.
[[nodiscard]] bool use_totp_step(storage::Tx& tx, PersonId id, std::int64_t step);
void turn_totp_on(storage::Tx& tx, PersonId id);
/// Disabled people cannot sign in, and their sessions end.
void set_disabled(storage::Tx& tx, PersonId id, std::optional<TimePoint> at);

/// Replaces all that are left.
void set_recovery_codes(storage::Tx& tx, PersonId id, const std::vector<std::string>& fingerprints);
/// True once for each.
[[nodiscard]] bool use_recovery_code(storage::Tx& tx, PersonId id, std::string_view fingerprint);
[[nodiscard]] std::int64_t count_recovery_codes(storage::Tx& tx, PersonId id);

}  // namespace tongdai::people
