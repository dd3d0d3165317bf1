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
  facts.erase("referrals");
  const Json suggestions = shown.value("suggestions", Json::array());
  facts.erase("timeline");
  facts.erase("suggestions");
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

void add_write(CLI::App& cases, Session& session) {
  CLI::App& write = *cases.add_subcommand(
      "write", "Write to the case's reporter; refused with the reason if it could harm");
  const auto code = place(write, "CODE", "the case's code");
  const auto text = place(write, "TEXT", "what they are to read");
  on(write, session,
     [code, text](Session& s) { return s.show(s.post(path_of(*code, "/messages"), Json{{"text", *text}})); });
}

void add_safe_contact(CLI::App& cases, Session& session) {
  CLI::App& contact = *cases.add_subcommand(
      "safe-contact", "How the reporter may be written to; with options, record what was agreed");
  const auto code = place(contact, "CODE", "the case's code");
  const auto channel = maybe(contact, "--channel", "text (if nothing is said), call or none");
  const auto content = maybe(contact, "--content", "neutral (if nothing is said), explicit or none");
  const auto consent = std::make_shared<bool>(false);
  contact.add_flag("--consent", *consent, "they agreed to explicit content");
  const auto hours = std::make_shared<std::vector<std::string>>();
  contact.add_option("--hours", *hours, "safe hours, such as \"18:00-21:00\"; more than once for more")
      ->check(not_empty);
  const auto word = maybe(contact, "--word", "the agreed word");
  const auto duress = maybe(contact, "--duress-word", "the word that says they are threatened");
  const auto expires = maybe(contact, "--expires", "when it is to be asked again (RFC 3339)");
  on(contact, session, [=](Session& s) {
    Json body = Json::object();
    if (*channel) body["channel"] = **channel;
    if (*content) body["content"] = **content;
    if (*consent) body["consent"] = true;
    if (!hours->empty()) body["hours"] = *hours;
    if (*word) body["word"] = **word;
    if (*duress) body["duress_word"] = **duress;
    if (*expires) body["expires_at"] = **expires;
    const std::string path = path_of(*code, "/safe-contact");
    return s.show(body.empty() ? s.get(path) : s.post(path, body));
  });
}

}  // namespace

void add_case_commands(CLI::App& app, Session& session) {
  CLI::App& cases = group(app, "case", "Reports of violence and who has them");
  add_views(cases, session);
  add_open(cases, session);
  add_calls(cases, session);
  add_close(cases, session);
  add_write(cases, session);
  add_safe_contact(cases, session);
}

}  // namespace tongdai::cli
