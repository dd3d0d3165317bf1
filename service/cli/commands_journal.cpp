#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

/// Prints the verdict; a journal that is not whole ends the command with 1.
Outcome<void> verify(Session& session) {
  const Outcome<Json> verdict = session.get(target_of("/journal/verify"), Patience::lengthy);
  if (auto shown = session.show(verdict); !shown) return shown;
  if (verdict->value("sound", false)) return {};
  return std::unexpected(
      Failure{Exit::refused, {"the journal is not whole: " + verdict->value("fault", "")}});
}

}  // namespace

void add_journal_commands(CLI::App& app, Session& session) {
  CLI::App& audit = group(app, "audit", "Who read what of a case, and who changed what");
  CLI::App& list = *audit.add_subcommand("list", "The journal, newest first");
  const auto most = limit(list);
  on(list, session, [most](Session& s) {
    return s.show_table(s.list(target_of("/journal"), *most),
                        {{"number"}, {"at"}, {"who"}, {"action"}, {"object"}, {"detail"}});
  });
  CLI::App& verified = *audit.add_subcommand("verify", "Is every entry there, and as it was written?");
  on(verified, session, &verify);
}

}  // namespace tongdai::cli
