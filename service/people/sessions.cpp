#include "people/sessions.hpp"

#include "people/secrets.hpp"

namespace tongdai::people {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr Duration touch_interval = 1min;
constexpr std::string_view token_prefix = "td_";  // found by those who look for secrets in what was published

constexpr std::string_view insert_session =
    "INSERT INTO session (fingerprint, person_id, started_at, seen_at) VALUES ($1, $2, $3, $3)";
constexpr std::string_view update_signed_in = "UPDATE person SET signed_in_at = $2 WHERE id = $1";
constexpr std::string_view select_session =
    "SELECT p.id, p.name, p.role, COALESCE(p.facility_id, 0), p.password_is_for_once, s.started_at, "
    "s.seen_at "
    "FROM session s JOIN person p ON p.id = s.person_id "
    "WHERE s.fingerprint = $1 AND p.disabled_at IS NULL AND s.seen_at > $2 AND s.started_at > $3";
constexpr std::string_view update_seen = "UPDATE session SET seen_at = $2 WHERE fingerprint = $1";
constexpr std::string_view delete_session = "DELETE FROM session WHERE fingerprint = $1";
constexpr std::string_view delete_others = "DELETE FROM session WHERE person_id = $1 AND fingerprint <> $2";
constexpr std::string_view delete_old = "DELETE FROM session WHERE seen_at <= $1 OR started_at <= $2";

constexpr std::string_view insert_token_row =
    "INSERT INTO api_token (id, name, fingerprint, role, reads_only, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING";
constexpr std::string_view select_token =
    "SELECT id, name, role, reads_only, created_at, expires_at FROM api_token "
    "WHERE fingerprint = $1 AND (expires_at IS NULL OR expires_at > $2)";
constexpr std::string_view select_tokens =
    "SELECT id, name, role, reads_only, created_at, expires_at FROM api_token ORDER BY name";
constexpr std::string_view delete_token = "DELETE FROM api_token WHERE name = $1";

Token to_token(const storage::Row& row) {
  Token token;
  token.id = row.get<Id<TokenTag>>(0);
  token.name = row.text(1);
  token.role = row.get<Role>(2);
  token.reads_only = row.get<bool>(3);
  token.created_at = row.get<TimePoint>(4);
  token.expires_at = row.get<std::optional<TimePoint>>(5);
  return token;
}

}  // namespace

std::string start_session(storage::Tx& tx, PersonId person, TimePoint now) {
  std::string secret = random_hex(secret_bytes);
  tx.run(insert_session, fingerprint(secret), person, now);
  tx.run(update_signed_in, person, now);
  return secret;
}

std::optional<SignedIn> find_session(storage::Tx& tx, std::string_view secret, const SessionLimits& limits,
                                     TimePoint now) {
  return tx.first(
      select_session,
      [](const storage::Row& row) {
        SignedIn s;
        s.person = row.get<PersonId>(0);
        s.name = row.text(1);
        s.role = row.get<Role>(2);
        s.facility = row.get<FacilityId>(3);
        s.must_change_password = row.get<bool>(4);
        s.started_at = row.get<TimePoint>(5);
        s.seen_at = row.get<TimePoint>(6);
        return s;
      },
      fingerprint(secret), now - limits.idle, now - limits.absolute);
}

bool is_to_be_touched(const SignedIn& session, TimePoint now) noexcept {
  return now - session.seen_at >= touch_interval;
}

void touch_session(storage::Tx& tx, std::string_view secret, TimePoint now) {
  tx.run(update_seen, fingerprint(secret), now);
}

void end_session(storage::Tx& tx, std::string_view secret) {
  tx.run(delete_session, fingerprint(secret));
}

void end_sessions(storage::Tx& tx, PersonId person, std::string_view except) {
  tx.run(delete_others, person, except.empty() ? std::string() : fingerprint(except));
}

std::int64_t sweep_sessions(storage::Tx& tx, const SessionLimits& limits, TimePoint now) {
  return tx.run(delete_old, now - limits.idle, now - limits.absolute);
}

std::string form_token(std::string_view session_secret) {
  return fingerprint("form of " + std::string(session_secret));
}

Result<std::string> insert_token(storage::Tx& tx, const Token& token) {
  std::string secret = std::string(token_prefix) + random_hex(secret_bytes);
  if (tx.run(insert_token_row, token.id, token.name, fingerprint(secret), token.role, token.reads_only,
             token.created_at, token.expires_at) == 0) {
    return fail(Code::conflict, "there is a token of the name \"" + token.name + "\" already");
  }
  return secret;
}

std::optional<Token> find_token(storage::Tx& tx, std::string_view secret, TimePoint now) {
  return tx.first(select_token, to_token, fingerprint(secret), now);
}

std::vector<Token> list_tokens(storage::Tx& tx) {
  return tx.all(select_tokens, to_token);
}

bool revoke_token(storage::Tx& tx, std::string_view name) {
  return tx.run(delete_token, name) == 1;
}

}  // namespace tongdai::people
