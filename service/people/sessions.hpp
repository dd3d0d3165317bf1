#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "people/store.hpp"

/// Who is signed in, and programs' tokens. Writer thread for changes, any transaction for questions.
namespace tongdai::people {

/// How long a session lives (OWASP's session management: both limits).
struct SessionLimits {
  Duration idle = 30min;                       ///< since it was last used
  Duration absolute = std::chrono::hours{12};  ///< since the sign-in
};

/// Somebody who has shown who they are.
struct SignedIn {
  PersonId person;
  std::string name;
  Role role = Role::observer;
  FacilityId facility;
  bool must_change_password = false;
  TimePoint started_at{}, seen_at{};
};

/// A new session for who signed in; what the browser keeps as its cookie, 64 hex characters. Always a new
/// one: a session that was planted before is worth nothing.
[[nodiscard]] std::string start_session(storage::Tx& tx, PersonId person, TimePoint now);
/// Whose session it is, while it lives and the person may sign in.
[[nodiscard]] std::optional<SignedIn> find_session(storage::Tx& tx, std::string_view secret,
                                                   const SessionLimits& limits, TimePoint now);
/// It was used: written at most once a minute, for each look at a page would be a commit else.
[[nodiscard]] bool is_to_be_touched(const SignedIn& session, TimePoint now) noexcept;
void touch_session(storage::Tx& tx, std::string_view secret, TimePoint now);
void end_session(storage::Tx& tx, std::string_view secret);
/// All of a person but `except` ("" for none): after a change of password.
void end_sessions(storage::Tx& tx, PersonId person, std::string_view except);
/// Those whose time is up. How many.
std::int64_t sweep_sessions(storage::Tx& tx, const SessionLimits& limits, TimePoint now);

/// What a form must show beside the cookie, so that no foreign page can use the cookie alone: made from the
/// session, never stored.
[[nodiscard]] std::string form_token(std::string_view session_secret);

/// A program's access: what its role may, or only the looking of that.
struct Token {
  Id<struct TokenTag> id;
  std::string name;
  Role role = Role::observer;
  bool reads_only = false;
  TimePoint created_at{};
  std::optional<TimePoint> expires_at;
};

/// What the program keeps: "td_" and 64 hex characters; shown once. Error: conflict (the name is taken).
[[nodiscard]] Result<std::string> insert_token(storage::Tx& tx, const Token& token);
[[nodiscard]] std::optional<Token> find_token(storage::Tx& tx, std::string_view secret, TimePoint now);
[[nodiscard]] std::vector<Token> list_tokens(storage::Tx& tx);
/// False if there is none of that name.
[[nodiscard]] bool revoke_token(storage::Tx& tx, std::string_view name);

}  // namespace tongdai::people
