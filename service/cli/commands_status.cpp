#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

Outcome<void> back_up(Session& session, const std::string& file) {
  // The daemon has a working directory of its own.
  const std::string whole = std::filesystem::absolute(file).lexically_normal().string();
  return session.show(session.post(target_of("/backup"), Json{{"file", whole}}, Patience::lengthy));
}

}  // namespace

void add_status_commands(CLI::App& app, Session& session) {
  CLI::App& status = *app.add_subcommand("status", "How the daemon, its gateways, queue and cases are");
  on(status, session, [](Session& s) { return s.show(s.get(target_of("/status"))); });

  CLI::App& backup = *app.add_subcommand("backup", "Write a consistent copy of the database while it runs");
  const auto file = place(backup, "FILE", "where the daemon writes the copy");
  on(backup, session, [file](Session& s) { return back_up(s, *file); });
}

}  // namespace tongdai::cli
