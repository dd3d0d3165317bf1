#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

/// The daemon has a working directory of its own.
std::string whole(const std::string& file) {
  return std::filesystem::absolute(file).lexically_normal().string();
}

Outcome<void> back_up(Session& session, const std::string& file, const std::optional<std::string>& keys) {
  Json body{{"file", whole(file)}};
  if (keys) body["keys"] = whole(*keys);
  return session.show(session.post(target_of("/backup"), body, Patience::lengthy));
}

}  // namespace

void add_status_commands(CLI::App& app, Session& session) {
  CLI::App& status = *app.add_subcommand("status", "How the daemon, its gateways, queue and cases are");
  on(status, session, [](Session& s) { return s.show(s.get(target_of("/status"))); });

  CLI::App& backup = *app.add_subcommand("backup", "Write a consistent copy of the database while it runs");
  const auto file = place(backup, "FILE", "where the daemon writes the copy");
  const auto keys =
      maybe(backup, "--with-keys", "where the keys of the cases go; without, no case can be read from it");
  on(backup, session, [file, keys](Session& s) { return back_up(s, *file, *keys); });
}

}  // namespace tongdai::cli
