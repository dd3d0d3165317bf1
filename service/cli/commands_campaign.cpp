#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

std::string campaign(const std::string& id, std::string_view below = "") {
  return target_of(fmt::format("/campaigns/{}{}", percent_encode(id), below));
}

Outcome<void> decide(Session& session, const std::string& id, std::string_view verb,
                     const std::optional<std::string>& comment) {
  Json body = Json::object();
  if (comment) body["comment"] = *comment;
  return session.show(session.post(campaign(id, fmt::format("/{}", verb)), body));
}

Outcome<void> export_to(Session& session, const std::string& id, const std::string& file, bool force) {
  const Outcome<void> written = session.download(campaign(id, "/export"), file, force);
  if (!written) return written;
  return session.show(Json{{"id", id}, {"file", file}, {"bytes", std::filesystem::file_size(file)}});
}

struct Decision {
  const char* verb;
  const char* what;
};
constexpr std::array<Decision, 6> decisions{{{"submit", "Ask a second person to approve it"},
                                             {"approve", "Let it go out when its time comes"},
                                             {"reject", "Send it back to its author"},
                                             {"pause", "Stop sending until it is resumed"},
                                             {"resume", "Go on sending"},
                                             {"cancel", "Stop it for good"}}};

void add_decisions(CLI::App& campaigns, Session& session) {
  for (const Decision& decision : decisions) {
    CLI::App& command = *campaigns.add_subcommand(decision.verb, decision.what);
    const auto id = place(command, "ID", "the campaign's id");
    const auto comment = maybe(command, "--comment", "why, for the campaign's history");
    on(command, session,
       [id, comment, verb = decision.verb](Session& s) { return decide(s, *id, verb, *comment); });
  }
}

void add_views(CLI::App& campaigns, Session& session) {
  CLI::App& preview =
      *campaigns.add_subcommand("preview", "Audience, exclusions, texts with parts, and the finish");
  const auto previewed = place(preview, "ID", "the campaign's id");
  on(preview, session, [previewed](Session& s) {
    return s.show(
        s.get(campaign(*previewed, "/preview"), Patience::lengthy));  // it counts the whole audience
  });

  CLI::App& show = *campaigns.add_subcommand("show", "Where a campaign stands, with its accounts");
  const auto shown = place(show, "ID", "the campaign's id");
  on(show, session, [shown](Session& s) { return s.show(s.get(campaign(*shown))); });

  CLI::App& list = *campaigns.add_subcommand("list", "Campaigns, newest first");
  const auto most = limit(list);
  on(list, session, [most](Session& s) {
    return s.show_table(s.list(target_of("/campaigns"), *most),
                        {{"id"}, {"state"}, {"class"}, {"start"}, {"end"}, {"title"}});
  });
}

}  // namespace

void add_campaign_commands(CLI::App& app, Session& session) {
  CLI::App& campaigns = group(app, "campaign", "Message blasts: who, what, when, through which gateway");

  CLI::App& create = *campaigns.add_subcommand("create", "A draft from a campaign file");
  const auto file = place(create, "FILE", "TOML");
  on(create, session,
     [file](Session& s) { return s.show(s.upload(target_of("/campaigns"), *file, "application/toml")); });

  add_decisions(campaigns, session);
  add_views(campaigns, session);

  CLI::App& report = *campaigns.add_subcommand("export", "One line a person of the audience, as CSV");
  const auto id = place(report, "ID", "the campaign's id");
  const auto out = place(report, "FILE", "where to write");
  const auto force = std::make_shared<bool>(false);
  report.add_flag("--force", *force, "replace FILE if it is there");
  on(report, session, [id, out, force](Session& s) { return export_to(s, *id, *out, *force); });
}

}  // namespace tongdai::cli
