#include <fmt/format.h>

#include "api/access.hpp"
#include "api/handlers/first_password.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "ops/journal.hpp"
#include "people/secrets.hpp"
#include "people/sign_in.hpp"
#include "people/totp.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t word_bytes_max = 300;  // of a name, a password, a code
constexpr int device_age_s = 90 * 24 * 3600;
constexpr std::string_view confirm_place = "confirm";  // a count of its own: this browser has signed in

std::string set_cookie(std::string_view name, std::string_view value, std::string_view more) {
  return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict{}", name, value, more);
}

people::Credentials read_credentials(config::Reader& r) {
  return {read_bounded(r, "name", word_bytes_max), read_bounded(r, "password", word_bytes_max),
          read_bounded(r, "code", word_bytes_max)};
}

/// Guessing shows here; in the log its lines would have no end.
void count_refused(Context& context, std::string_view why) {
  context.metrics.count("sign_ins_refused_total", "Sign-ins that were refused", {{"why", std::string(why)}});
}

Response denied(people::Denial why) {
  if (why == people::Denial::code_needed) {
    return problem(401, "code_needed", "A code is needed as well", "code: of the app, or a recovery code");
  }
  return problem(401, "wrong_sign_in", "This does not sign in",
                 "the name, the password or the code is wrong, or the account is disabled");
}

Response too_often(Duration wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  Response response = problem(429, "too_many_tries", "Too many tries",
                              fmt::format("the next try is looked at in {} s", seconds));
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

/// A page of another site may send a form, but not read what comes back: it is not let near the door, lest it
/// signs somebody in as another (login CSRF). Programs send neither header.
bool from_elsewhere(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site"), origin = request.header("origin");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  const std::size_t host = origin.find("://");
  return !origin.empty() &&
         (host == std::string_view::npos || origin.substr(host + 3) != request.header("host"));
}

Json session_json(const people::Person& person, std::string_view secret, std::int64_t recovery_codes) {
  return {{"name", person.name},
          {"role", name_of(person.role)},
          {"facility", id_or_null(person.facility)},
          {"must_change_password", person.password_is_for_once},
          {"second_factor", person.totp_is_on},
          {"recovery_codes_left", recovery_codes},
          {"form_token", people::form_token(secret)}};
}

/// What only somebody who signed in can ask for.
std::optional<Response> need_person(const Request& request) {
  if (request.caller.kind == Caller::Kind::person) return std::nullopt;
  return problem(409, "no_session", "There is no session",
                 "this is for somebody who signed in; programs and the socket have no password here");
}

/// What signing in leaves behind. The old session of this browser ends: nobody who planted or kept it has the
/// new one.
std::expected<people::Entered, people::Denial> enter(storage::Tx& tx, Context& context,
                                                     const Request& request, const people::Person& person,
                                                     const people::Credentials& shown,
                                                     std::string_view device) {
  const TimePoint now = context.clock.now();
  auto entered = people::enter(tx, person, shown, device, now);
  if (!entered) return entered;
  people::end_session(tx, cookie(request.header("cookie"), session_cookie));
  people::sweep_sessions(tx, context.session_limits, now);
  ops::note(tx, context.database.vault(), now, person.name, "session", "");
  return entered;
}

struct Confirmed {
  people::Person person;
  people::Throttle::Turn turn;  ///< until all is done: a new password's hash is as dear
};

/// The password once more, before something that would open the account to who found the screen unlocked.
/// Counted like a sign-in.
asio::awaitable<std::expected<Confirmed, Response>> confirm(Context& context, const Request& request,
                                                            std::string password) {
  const TimePoint now = context.clock.now();
  const std::string& name = request.caller.name;
  const auto wait = context.throttle.wait(name, confirm_place, now);
  auto turn = wait ? std::nullopt : context.throttle.enter_to_confirm();
  if (!turn) co_return std::unexpected(too_often(wait.value_or(std::chrono::seconds{1})));
  context.throttle.failed(name, confirm_place, now);  // until it is shown to be right
  const people::Credentials shown{name, std::move(password), ""};
  auto person = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return people::match_password(tx, shown); });
  if (!person) {
    co_return std::unexpected(
        problem(403, "wrong_password", "This is not your password", "password: is wrong"));
  }
  context.throttle.forgive(name, confirm_place);
  co_return Confirmed{std::move(*person), std::move(*turn)};
}

