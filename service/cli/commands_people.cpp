#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

/// Of standard input; without one the daemon makes one, and says it once.
void add_password(const Session& session, Json& body) {
  if (!session.terminal.password) return;
  if (std::string given = session.terminal.password(); !given.empty()) body["password"] = std::move(given);
}

std::string path_of(const char* things, const std::string& name, const char* verb) {
  return target_of(fmt::format("/{}/{}/{}", things, percent_encode(name), verb));
}

void add_user(CLI::App& users, Session& session) {
  CLI::App& add = *users.add_subcommand(
      "add", "Add somebody who signs in; the first line of standard input is their password for once");
  const auto name = place(add, "NAME", "2 to 40 of a-z, 0-9, '.', '-' and '_'");
  const auto role =
      required(add, "--role", "administrator, author, approver, counsellor, facility or observer");
  const auto facility = maybe(add, "--facility", "of the role facility: whose referrals");
  on(add, session, [name, role, facility](Session& s) {
    Json body = {{"name", *name}, {"role", *role}};
    if (*facility) body["facility"] = **facility;
    add_password(s, body);
    return s.show(s.post(target_of("/users"), body));
  });
}

void add_switch(CLI::App& users, Session& session, const char* verb, const char* what) {
  CLI::App& command = *users.add_subcommand(verb, what);
  const auto name = place(command, "NAME", "whose");
  on(command, session, [name, verb](Session& s) { return s.show(s.post(path_of("users", *name, verb))); });
}

void add_reset(CLI::App& users, Session& session) {
  CLI::App& reset = *users.add_subcommand(
      "reset", "A new password for once, from standard input; the second factor goes, the sessions end");
  const auto name = place(reset, "NAME", "whose");
  on(reset, session, [name](Session& s) {
    Json body = Json::object();
    add_password(s, body);
    return s.show(s.post(path_of("users", *name, "reset"), body));
  });
}

void add_tokens(CLI::App& app, Session& session) {
  CLI::App& tokens = group(app, "token", "What programs sign in with");
  CLI::App& create = *tokens.add_subcommand("create", "Make one; it is shown this once");
  const auto name = place(create, "NAME", "what it is for: a word as of a user");
  const auto role =
      required(create, "--role", "what it may: administrator, author, approver, counsellor or observer");
  const auto reads_only = std::make_shared<bool>(false);
  create.add_flag("--reads-only", *reads_only, "it may look, and change nothing");
  const auto days = std::make_shared<int>(0);
  create.add_option("--days", *days, "it ends after so many; 0: never")->check(CLI::Range(0, 3650));
  on(create, session, [name, role, reads_only, days](Session& s) {
    Json body = {{"name", *name}, {"role", *role}};
    if (*reads_only) body["reads_only"] = true;
    if (*days > 0) body["days"] = *days;
    return s.show(s.post(target_of("/tokens"), body));
  });

  CLI::App& list = *tokens.add_subcommand("list", "Those that open something");
  on(list, session, [](Session& s) {
    return s.show_table(s.list(target_of("/tokens")),
                        {{"name"}, {"role"}, {"reads_only"}, {"created_at"}, {"expires_at"}});
  });

  CLI::App& revoke = *tokens.add_subcommand("revoke", "It opens nothing any more");
  const auto which = place(revoke, "NAME", "which");
  on(revoke, session, [which](Session& s) { return s.show(s.post(path_of("tokens", *which, "revoke"))); });
}

}  // namespace

void add_people_commands(CLI::App& app, Session& session) {
  CLI::App& users = group(app, "user", "Who may sign in, and what for");
  add_user(users, session);
  CLI::App& list = *users.add_subcommand("list", "Who may sign in");
  on(list, session, [](Session& s) {
    return s.show_table(s.list(target_of("/users")),
                        {{"name"}, {"role"}, {"second_factor"}, {"disabled"}, {"signed_in_at"}});
  });
  add_switch(users, session, "disable", "May not sign in; the sessions end at once");
  add_switch(users, session, "enable", "May sign in again");
  add_reset(users, session);
  add_tokens(app, session);
}

}  // namespace tongdai::cli
