#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/audience.hpp"

namespace tongdai::api {
namespace {

using outbox::Purpose;

/// A reporter at the other end: neither their number nor the words they got are shown, and nobody learns from
/// a list that a number reported.
bool is_to_reporter(Purpose purpose) {
  return purpose == Purpose::reporter_reply || purpose == Purpose::relay_to_reporter;
}

bool shows_text(Purpose purpose) {
  return !is_to_reporter(purpose) && purpose != Purpose::relay_to_facility;
}

Json show(const outbox::MessageView& m) {
  return {{"id", to_string(m.id)},
          {"state", name_of(m.state)},
          {"reason", m.reason},
          {"purpose", name_of(m.purpose)},
          {"to", is_to_reporter(m.purpose) ? m.to.masked() : m.to.reveal()},
          {"gateway", m.gateway},
          {"parts", m.parts},
          {"attempts", m.attempts},
          {"campaign", id_or_null(m.campaign)},
          {"text", shows_text(m.purpose) ? Json(m.text) : Json()},
          {"created_at", time_json(m.created_at)}};
}

Json show(const outbox::MessageStep& s) {
  return {{"at", time_json(s.at)}, {"state", name_of(s.state)}, {"reason", s.reason}, {"gateway", s.gateway}};
}

void check_gateway(config::Reader& r, const Context& context, const std::string& name) {
  if (name.empty()) return;
  std::string known;
  for (const auto& line : context.dispatcher.view()) {
    if (line.name == name) return;
    known += (known.empty() ? "" : ", ") + line.name;
  }
  r.fault("gateway", "there is no such gateway; known: " + known);
}

outbox::Draft read_draft(config::Reader& r, const Context& context) {
  outbox::Draft draft;
  draft.to = read_phone(r, "to", context.plan, true);
  draft.text = read_text(r, "text");
  // All others belong to a case, and only the hotline may write them.
  draft.purpose = *from_name<Purpose>(r.one_of("purpose", {"operator_code", "campaign"}, "operator_code"));
  draft.gateway = r.text("gateway", "");
  check_gateway(r, context, draft.gateway);
  return draft;
}

/// 422 with the refusal's name, for programs.
Response refusal(const outbox::Refused& refused) {
  const std::string name(name_of(refused.why));
  Response response = problem(Error{Code::refused, name + ": " + refused.detail});
  Json document = Json::parse(response.body);
  document["refusal"] = name;
  response.body = document.dump();
  return response;
}

outbox::MessageFilter read_filter(config::Reader& r, const text::NumberingPlan& plan) {
  outbox::MessageFilter filter;
  filter.state = read_enum<outbox::MessageState>(r, "state");
  const Phone to = read_phone(r, "to", plan, false);
  if (!to.empty()) filter.to = to;
  const Page page = read_page(r);
  filter.before = MessageId{page.number()};
  filter.limit = page.limit;
  return filter;
}

using Act = Result<outbox::MessageState> (outbox::Messages::*)(storage::Tx&, MessageId, TimePoint);

Answer act(Context& context, const Request& request, Act what) {
  const auto id = place_id<MessageId>(request);
  if (!id) co_return problem(id.error());
  const auto state = co_await context.database.writer().run([&context, what, id = *id](storage::Tx& tx) {
    return (context.messages.*what)(tx, id, context.clock.now());
  });
  if (!state) co_return problem(state.error());
  co_return json_response(200, {{"id", to_string(*id)}, {"state", name_of(*state)}});
}

}  // namespace

Answer send_message(Context& context, const Request& request) {
  const auto draft = read_body(request, [&](config::Reader& r) { return read_draft(r, context); });
  if (!draft) co_return draft.error();
  // Woken after this coroutine waits: the lines claim it in the commit that takes it in.
  if (outbox::rules_of(draft->purpose).lane != outbox::Lane::bulk) context.dispatcher.hurry();
  const auto id = co_await context.database.writer().run(
      [&context, &draft](storage::Tx& tx) { return context.door.admit(tx, *draft, context.clock.now()); });
  if (!id) co_return refusal(id.error());
  co_return json_response(202, {{"id", to_string(*id)}});
}

Answer list_messages(Context& context, const Request& request) {
  const auto filter = read_query(request, [&](config::Reader& r) { return read_filter(r, context.plan); });
  if (!filter) co_return filter.error();
  const auto found = co_await context.database.readers().run([&filter](storage::Tx& tx) {
    auto more = *filter;
    if (more.to) more.of_campaigns = campaigns::messages_to(tx, *more.to);
    ++more.limit;  // one more tells whether there is a next page
    return outbox::list_messages(tx, more);
  });
  Json items = Json::array();
  std::string next;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i == static_cast<std::size_t>(filter->limit)) {
      next = to_string(found[i - 1].id);
      break;
    }
    if (!filter->to || !is_to_reporter(found[i].purpose)) items.push_back(show(found[i]));
  }
  co_return json_response(200, list_of(std::move(items), next));
}

Answer show_message(Context& context, const Request& request) {
  const auto id = place_id<MessageId>(request);
  if (!id) co_return problem(id.error());
  const auto found = co_await context.database.readers().run(
      [&id](storage::Tx& tx) { return outbox::find_message(tx, *id); });
  if (!found) co_return problem(Error{Code::not_found, "there is no message " + to_string(*id)});
  Json message = show(*found);
  message["history"] = Json::array();
  for (const auto& step : found->history) message["history"].push_back(show(step));
  co_return json_response(200, message);
}

Answer resend_message(Context& context, const Request& request) {
  return act(context, request, &outbox::Messages::resend);
}

Answer write_off_message(Context& context, const Request& request) {
  return act(context, request, &outbox::Messages::write_off);
}

}  // namespace tongdai::api