/// Who was confirmed, as they are now; nothing if they were reset, disabled or signed out since.
std::optional<people::Person> still_theirs(storage::Tx& tx, const Context& context, const Request& request,
                                           const people::Person& person) {
  return people::find_unchanged(tx, person, request.caller.session, context.session_limits,
                                context.clock.now());
}

Response out_meanwhile() {
  return unauthorized("the session has ended");
}

Response has_factor() {  // a new one would leave the account open until it is confirmed
  return problem(Error{Code::not_allowed, "there is a second factor already: remove it first"});
}

}  // namespace

Answer sign_in(Context& context, const Request& request) {
  if (from_elsewhere(request)) {
    co_return problem(403, "form_token", "The request does not come from a page of this service",
                      "headers Sec-Fetch-Site and Origin: must tell a page of this host, or be left out");
  }
  const auto shown = read_body(request, read_credentials);
  if (!shown) co_return shown.error();
  const TimePoint now = context.clock.now();
  const std::string cookie_device(cookie(request.header("cookie"), device_cookie));
  const bool known = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return people::knows_device(tx, shown->name, cookie_device); });
  const std::string device = known ? people::fingerprint(cookie_device) : std::string();
  const auto wait = context.throttle.wait(shown->name, device, now);
  const auto turn = wait ? std::nullopt : context.throttle.enter(known);
  if (!turn) {
    count_refused(context, "held_back");
    co_return too_often(wait.value_or(std::chrono::seconds{1}));
  }
  context.throttle.failed(shown->name, device, now);  // until it is shown to be right: also while others try
  const auto person = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return people::match_password(tx, *shown); });
  if (!person) {
    count_refused(context, "wrong");
    co_return denied(people::Denial::wrong);
  }
  const auto entered = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return enter(tx, context, request, *person, *shown, cookie_device); });
  if (!entered) {
    const bool is_wrong = entered.error() == people::Denial::wrong;
    if (is_wrong) {
      count_refused(context, "wrong");
    } else {
      context.throttle.forgive(shown->name, device);
    }
    co_return denied(entered.error());
  }
  context.throttle.succeeded(shown->name, device);
  const std::int64_t left = co_await context.database.readers().run(
      [&](storage::Tx& tx) { return people::count_recovery_codes(tx, person->id); });
  Response response = json_response(200, session_json(*person, entered->session, left));
  response.headers.emplace_back("Set-Cookie", set_cookie(session_cookie, entered->session, ""));
  response.headers.emplace_back(
      "Set-Cookie", set_cookie(device_cookie, entered->device, fmt::format("; Max-Age={}", device_age_s)));
  co_return response;
}

Answer show_session(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  const auto [person, left] = co_await context.database.readers().run([&](storage::Tx& tx) {
    const people::PersonId id = request.caller.person;
    return std::pair(people::find_person(tx, id), people::count_recovery_codes(tx, id));
  });
  if (!person) co_return out_meanwhile();
  co_return json_response(200, session_json(*person, request.caller.session, left));
}

Answer sign_out(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  co_await context.database.writer().run(
      [&](storage::Tx& tx) { people::end_session(tx, request.caller.session); });
  Response response = json_response(200, Json::object());
  response.headers.emplace_back("Set-Cookie", set_cookie(session_cookie, "", "; Max-Age=0"));
  response.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  co_return response;
}

