#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "people/sessions.hpp"

/// The steps of signing in. docs/people.md says how they follow each other.
namespace tongdai::people {

/// What somebody shows.
struct Credentials {
  std::string name;
  std::string password;
  std::string code;  ///< of the second factor, or a recovery code; "" if none was given
};

enum class Denial : std::uint8_t {
  wrong,        ///< the name, the password or the code; which is not told
  code_needed,  ///< the password is right, and there is a second factor
};

/// Who it is, by name and password. Slow on purpose, and as slow for a name that nobody has: on a reader's
/// thread. Nothing if they are wrong, or the person is disabled.
[[nodiscard]] std::optional<Person> match_password(storage::Tx& tx, const Credentials& shown);

/// The row of now, if it still has the password that was looked at, may sign in, and this session lives: or a
/// reset in between would be undone. Nothing otherwise. Writer thread.
[[nodiscard]] std::optional<Person> find_unchanged(storage::Tx& tx, const Person& person,
                                                   std::string_view session, const SessionLimits& limits,
                                                   TimePoint now);

struct Entered {
  std::string session;  ///< the cookie's secret
  std::string device;   ///< of this browser, for its next time
};
/// The second factor, if there is one, and a new session. A code is used up. `device`: what the browser
/// showed, kept if anybody signed in with it before. Writer thread.
[[nodiscard]] std::expected<Entered, Denial> enter(storage::Tx& tx, const Person& person,
                                                   const Credentials& shown, std::string_view device,
                                                   TimePoint now);

/// Has this person signed in from that browser before?
[[nodiscard]] bool knows_device(storage::Tx& tx, std::string_view name, std::string_view device);

/// The code of an app or one that recovers: true once for each. Writer thread.
[[nodiscard]] bool use_code(storage::Tx& tx, const Person& person, std::string_view code, TimePoint now);

/// Ten new codes for who loses the phone, shown once; what was left of the old is void. Writer thread.
[[nodiscard]] std::vector<std::string> renew_recovery_codes(storage::Tx& tx, PersonId id);

/// The person has shown a code of the secret that was set last: it is asked for from now on. Their new
/// recovery codes. Errors: invalid (the code), not_allowed (no secret was set, or it is on already). Writer
/// thread.
[[nodiscard]] Result<std::vector<std::string>> confirm_second_factor(storage::Tx& tx, PersonId id,
                                                                     std::string_view code, TimePoint now);

/// What lower-case hex stands for.
[[nodiscard]] std::string bytes_of(std::string_view hex);

/// At the very first start, when nobody can sign in yet: the administrator `admin` with a password for once,
/// which is returned. Nothing if there is anybody. Writer thread; `hash` was made before.
[[nodiscard]] bool add_first_administrator(storage::Tx& tx, IdSource& ids, std::string_view hash,
                                           TimePoint now);
inline constexpr std::string_view first_administrator = "admin";
inline constexpr std::string_view first_password_file = "admin.password";  ///< in the data folder

}  // namespace tongdai::people
