#include <fmt/format.h>

#include <array>
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
  const Json tracks = shown.value("tracks", Json::array());
  const Json left_out = shown.value("left_out", Json::array());
  const Json clocks = shown.value("clocks", Json::array());
  for (const char* part : {"referrals", "timeline", "suggestions", "tracks", "left_out", "clocks"})
    facts.erase(part);
  print_document(out, facts);
  out << "\nreferrals\n";
  print_table(out, referrals, {{"step"}, {"facility"}, {"state"}, {"why"}}, 2);
  if (!tracks.empty()) {
    out << "\nservices beside the lead\n";
    print_table(out, tracks, {{"track"}, {"service"}, {"state"}, {"consent"}, {"owner"}, {"due_at"}}, 2);
  }
  if (!left_out.empty()) {
    out << "\nleft out of the plan\n";
    print_table(out, left_out, {{"facility"}, {"why"}}, 2);
  }
  if (!clocks.empty()) {
    out << "\nlegal time limits\n";
    print_table(out, clocks, {{"clock"}, {"state"}, {"started_at"}, {"limit_at"}, {"met_at"}}, 2);
  }
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
  const auto language = maybe(open, "--language", "what the reporter speaks, such as hmn");
  const auto conflicts = std::make_shared<std::vector<std::string>>();
  open.add_option("--conflict", *conflicts, "facilities that must not learn of it")->check(not_empty);
  on(open, session, [unit, service, urgency, note, phone, language, conflicts](Session& s) {
    Json body = {{"note", *note}};
    for (const auto& [key, value] :
         {std::pair("unit", unit), std::pair("service", service), std::pair("urgency", urgency)}) {
      if (*value) body[key] = **value;
    }
    if (*phone) body["phone"] = **phone;
    if (*language) body["language"] = **language;
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

/// What the desk does in a facility's name, because it called.
struct Deed {
  const char* name;
  const char* what;
  const char* facility;  ///< of --facility
};

constexpr auto deeds = std::to_array<Deed>({
    {"accept", "A facility takes the case; its people on duty get the details", "which; required"},
    {"decline", "A facility cannot; the next is asked", "which; required"},
    {"transfer", "Who has the case gives it on, and gets nothing of it any more", "else who has it"},
    {"handback", "Who has the case gives it back; the next is asked", "else who has it"},
    {"progress", "A sign of life: the lease begins anew", "else who has it"},
    {"reopen", "A case that was closed too early goes on, with a new plan", "who had it, and has it again"},
});

void add_deed(CLI::App& cases, Session& session, const Deed& deed) {
  CLI::App& command = *cases.add_subcommand(deed.name, deed.what);
  const auto code = place(command, "CODE", "the case's code");
  const auto facility = maybe(command, "--facility", std::string("a facility's name: ") + deed.facility);
  const auto reason = maybe(command, "--reason", "for the timeline");
  auto to = std::make_shared<std::optional<std::string>>();
  if (std::string_view(deed.name) == "transfer")
    to = maybe(command, "--to", "a service or a facility; else the next of the plan");
  on(command, session, [code, facility, reason, to, below = "/" + std::string(deed.name)](Session& s) {
    Json body = Json::object();
    if (*facility) body["facility"] = **facility;
    if (*reason) body["reason"] = **reason;
    if (*to) body["to"] = **to;
    return s.show(s.post(path_of(*code, below), body), print_case);
  });
}

void add_clock(CLI::App& cases, Session& session) {
  CLI::App& clock = *cases.add_subcommand("clock", "Starts a legal time limit, or notes that it was met");
  const auto code = place(clock, "CODE", "the case's code");
  const auto kind = place(clock, "CLOCK", "forward, child_measures or no_contact");
  const auto event = place(clock, "EVENT", "start or met");
  const auto from = maybe(clock, "--from", "when it began, such as the request of a decision");
  on(clock, session, [code, kind, event, from](Session& s) {
    Json body = {{"clock", *kind}, {"event", *event}};
    if (*from) body["from"] = **from;
    return s.show(s.post(path_of(*code, "/clocks"), body), print_case);
  });
}

void add_consent(CLI::App& cases, Session& session) {
  CLI::App& consent =
      *cases.add_subcommand("consent", "The reporter agrees that a service is asked, or does not");
  const auto code = place(consent, "CODE", "the case's code");
  const auto service =
      place(consent, "SERVICE", "such as police; it may be one that the case did not need so far");
  const auto said = place(consent, "CONSENT", "given or refused");
  on(consent, session, [code, service, said](Session& s) {
    return s.show(s.post(path_of(*code, "/consent"), Json{{"service", *service}, {"consent", *said}}),
                  print_case);
  });
}

void add_read(CLI::App& cases, Session& session) {
  CLI::App& read = *cases.add_subcommand("read", "Number, words and note of a case; noted in the journal");
  const auto code = place(read, "CODE", "the case's code");
  const auto reason = maybe(read, "--reason", "why, for the journal");
  on(read, session, [code, reason](Session& s) {
    Json body = Json::object();
    if (*reason) body["reason"] = **reason;
    return s.show(s.post(path_of(*code, "/read"), body));
  });
}

void add_erase(CLI::App& cases, Session& session) {
  CLI::App& erase = *cases.add_subcommand(
      "erase", "Destroy the keys of a closed case: its number and words are gone for good, in every copy");
  const auto code = std::make_shared<std::string>();
  const auto days = std::make_shared<int>(0);
  CLI::Option& one = *erase.add_option("CODE", *code, "the case's code")->check(not_empty);
  one.type_name("");
  CLI::Option& old =
      *erase
           .add_option("--older-than-days", *days,
                       "in place of CODE: all that were closed so long ago, and as old texts of no case")
           ->check(CLI::Range(1, 36'500));
  one.excludes(&old);
  const auto reason = maybe(erase, "--reason", "why, for the journal");
  on(erase, session, [code, days, reason](Session& s) -> Outcome<void> {
    if (code->empty() && *days == 0) return failure(Exit::usage, "CODE or --older-than-days is required");
    if (*days > 0)
      return s.show(
          s.post(target_of("/cases/erase-old"), Json{{"older_than_days", *days}}, Patience::lengthy));
    Json body = Json::object();
    if (*reason) body["reason"] = **reason;
    return s.show(s.post(path_of(*code, "/erase"), body));
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
  add_clock(cases, session);
  add_consent(cases, session);
  for (const Deed& deed : deeds) add_deed(cases, session, deed);
  add_read(cases, session);
  add_erase(cases, session);
  add_write(cases, session);
  add_safe_contact(cases, session);
}

}  // namespace tongdai::cli
