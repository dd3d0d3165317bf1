#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

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

/// A file as it came, line by line.
void print_revision(std::ostream& out, const Json& revision) {
  Json head = revision;
  head.erase("document");
  print_document(out, head);
  out << '\n';
  std::istringstream lines(revision.value("document", ""));
  for (std::string line; std::getline(lines, line);) out << printable(line) << '\n';
}

void add_history(CLI::App& campaigns, Session& session) {
  CLI::App& past = *campaigns.add_subcommand("history", "Who did what with it, and its revisions");
  const auto id = place(past, "ID", "the campaign's id");
  on(past, session, [id](Session& s) { return s.show(s.get(campaign(*id, "/history"))); });

  CLI::App& revision = *campaigns.add_subcommand("revision", "The file that it was once written with");
  const auto of = place(revision, "ID", "the campaign's id");
  const auto number = place(revision, "N", "the revision's number");
  on(revision, session, [of, number](Session& s) {
    const std::string below = fmt::format("/revisions/{}", percent_encode(*number));
    return s.show(s.get(campaign(*of, below)), print_revision);
  });
}

Outcome<void> tune(Session& session, const std::string& id, const std::optional<std::string>& rate,
                   const std::optional<std::string>& gateway) {
  Json body = Json::object();
  if (rate) body["rate"] = *rate == "none" ? Json() : Json(std::stoll(*rate));
  if (gateway) body["gateway"] = *gateway == "any" ? Json() : Json(*gateway);
  return session.show(session.post(campaign(id, "/tune"), body));
}

std::string rate_or_none(const std::string& given) {
  constexpr std::size_t digits_max = 6;
  const bool is_number = !given.empty() && given.size() <= digits_max &&
                         given.find_first_not_of("0123456789") == std::string::npos;
  return is_number || given == "none" ? "" : "must be a whole number between 1 and 100000, or none";
}

void add_changes(CLI::App& campaigns, Session& session) {
  CLI::App& edit = *campaigns.add_subcommand("edit", "A whole new file in its place: back to a draft");
  const auto edited = place(edit, "ID", "the campaign's id");
  const auto file = place(edit, "FILE", "TOML");
  on(edit, session, [edited, file](Session& s) {
    return s.show(s.upload(campaign(*edited, "/edit"), *file, "application/toml"));
  });

  CLI::App& faster = *campaigns.add_subcommand("tune", "Its rate or gateway, also on its way");
  const auto id = place(faster, "ID", "the campaign's id");
  const auto rate = maybe(faster, "--rate", "at most so many parts a second, or none");
  faster.get_option("--rate")->check(rate_or_none);
  const auto gateway = maybe(faster, "--gateway", "this one only, or any");
  on(faster, session, [id, rate, gateway](Session& s) { return tune(s, *id, *rate, *gateway); });
}

Outcome<void> test(Session& session, const std::string& id, const std::vector<std::string>& phones,
                   const std::optional<std::string>& language) {
  Json body = {{"to", phones}};
  if (language) body["language"] = *language;
  const Outcome<Json> answer = session.post(campaign(id, "/test"), body);
  const Outcome<void> shown = session.show(answer, [](std::ostream& out, const Json& document) {
    print_table(
        out, document.value("items", Json::array()),
        {{"place"}, {"to"}, {"language"}, {"message"}, {"gateway"}, {"parts"}, {"refusal"}, {"detail"}});
  });
  if (!shown) return shown;
  const auto refused = answer->value("refused", std::int64_t{0});
  if (refused == 0) return {};
  return failure(Exit::refused, fmt::format("{} of {} texts were refused.", refused,
                                            refused + answer->value("sent", std::int64_t{0})));
}

void add_test(CLI::App& campaigns, Session& session) {
  CLI::App& command = *campaigns.add_subcommand("test", "Sends its texts to a few phones, before the blast");
  const auto id = place(command, "ID", "the campaign's id");
  const auto phones = std::make_shared<std::vector<std::string>>();
  command.add_option("PHONE", *phones, "whose phones; ten at most")
      ->required()
      ->check(not_empty)
      ->type_name("");
  const auto language = maybe(command, "--language", "only the text in this one");
  on(command, session, [id, phones, language](Session& s) { return test(s, *id, *phones, *language); });
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
  add_changes(campaigns, session);
  add_test(campaigns, session);
  add_views(campaigns, session);
  add_history(campaigns, session);
  add_calendar_command(campaigns, session);
}

}  // namespace tongdai::cli
