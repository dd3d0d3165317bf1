#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

std::string path_of(const std::string& code, std::string_view below = "") {
  return target_of(fmt::format("/cases/{}{}", percent_encode(code), below));
}

/// The plain lines, then who was asked, what happened (in the machine's time), and what the texts suggest.
void print_case(std::ostream& out, const Json& shown) {
  Json facts = shown;
  const Json referrals = shown.value("referrals", Json::array());
  const Json timeline = shown.value("timeline", Json::array());
  const Json suggestions = shown.value("suggestions", Json::array());
  for (const char* part : {"referrals", "timeline", "suggestions"}) facts.erase(part);
  print_document(out, facts);
  out << "\nreferrals\n";
  print_table(out, referrals, {{"step"}, {"facility"}, {"state"}, {"why"}}, 2);
  out << "\ntimeline\n";
  print_table(out, timeline, {{"at"}, {"kind"}, {"facility"}, {"detail"}}, 2);
  if (suggestions.empty()) return;
  out << "\nsuggestions\n";
  print_table(out, suggestions, {{"kind"}, {"value"}, {"text"}, {"from"}, {"length"}}, 2);
}

void add_views(CLI::App& cases, Session& session) {
  CLI::App& list = *cases.add_subcommand("list", "Cases, the most urgent first");
  const auto state = maybe(list, "--state", "only those that are open, accepted, closed...");
  const auto most = limit(list);
  on(list, session, [state, most](Session& s) {
    return s.show_table(s.list(target_of("/cases", {{"state", *state}}), *most), {{"code"},
                                                                                  {"state"},
                                                                                  {"urgency"},
                                                                                  {"unit_name", "UNIT"},
                                                                                  {"services"},
                                                                                  {"owner"},
                                                                                  {"opened_at"},
                                                                                  {"due_at"}});
  });

  CLI::App& show = *cases.add_subcommand("show", "A case with its referrals and timeline");
  const auto code = place(show, "CODE", "the case's code");
  on(show, session, [code](Session& s) { return s.show(s.get(path_of(*code)), print_case); });
}

void add_open(CLI::App& cases, Session& session) {
  CLI::App& open = *cases.add_subcommand("open", "Open a case for somebody who called or came");
  const auto unit = maybe(open, "--unit", "where: a unit's code; else as the note says");
  const auto service =
      maybe(open, "--service", "what is needed, such as medical or police; else as the note says");
  const auto urgency = maybe(open, "--urgency", "critical, high or normal; else as the note says");
  const auto note = required(open, "--note", "what was reported, for whoever accepts the case");
  const auto phone = maybe(open, "--phone", "the reporter's number, if it may be used");
  const auto conflicts = std::make_shared<std::vector<std::string>>();
  open.add_option("--conflict", *conflicts, "facilities that must not learn of it")->check(not_empty);
  on(open, session, [unit, service, urgency, note, phone, conflicts](Session& s) {
    Json body = {{"note", *note}};
    for (const auto& [key, value] :
         {std::pair("unit", unit), std::pair("service", service), std::pair("urgency", urgency)}) {
      if (*value) body[key] = **value;
    }
    if (*phone) body["phone"] = **phone;
    if (!conflicts->empty()) body["conflicts"] = *conflicts;
    return s.show(s.post(target_of("/cases"), body));
  });
}

void add_calls(CLI::App& cases, Session& session) {
  CLI::App& missed =
      *cases.add_subcommand("missed-call", "A call that nobody took, or a person who asks to be called");
  const auto phone = required(missed, "--phone", "the caller's number");
  const auto asks = std::make_shared<bool>(false);
  missed.add_flag("--please-call", *asks, "the caller asked to be called");
  on(missed, session, [phone, asks](Session& s) {
    return s.show(
        s.post(target_of("/calls"), {{"phone", *phone}, {"kind", *asks ? "please_call" : "missed_call"}}));
  });

  CLI::App& made = *cases.add_subcommand("called-back", "The reporter was called");
  const auto code = place(made, "CODE", "the case's code");
  on(made, session, [code](Session& s) { return s.show(s.post(path_of(*code, "/called-back"))); });
}

void add_close(CLI::App& cases, Session& session) {
  CLI::App& close = *cases.add_subcommand("close", "Close a case; nothing is sent to the reporter");
  const auto code = place(close, "CODE", "the case's code");
  const auto outcome = maybe(close, "--outcome", "how it ended");
  on(close, session, [code, outcome](Session& s) {
    Json body = Json::object();
    if (*outcome) body["outcome"] = **outcome;
    return s.show(s.post(path_of(*code, "/close"), body));
  });
}

}  // namespace

void add_case_commands(CLI::App& app, Session& session) {
  CLI::App& cases = group(app, "case", "Reports of violence and who has them");
  add_views(cases, session);
  add_open(cases, session);
  add_calls(cases, session);
  add_close(cases, session);
}

}  // namespace tongdai::cli
