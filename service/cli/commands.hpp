#pragma once

namespace CLI {
class App;
}

/// The commands by subject. Each function adds its commands to the command line; what the user chose becomes
/// Session::chosen. `session` outlives `app`.
namespace tongdai::cli {

class Session;

void add_status_commands(CLI::App& app, Session& session);     ///< status, backup
void add_directory_commands(CLI::App& app, Session& session);  ///< unit, contact, group, facility, coverage
void add_audience_commands(CLI::App& app, Session& session);   ///< audience, list
void add_campaign_commands(CLI::App& app, Session& session);
/// campaign export, breakdown, audit, repair, report. After add_campaign_commands.
void add_campaign_report_commands(CLI::App& app, Session& session);
void add_calendar_command(CLI::App& campaigns, Session& session);  ///< campaign calendar
void add_series_commands(CLI::App& app, Session& session);
void add_message_commands(CLI::App& app, Session& session);  ///< send, message
void add_case_commands(CLI::App& app, Session& session);
void add_journal_commands(CLI::App& app, Session& session);  ///< audit
void add_people_commands(CLI::App& app, Session& session);   ///< user, token
void add_gateway_commands(CLI::App& app, Session& session);  ///< gateway, sandbox
void add_offline_commands(CLI::App& app, Session& session);  ///< text, number: no daemon is asked

}  // namespace tongdai::cli
