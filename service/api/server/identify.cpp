#include "api/server/identify.hpp"

#include "api/access.hpp"
#include "api/server/sign_in.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t secret_max = 128;  // characters: longer is none of ours

Caller by_session(const people::SignedIn& session, std::string_view secret) {
  Caller caller;
  caller.kind = Caller::Kind::person;
  caller.name = session.name;
  caller.role = session.role;
  caller.person = session.person;
  caller.facility = session.facility;
  caller.must_change_password = session.must_change_password;
  caller.session = secret;
  return caller;
}

Caller by_token(const people::Token& token) {
  Caller caller;
  caller.kind = Caller::Kind::program;
  caller.name = "token " + token.name;  // no person has a blank in the name
  caller.reads_only = token.reads_only;
  caller.role = token.role;
  return caller;
}

asio::awaitable<Caller> look_up(storage::Database& database, const Clock& clock, std::string bearer,
                                std::string session, people::SessionLimits limits, Use use) {
  const TimePoint now = clock.now();
  bool is_to_touch = false;
  Caller caller = co_await database.readers().run([&](storage::Tx& tx) {
    if (!bearer.empty()) {
      const auto token = people::find_token(tx, bearer, now);
      return token ? by_token(*token) : Caller{};
    }
    const auto found = people::find_session(tx, session, limits, now);
    is_to_touch = found && use == Use::yes && people::is_to_be_touched(*found, now);
    return found ? by_session(*found, session) : Caller{};
  });
  if (is_to_touch) {
    try {
      co_await database.writer().run([&](storage::Tx& tx) { people::touch_session(tx, session, now); });
    } catch (const storage::StorageDown&) {
      co_return caller;  // a full disk: who may look, may look on
    }
  }
  co_return caller;
}

asio::awaitable<Caller> at_once(Caller caller) {
  co_return caller;
}

}  // namespace

Caller by_door(const Request& request, std::string_view token) {
  Caller caller;
  if (request.door == Door::socket) {
    caller.kind = Caller::Kind::socket;
    caller.name = "operator at the socket";
  } else if (carries_token(request.header("authorization"), token)) {
    caller.kind = Caller::Kind::service;
    caller.name = "holder of the token";
  }
  return caller;
}

Identify identify_by(storage::Database& database, const Clock& clock, std::string token,
                     people::SessionLimits limits) {
  return [&database, &clock, token = std::move(token), limits](const Request& request, Use use) {
    Caller caller = by_door(request, token);
    if (caller.kind != Caller::Kind::nobody) return at_once(std::move(caller));
    const std::string_view bearer = bearer_of(request.header("authorization"));
    const std::string_view session = cookie(request.header("cookie"), session_cookie);
    const std::string_view shown = bearer.empty() ? session : bearer;
    if (shown.empty() || shown.size() > secret_max) return at_once({});
    return look_up(database, clock, std::string(bearer), std::string(session), limits, use);
  };
}

}  // namespace tongdai::api
