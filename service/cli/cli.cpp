#include "cli/cli.hpp"

#include <algorithm>
#include <exception>
#include <string>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

void report(const Failure& failed, std::ostream& err) {
  bool first = true;
  for (const std::string& line : failed.lines) {
    err << (first ? "tongdai: " : "  ") << line << '\n';
    first = false;
  }
}

void declare(CLI::App& app, Session& session) {
  app.require_subcommand(1);
  app.fallthrough();  // --json and --socket behind a command are the program's
  app.set_version_flag("--version", "tongdai " TONGDAI_VERSION);
  app.add_flag("--json", session.json, "print one JSON document");
  app.add_option("--socket", session.socket_option,
                 "the daemon's socket; else $TONGDAI_SOCKET, else /run/tongdai/tongdaid.sock")
      ->check(not_empty);
  app.footer(
      "--json and --socket may stand anywhere. Exit: 0 done, 1 refused or not found, 2 bad usage, 3 daemon "
      "out "
      "of reach.");
  add_status_commands(app, session);
  add_audience_commands(app, session);
  add_campaign_commands(app, session);
  add_campaign_report_commands(app, session);
  add_series_commands(app, session);
  add_message_commands(app, session);
  add_case_commands(app, session);
  add_journal_commands(app, session);
  add_people_commands(app, session);
  add_directory_commands(app, session);
  add_gateway_commands(app, session);
  add_offline_commands(app, session);
}

int execute(Session& session, Terminal& terminal) {
  try {
    const Outcome<void> outcome = session.chosen(session);
    if (outcome) return static_cast<int>(Exit::done);
    report(outcome.error(), terminal.err);
    return static_cast<int>(outcome.error().exit);
  } catch (const std::exception& fault) {
    report({Exit::refused, {std::string("A fault of tongdai itself: ") + fault.what()}}, terminal.err);
    return static_cast<int>(Exit::refused);
  }
}

}  // namespace

int run(const std::vector<std::string>& arguments, Terminal& terminal) {
  Session session(terminal);
  CLI::App app{"tongdai: the command line of the switchboard", "tongdai"};
  declare(app, session);
  try {
    app.parse(
        std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes them from the back
  } catch (const CLI::ParseError& wrong) {
    const bool asked_for = app.exit(wrong, terminal.out, terminal.err) == 0;  // --help, --version
    return static_cast<int>(asked_for ? Exit::done : Exit::usage);
  }
  return execute(session, terminal);
}

}  // namespace tongdai::cli
