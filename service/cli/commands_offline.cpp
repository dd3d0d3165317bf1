#include <nlohmann/json.hpp>

#include "cli/offline.hpp"
#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

Outcome<void> parse(Session& session, const std::string& number, const std::string& plan_option) {
  const Outcome<std::filesystem::path> file = find_plan(session.terminal, plan_option);
  if (!file) return std::unexpected(file.error());
  const Outcome<text::NumberingPlan> plan = read_plan(*file);
  if (!plan) return std::unexpected(plan.error());
  const Json parsed = parse_number(*plan, number);
  if (parsed.at("valid").get<bool>()) return session.show(parsed);
  if (session.json) {
    const Outcome<void> shown = session.show(parsed);
    if (!shown) return shown;
  }
  return failure(Exit::refused, "NUMBER: " + parsed.at("reason").get<std::string>());
}

}  // namespace

void add_offline_commands(CLI::App& app, Session& session) {
  CLI::App& text = group(app, "text", "Texts; needs no daemon");
  CLI::App& measure = *text.add_subcommand("measure", "What a text costs, and what it would without accents");
  const auto words = std::make_shared<std::string>();
  measure.add_option("TEXT", *words, "after -- if it begins with a dash")->required()->type_name("");
  on(measure, session, [words](Session& s) { return s.show(measure_text(*words)); });

  CLI::App& number = group(app, "number", "Phone numbers; needs no daemon");
  CLI::App& parse_command = *number.add_subcommand("parse", "A number as people write it, understood");
  const auto written = place(parse_command, "NUMBER", "with spaces, dots, +84, 0084 or 0");
  const auto plan = std::make_shared<std::string>();
  parse_command.add_option("--plan", *plan,
                           "numbering plan; else $TONGDAI_NUMBERING_PLAN, else the installed one");
  on(parse_command, session, [written, plan](Session& s) { return parse(s, *written, *plan); });
}

}  // namespace tongdai::cli