Answer change_password(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  struct Change {
    std::string current, chosen;
  };
  const auto change = read_body(request, [](config::Reader& r) {
    return Change{read_bounded(r, "current", word_bytes_max), read_bounded(r, "new", word_bytes_max)};
  });
  if (!change) co_return change.error();
  if (const auto good = people::check_password(change->chosen, request.caller.name); !good) {
    co_return bad_request("new", good.error().what);
  }
  if (change->chosen == change->current) co_return bad_request("new", "must be another than the current one");
  const auto confirmed = co_await confirm(context, request, change->current);
  if (!confirmed) co_return confirmed.error();
  const people::Person& person = confirmed->person;
  const std::string hash = co_await context.database.readers().run(
      [&](storage::Tx&) { return people::hash_password(change->chosen); });
  const bool changed = co_await context.database.writer().run([&](storage::Tx& tx) {
    if (!still_theirs(tx, context, request, person)) return false;
    people::set_password(tx, person.id, hash, false);
    people::end_sessions(tx, person.id, request.caller.session);
    return true;
  });
  if (!changed) co_return out_meanwhile();
  forget_first_password(context, person.name);
  co_return json_response(200, Json::object());
}

Answer begin_second_factor(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  const auto password =
      read_body(request, [](config::Reader& r) { return read_bounded(r, "password", word_bytes_max); });
  if (!password) co_return password.error();
  const auto confirmed = co_await confirm(context, request, *password);
  if (!confirmed) co_return confirmed.error();
  const people::Person& person = confirmed->person;
  const std::string hex = people::random_hex(people::totp::secret_bytes);
  const auto refused =
      co_await context.database.writer().run([&](storage::Tx& tx) -> std::optional<Response> {
        const auto current = still_theirs(tx, context, request, person);
        if (!current) return out_meanwhile();
        if (current->totp_is_on) return has_factor();
        people::set_totp_secret(tx, person.id, hex);
        return std::nullopt;
      });
  if (refused) co_return *refused;
  const std::string bytes = people::bytes_of(hex);
  co_return json_response(200, {{"secret", people::totp::base32(bytes)},
                                {"uri", people::totp::uri(context.service_name, person.name, bytes)}});
}

Answer confirm_second_factor(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  const auto code =
      read_body(request, [](config::Reader& r) { return read_bounded(r, "code", word_bytes_max); });
  if (!code) co_return code.error();
  const TimePoint now = context.clock.now();
  const std::string& name = request.caller.name;
  if (const auto wait = context.throttle.wait(name, confirm_place, now)) co_return too_often(*wait);
  context.throttle.failed(name, confirm_place, now);  // until it is shown to be right
  const auto codes = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return people::confirm_second_factor(tx, request.caller.person, *code, now); });
  const bool is_wrong = !codes && codes.error().code == Code::invalid;
  if (!is_wrong) context.throttle.forgive(name, confirm_place);
  if (!codes) co_return problem(codes.error());
  co_return json_response(200, {{"recovery_codes", *codes}});
}

Answer remove_second_factor(Context& context, const Request& request) {
  if (auto refused = need_person(request)) co_return std::move(*refused);
  const auto shown = read_body(request, [](config::Reader& r) {
    return people::Credentials{"", read_bounded(r, "password", word_bytes_max),
                               read_bounded(r, "code", word_bytes_max)};
  });
  if (!shown) co_return shown.error();
  const auto confirmed = co_await confirm(context, request, shown->password);
  if (!confirmed) co_return confirmed.error();
  const people::Person& person = confirmed->person;
  const TimePoint now = context.clock.now();
  context.throttle.failed(person.name, confirm_place, now);  // until the code is shown to be right
  const bool removed = co_await context.database.writer().run([&](storage::Tx& tx) {
    const auto current = still_theirs(tx, context, request, person);
    if (!current || (current->totp_is_on && !people::use_code(tx, *current, shown->code, now))) return false;
    people::set_totp_secret(tx, person.id, "");
    people::set_recovery_codes(tx, person.id, {});
    return true;
  });
  if (!removed) {
    co_return problem(403, "wrong_code", "This is not a code of yours",
                      "code: of the app, or a recovery code");
  }
  context.throttle.forgive(person.name, confirm_place);
  co_return json_response(200, Json::object());
}

}  // namespace tongdai::api
