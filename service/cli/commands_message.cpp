#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/options.hpp"

namespace tongdai::cli {

namespace {

std::string message(const std::string& id, std::string_view below = "") {
  return target_of(fmt::format("/messages/{}{}", percent_encode(id), below));
}

void add_send(CLI::App& app, Session& session) {
  CLI::App& send = *app.add_subcommand("send", "One text to one number");
  const auto to = required(send, "--to", "the number, as people write it");
  const auto text = required(send, "--text", "what to say");
  const auto purpose = maybe(send, "--purpose", "whose rules apply, such as operator_code");
  const auto gateway = maybe(send, "--gateway", "through this one and no other");
  on(send, session, [to, text, purpose, gateway](Session& s) {
    Json body = {{"to", *to}, {"text", *text}};
    if (*purpose) body["purpose"] = **purpose;
    if (*gateway) body["gateway"] = **gateway;
    return s.show(s.post(target_of("/messages"), body));
  });
}

void add_views(CLI::App& messages, Session& session) {
  CLI::App& show = *messages.add_subcommand("show", "Where a message stands, with its history");
  const auto id = place(show, "ID", "the message's id");
  on(show, session, [id](Session& s) { return s.show(s.get(message(*id))); });

  CLI::App& list = *messages.add_subcommand("list", "Messages, newest first");
  const auto state = maybe(list, "--state", "only those that are queued, submitting, accepted, delivered...");
  const auto to = maybe(list, "--to", "only those to this number");
  const auto most = limit(list);
  on(list, session, [state, to, most](Session& s) {
    return s.show_table(
        s.list(target_of("/messages", {{"state", *state}, {"to", *to}}), *most),
        {{"id"}, {"state"}, {"purpose"}, {"to"}, {"gateway"}, {"parts"}, {"attempts"}, {"reason"}});
  });
}

}  // namespace

void add_message_commands(CLI::App& app, Session& session) {
  add_send(app, session);
  CLI::App& messages = group(app, "message", "Texts that leave, and what became of them");
  add_views(messages, session);

  CLI::App& resend =
      *messages.add_subcommand("resend", "Send an uncertain message again: it may arrive twice");
  const auto again = place(resend, "ID", "the message's id");
  on(resend, session, [again](Session& s) { return s.show(s.post(message(*again, "/resend"))); });

  CLI::App& write_off = *messages.add_subcommand("write-off", "Count an uncertain message as failed");
  const auto lost = place(write_off, "ID", "the message's id");
  on(write_off, session, [lost](Session& s) { return s.show(s.post(message(*lost, "/write-off"))); });
}

}  // namespace tongdai::cli
