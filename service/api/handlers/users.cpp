#include <algorithm>

#include "api/handlers/first_password.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/facilities.hpp"
#include "ops/journal.hpp"
#include "people/secrets.hpp"
#include "people/sign_in.hpp"

namespace tongdai::api {
namespace {

using people::Role;

constexpr std::size_t word_bytes_max = 300;
constexpr int token_days_max = 3650;

Json user_json(const people::Person& person) {
  return {{"name", person.name},
          {"role", name_of(person.role)},
          {"facility", id_or_null(person.facility)},
          {"second_factor", person.totp_is_on},
          {"must_change_password", person.password_is_for_once},
          {"disabled", person.disabled_at.has_value()},
          {"created_at", time_json(person.created_at)},
          {"signed_in_at", time_json(person.signed_in_at)}};
}

Json token_json(const people::Token& token) {
  return {{"name", token.name},
          {"role", name_of(token.role)},
          {"reads_only", token.reads_only},
          {"created_at", time_json(token.created_at)},
          {"expires_at", time_json(token.expires_at)}};
}

struct NewUser {
  people::Person person;
  std::string password;  ///< "": one is made
  std::string facility;  ///< its name
};

NewUser read_user(config::Reader& r) {
  NewUser user;
  user.person.name = r.text("name");
  if (const auto good = people::check_name(user.person.name); !good && !user.person.name.empty()) {
    r.fault("name", good.error().what);
  }
  if (!r.has("role")) r.fault("role", "must be given");
  user.person.role = read_enum<Role>(r, "role").value_or(Role::observer);
  user.password = read_bounded(r, "password", word_bytes_max);
  if (const auto good = people::check_password(user.password, user.person.name);
      !good && !user.password.empty()) {
    r.fault("password", good.error().what);
  }
  user.facility = r.text("facility", "");
  if ((user.person.role == Role::facility) != !user.facility.empty()) {
    r.fault("facility", "must be given for the role facility, and for no other");
  }
  return user;
}

/// The path does not tell who or what was made.
void note(storage::Tx& tx, Context& context, const Request& request, std::string_view action,
          std::string_view name, Role role) {
  ops::note(tx, context.database.vault(), context.clock.now(), actor_of(request).name, action, name,
            name_of(role));
}

/// A change of somebody by name.
template <class Change>
Answer change_user(Context& context, const Request& request, Change change) {
  const std::string name(request.place("name"));
  const auto done = co_await context.database.writer().run([&](storage::Tx& tx) -> Result<people::Person> {
    const auto person = people::find_person(tx, name);
    if (!person) return fail(Code::not_found, "there is nobody of the name \"" + name + "\"");
    if (auto changed = change(tx, *person); !changed) return std::unexpected(changed.error());
    return people::find_person(tx, person->id).value();
  });
  if (!done) co_return problem(done.error());
  co_return json_response(200, user_json(*done));
}

}  // namespace

Answer list_users(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto all =
      co_await context.database.readers().run([](storage::Tx& tx) { return people::list_people(tx); });
  co_return json_response(200, page_of(all, *page, user_json));
}

Answer add_user(Context& context, const Request& request) {
  auto user = read_body(request, read_user);
  if (!user) co_return user.error();
  // Whoever makes the account knows the password: it is for once, and the person chooses their own.
  const std::string password = user->password.empty() ? people::random_password() : user->password;
  user->person.password_is_for_once = true;
  user->person.password =
      co_await context.database.readers().run([&](storage::Tx&) { return people::hash_password(password); });
  const TimePoint now = context.clock.now();
  const auto added = co_await context.database.writer().run([&](storage::Tx& tx) -> Result<void> {
    user->person.id = context.ids.next<people::PersonTag>();
    user->person.created_at = now;
    if (!user->facility.empty()) {
      const auto facilities = directory::list_facilities(tx);
      const auto found = std::ranges::find(facilities, user->facility, &directory::FacilityView::name);
      if (found == facilities.end()) {
        return fail(Code::not_found, "there is no facility \"" + user->facility + "\"");
      }
      user->person.facility = found->id;
    }
    if (auto inserted = people::insert_person(tx, user->person, now); !inserted) return inserted;
    note(tx, context, request, "users", user->person.name, user->person.role);
    return {};
  });
  if (!added) co_return problem(added.error());
  Json answer = user_json(user->person);
  if (user->password.empty()) answer["password"] = password;  // shown this once
  co_return json_response(201, answer);
}

Answer disable_user(Context& context, const Request& request) {
  const TimePoint now = context.clock.now();
  return change_user(context, request, [now](storage::Tx& tx, const people::Person& person) -> Result<void> {
    const bool is_last =
        person.role == Role::administrator && !person.disabled_at && people::count_administrators(tx) == 1;
    if (is_last) {
      return fail(Code::not_allowed, "the last administrator cannot be disabled: make another one first");
    }
    people::set_disabled(tx, person.id, now);
    return {};
  });
}

Answer enable_user(Context& context, const Request& request) {
  return change_user(context, request, [](storage::Tx& tx, const people::Person& person) -> Result<void> {
    people::set_disabled(tx, person.id, std::nullopt);
    return {};
  });
}

Answer reset_user(Context& context, const Request& request) {
  const auto given = read_body(request, [&request](config::Reader& r) {
    std::string chosen = read_bounded(r, "password", word_bytes_max);
    const auto good = people::check_password(chosen, request.place("name"));
    if (!good && !chosen.empty()) r.fault("password", good.error().what);
    return chosen;
  });
  if (!given) co_return given.error();
  const std::string password = given->empty() ? people::random_password() : *given;
  const std::string hash =
      co_await context.database.readers().run([&](storage::Tx&) { return people::hash_password(password); });
  const std::string name(request.place("name"));
  const auto found = co_await context.database.writer().run([&](storage::Tx& tx) {
    const auto person = people::find_person(tx, name);
    if (!person) return false;
    people::set_password(tx, person->id, hash, true);
    people::set_totp_secret(tx, person->id, "");
    people::set_recovery_codes(tx, person->id, {});
    people::end_sessions(tx, person->id, "");
    return true;
  });
  if (!found) co_return problem({Code::not_found, "there is nobody of the name \"" + name + "\""});
  forget_first_password(context, name);
  Json answer{{"name", name}};
  if (given->empty()) answer["password"] = password;  // shown this once
  co_return json_response(200, answer);
}

Answer list_tokens(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto all =
      co_await context.database.readers().run([](storage::Tx& tx) { return people::list_tokens(tx); });
  co_return json_response(200, page_of(all, *page, token_json));
}

Answer make_token(Context& context, const Request& request) {
  const TimePoint now = context.clock.now();
  auto token = read_body(request, [now](config::Reader& r) {
    people::Token wanted;
    wanted.name = r.text("name");
    if (const auto good = people::check_name(wanted.name); !good && !wanted.name.empty()) {
      r.fault("name", good.error().what);
    }
    if (!r.has("role")) r.fault("role", "must be given");
    wanted.role = read_enum<Role>(r, "role").value_or(Role::observer);
    if (wanted.role == Role::facility) r.fault("role", "must be another than facility: a token has none");
    wanted.reads_only = r.boolean("reads_only", false);
    const auto days = r.integer("days", 0, token_days_max, 0);
    wanted.created_at = now;
    if (days > 0) wanted.expires_at = now + std::chrono::days(days);
    return wanted;
  });
  if (!token) co_return token.error();
  const auto secret = co_await context.database.writer().run([&](storage::Tx& tx) {
    token->id = context.ids.next<people::TokenTag>();
    auto made = people::insert_token(tx, *token);
    if (made) note(tx, context, request, "tokens", token->name, token->role);
    return made;
  });
  if (!secret) co_return problem(secret.error());
  Json answer = token_json(*token);
  answer["token"] = *secret;  // shown this once
  co_return json_response(201, answer);
}

Answer revoke_token(Context& context, const Request& request) {
  const std::string name(request.place("name"));
  const bool found =
      co_await context.database.writer().run([&](storage::Tx& tx) { return people::revoke_token(tx, name); });
  if (!found) co_return problem({Code::not_found, "there is no token of the name \"" + name + "\""});
  co_return json_response(200, Json::object());
}

}  // namespace tongdai::api
