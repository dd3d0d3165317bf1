#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

std::string campaign(const std::string& id, std::string_view below) {
  return fmt::format("/campaigns/{}{}", percent_encode(id), below);
}

/// The format that the file's ending names; "" if none of `formats`.
std::string format_of(const std::string& file, std::initializer_list<const char*> formats) {
  const std::string ending = std::filesystem::path(file).extension().string();
  for (const char* format : formats)
    if (ending == fmt::format(".{}", format)) return format;
  return "";
}

Outcome<void> save(Session& session, const std::string& target, const std::string& file, bool force,
                   Json told) {
  const Outcome<void> written = session.download(target, file, force);
  if (!written) return written;
  told["file"] = file;
  told["bytes"] = std::filesystem::file_size(file);
  return session.show(told);
}

void add_export(CLI::App& campaigns, Session& session) {
  CLI::App& command =
      *campaigns.add_subcommand("export", "One line a person of the audience, as CSV or XLSX");
  const auto id = place(command, "ID", "the campaign's id");
  const auto file = place(command, "FILE", "where to write; its ending says the format: .csv or .xlsx");
  command.get_option("FILE")->check([](const std::string& given) {
    return format_of(given, {"csv", "xlsx"}).empty() ? "must end in .csv or .xlsx" : "";
  });
  const auto numbers = maybe(command, "--numbers", "masked, or whole: the campaign's history says so");
  command.get_option("--numbers")->check(CLI::IsMember({"masked", "whole"}));
  const auto force = std::make_shared<bool>(false);
  command.add_flag("--force", *force, "replace FILE if it is there");
  on(command, session, [id, file, numbers, force](Session& s) {
    const bool csv = format_of(*file, {"csv"}) == "csv";
    const std::string target = target_of(
        campaign(*id, "/export"),
        {{"format", csv ? std::nullopt : std::optional<std::string>("xlsx")}, {"numbers", *numbers}});
    return save(s, target, *file, *force, Json{{"id", *id}});
  });
}

/// A table of the rows' counts, without what is nowhere.
void print_breakdown(std::ostream& out, const Json& document) {
  Json rows = Json::array();
  for (const Json& item : document.value("items", Json::array())) {
    Json row = {{"key", item.value("key", Json())}, {"name", item.value("name", Json())}};
    for (const auto& [state, n] : item.value("counts", Json::object()).items()) row[state] = n;
    row["reached"] = item.value("reached", Json());
    row["parts"] = item.value("parts", Json());
    rows.push_back(std::move(row));
  }
  std::vector<Column> columns{{"key"}, {"name"}, {"audience"}, {"reached"}, {"parts"}};
  for (const char* state : {"pending", "queued", "submitting", "accepted", "delivered", "undelivered",
                            "failed", "expired", "cancelled", "suppressed", "uncertain"}) {
    const bool anywhere =
        std::ranges::any_of(rows, [&](const Json& row) { return row.value(state, 0) != 0; });
    if (anywhere) columns.push_back({state});
  }
  print_table(out, rows, columns);
}

void add_accounts(CLI::App& campaigns, Session& session) {
  CLI::App& breakdown =
      *campaigns.add_subcommand("breakdown", "Its accounts by what its people have in common");
  const auto id = place(breakdown, "ID", "the campaign's id");
  const auto by = required(breakdown, "--by", "unit, carrier, language, hour, gateway, reason or group");
  const auto level = maybe(breakdown, "--level", "of units: commune, district, province, a depth or a type");
  on(breakdown, session, [id, by, level](Session& s) {
    const std::string target = target_of(campaign(*id, "/breakdown"), {{"by", *by}, {"level", *level}});
    return s.show(s.get(target, Patience::lengthy), print_breakdown);
  });

  CLI::App& audit = *campaigns.add_subcommand("audit", "Holds every person of it against every message");
  const auto audited = place(audit, "ID", "the campaign's id");
  on(audit, session, [audited](Session& s) {
    return s.show(s.get(target_of(campaign(*audited, "/audit")), Patience::lengthy));
  });

  CLI::App& repair =
      *campaigns.add_subcommand("repair", "Puts right what an audit found; sends nobody anything twice");
  const auto repaired = place(repair, "ID", "the campaign's id");
  on(repair, session, [repaired](Session& s) {
    return s.show(s.post(target_of(campaign(*repaired, "/repair")), Patience::lengthy));
  });
}

struct ReportOptions {
  std::vector<std::string> words;  // ids, then the file
  Value<std::optional<std::string>> series, format, language, level, interval;
  Value<std::string> from, to;
  bool force = false;
};

Outcome<void> write_report(Session& session, const ReportOptions& o) {
  const std::string& file = o.words.back();
  std::string ids;
  for (std::size_t i = 0; i + 1 < o.words.size(); ++i) ids += (i > 0 ? "," : "") + o.words[i];
  const std::string format = o.format->value_or(format_of(file, {"html", "xlsx"}));
  if (format.empty()) {
    return failure(Exit::usage,
                   fmt::format("{}: must end in .html or .xlsx, or --format must say which it is", file));
  }
  const std::string target =
      target_of("/report", {{"from", *o.from},
                            {"to", *o.to},
                            {"campaigns", ids.empty() ? std::nullopt : std::optional(ids)},
                            {"series", *o.series},
                            {"format", format},
                            {"language", *o.language},
                            {"level", *o.level},
                            {"interval", *o.interval}});
  return save(session, target, file, o.force, Json::object());
}

void add_report(CLI::App& campaigns, Session& session) {
  CLI::App& command = *campaigns.add_subcommand(
      "report", "What an agency sends up: campaigns, reach, cost, and the hotline's sums of a period");
  const auto o = std::make_shared<ReportOptions>();
  command.add_option("ID... FILE", o->words, "campaigns (else those of the period), then where to write")
      ->required()
      ->type_name("");
  o->from = required(command, "--from", "the first day, such as 2021-11-15");
  o->to = required(command, "--to", "the last day");
  o->series = maybe(command, "--series", "the campaigns of this series");
  o->format = maybe(command, "--format", "html (for print) or xlsx; else as FILE ends");
  command.get_option("--format")->check(CLI::IsMember({"html", "xlsx"}));
  o->language = maybe(command, "--language", "vi or en");
  command.get_option("--language")->check(CLI::IsMember({"vi", "en"}));
  o->level = maybe(command, "--level", "of units: commune, district, province, a depth or a type");
  o->interval = maybe(command, "--interval", "of cases: month or week");
  command.add_flag("--force", o->force, "replace FILE if it is there");
  on(command, session, [o](Session& s) { return write_report(s, *o); });
}

}  // namespace

void add_campaign_report_commands(CLI::App& app, Session& session) {
  CLI::App& campaigns = *app.get_subcommand("campaign");
  add_export(campaigns, session);
  add_accounts(campaigns, session);
  add_report(campaigns, session);
}

}  // namespace tongdai::cli
