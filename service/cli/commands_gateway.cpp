#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

void add_switch(CLI::App& gateways, Session& session, const std::string& verb, const std::string& what) {
  CLI::App& command = *gateways.add_subcommand(verb, what);
  const auto name = place(command, "NAME", "the gateway's name");
  on(command, session, [name, verb](Session& s) {
    return s.show(s.post(target_of(fmt::format("/gateways/{}/{}", percent_encode(*name), verb))));
  });
}

void add_sandbox(CLI::App& app, Session& session) {
  CLI::App& sandbox = group(app, "sandbox", "Plays handsets on the sandbox gateway");

  CLI::App& send = *sandbox.add_subcommand("text", "Send a text from a handset");
  const auto from = required(send, "--from", "the handset's number");
  const auto to = maybe(send, "--to", "the line; the hotline's own unless given");
  const auto words = place(send, "TEXT", "what it says; after -- if it begins with a dash");
  on(send, session, [from, to, words](Session& s) {
    Json body = {{"from", *from}};
    if (*to) body["to"] = **to;
    body["text"] = *words;
    return s.show(s.post(target_of("/sandbox/texts"), body));
  });

  CLI::App& inbox = *sandbox.add_subcommand("inbox", "What a handset received");
  const auto phone = place(inbox, "PHONE", "the handset's number");
  on(inbox, session, [phone](Session& s) {
    return s.show_table(s.list(target_of("/sandbox/inbox/" + percent_encode(*phone))),
                        {{"at"}, {"from"}, {"text"}});
  });
}

}  // namespace

void add_gateway_commands(CLI::App& app, Session& session) {
  CLI::App& gateways = group(app, "gateway", "The links to the networks");
  CLI::App& list = *gateways.add_subcommand("list", "Gateways, their state and rate");
  on(list, session, [](Session& s) { return s.show(s.list(target_of("/gateways"))); });
  add_switch(gateways, session, "pause", "Send nothing through it until it is resumed");
  add_switch(gateways, session, "resume", "Send through it again");
  add_sandbox(app, session);
}

}  // namespace tongdai::cli
