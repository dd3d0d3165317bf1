#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "text/holidays.hpp"

namespace tongdai::cli {

namespace {

std::string series(const std::string& id, std::string_view below = "") {
  return target_of(fmt::format("/series/{}{}", percent_encode(id), below));
}

struct Decision {
  const char* verb;
  const char* what;
};
constexpr std::array<Decision, 6> decisions{{{"submit", "Ask a second person to approve its drafts"},
                                             {"approve", "Let its steps go out when their times come"},
                                             {"reject", "Send it back to its author"},
                                             {"pause", "Stop sending until it is resumed"},
                                             {"resume", "Go on sending"},
                                             {"cancel", "Stop all that is left of it for good"}}};

void add_decisions(CLI::App& all, Session& session) {
  for (const Decision& decision : decisions) {
    CLI::App& command = *all.add_subcommand(decision.verb, decision.what);
    const auto id = place(command, "ID", "the series' id");
    const auto comment = maybe(command, "--comment", "why, for the history of its steps");
    on(command, session, [id, comment, verb = decision.verb](Session& s) {
      Json body = Json::object();
      if (*comment) body["comment"] = **comment;
      return s.show(s.post(series(*id, fmt::format("/{}", verb)), body));
    });
  }
}

std::string month(const std::string& given) {
  return text::parse_date(given + "-01") ? "" : "must be a month such as 2021-11";
}

/// The days on which something goes out, or that are holidays.
void print_calendar(std::ostream& out, const Json& calendar) {
  Json rows = Json::array();
  for (const Json& day : calendar.value("days", Json::array())) {
    const Json& campaigns = day.at("campaigns");
    if (campaigns.empty() && !day.at("holiday").is_null())
      rows.push_back({{"date", day["date"]}, {"holiday", day["holiday"]}});
    for (const Json& c : campaigns) {
      rows.push_back({{"date", day["date"]},
                      {"hours", c.at("hours")},
                      {"id", c.at("id")},
                      {"state", c.at("state")},
                      {"title", c.at("title")},
                      {"holiday", day["holiday"]}});
    }
  }
  print_table(out, rows, {{"date"}, {"hours"}, {"id"}, {"state"}, {"title"}, {"holiday"}});
}

Outcome<void> show_month(Session& session, const std::optional<std::string>& given) {
  std::optional<std::string> from, to;
  if (given) {
    const text::Date first = text::parse_date(*given + "-01").value();
    from = text::print(first);
    to = text::print(text::Date{first.year() / first.month() / std::chrono::last});
  }
  return session.show(session.get(target_of("/campaigns/calendar", {{"from", from}, {"to", to}})),
                      print_calendar);
}

}  // namespace

void add_calendar_command(CLI::App& campaigns, Session& session) {
  CLI::App& calendar =
      *campaigns.add_subcommand("calendar", "What goes out on each day; else of the next 31");
  const auto of = maybe(calendar, "--month", "such as 2021-11");
  calendar.get_option("--month")->check(month);
  on(calendar, session, [of](Session& s) { return show_month(s, *of); });
}

void add_series_commands(CLI::App& app, Session& session) {
  CLI::App& all = group(app, "series", "Campaigns that belong together: the steps of one file");
  CLI::App& show = *all.add_subcommand("show", "Its steps, and where each stands");
  const auto shown = place(show, "ID", "the series' id");
  on(show, session, [shown](Session& s) { return s.show(s.get(series(*shown))); });
  CLI::App& list = *all.add_subcommand("list", "Series, newest first");
  const auto most = limit(list);
  on(list, session, [most](Session& s) {
    return s.show_table(s.list(target_of("/series"), *most), {{"id"}, {"title"}, {"author"}, {"created_at"}});
  });
  add_decisions(all, session);
}

}  // namespace tongdai::cli
