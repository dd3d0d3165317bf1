#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/reporter/thread.hpp"

/// How a case's reporter may be written to, and writing to them.
namespace tongdai::api {
namespace {

constexpr std::size_t hours_max = 14;

hotline::Agreement read_agreement(config::Reader& r) {
  hotline::Agreement a;
  a.channel = read_enum<hotline::Channel>(r, "channel").value_or(a.channel);
  a.content = read_enum<hotline::Content>(r, "content").value_or(a.content);
  a.has_consented = r.boolean("consent", false);
  if (r.has("hours")) a.hours = r.texts("hours");
  if (a.hours.size() > hours_max) r.fault("hours", "must be at most 14 windows");
  a.agreed = read_bounded(r, "word", comment_bytes_max);
  a.duress = read_bounded(r, "duress_word", comment_bytes_max);
  a.expires_at = r.maybe_time("expires_at");
  return a;
}

/// The words are never shown: who may read them could play the person.
Json view(storage::Tx& tx, const hotline::Case& c) {
  const auto contact = hotline::safe_contact(tx, c.id);
  const auto relay = hotline::relay_of(tx, c.id, c.opened_at);
  Json json = {{"code", c.code}, {"thread", name_of(relay.state)}, {"recorded", contact.has_value()}};
  if (!contact) return json;
  json["channel"] = name_of(contact->channel);
  json["content"] = name_of(contact->content);
  json["hours"] = contact->hours;
  json["has_word"] = !contact->agreed.empty();
  json["has_duress_word"] = !contact->duress.empty();
  json["recorded_at"] = time_json(contact->recorded_at);
  json["expires_at"] = time_json(contact->expires_at);
  return json;
}

Result<hotline::Case> case_of(storage::Tx& tx, std::string_view code) {
  auto found = hotline::find_case(tx, code);
  if (!found) return fail(Code::not_found, "there is no case of this code");
  return *found;
}

Result<Json> record(storage::Tx& tx, Context& context, std::string_view code, const hotline::Agreement& a) {
  const auto c = case_of(tx, code);
  if (!c) return std::unexpected(c.error());
  const auto recorded = hotline::record_contact(tx, context.desk, *c, a, context.clock.now());
  if (!recorded) return std::unexpected(recorded.error());
  return view(tx, *c);
}

Result<Json> write(storage::Tx& tx, Context& context, std::string_view code, const std::string& text) {
  const auto c = case_of(tx, code);
  if (!c) return std::unexpected(c.error());
  if (c->state == hotline::CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  const auto sent = hotline::write_to_reporter(tx, context.desk, *c, {}, text, context.clock.now());
  if (!sent) return fail(Code::refused, (sent.error().no ? "text: " : "") + sent.error().print());
  return Json{{"id", to_string(*sent)}, {"code", c->code}};
}

Json show(const outbox::Objection& objection) {
  return {{"offence", name_of(objection.offence)},
          {"found", text_or_null(objection.found)},
          {"at", objection.at},
          {"detail", objection.print()}};
}

/// Of a text that is being typed: would it go, and what does it take?
Result<Json> check(storage::Tx& tx, Context& context, std::string_view code, const std::string& text) {
  const auto c = case_of(tx, code);
  if (!c) return std::unexpected(c.error());
  if (c->state == hotline::CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  const auto passage = hotline::rehearse(tx, context.desk, *c, {}, text, context.clock.now());
  Json json = {{"code", c->code},  {"sendable", passage.has_value()}, {"bar", Json()}, {"refusal", Json()},
               {"detail", Json()}, {"objections", Json::array()},     {"text", Json()}};
  add_measure(json, text::measure(passage ? passage->body.text : text));
  if (passage) {
    json["text"] = passage->body.text;
    return json;
  }
  const hotline::NotSent& why = passage.error();
  json["detail"] = why.print();
  if (why.bar) json["bar"] = name_of(*why.bar);
  if (!why.no) return json;
  json["refusal"] = name_of(why.no->why);
  for (const outbox::Objection& objection : why.no->objections) json["objections"].push_back(show(objection));
  return json;
}

}  // namespace

Answer check_to_reporter(Context& context, const Request& request) {
  const auto text = read_body(request, [](config::Reader& r) { return read_text(r, "text"); });
  if (!text) co_return text.error();
  const std::string code(request.place("code"));
  // The words that must not be said belong to the writer's thread.
  const auto checked = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return check(tx, context, code, *text); });
  if (!checked) co_return problem(checked.error());
  co_return json_response(200, *checked);
}

Answer show_safe_contact(Context& context, const Request& request) {
  const std::string code(request.place("code"));
  const auto shown = co_await context.database.readers().run([&code](storage::Tx& tx) -> Result<Json> {
    const auto c = case_of(tx, code);
    if (!c) return std::unexpected(c.error());
    return view(tx, *c);
  });
  if (!shown) co_return problem(shown.error());
  co_return json_response(200, *shown);
}

Answer record_safe_contact(Context& context, const Request& request) {
  const auto agreement = read_body(request, read_agreement);
  if (!agreement) co_return agreement.error();
  const std::string code(request.place("code"));
  const auto recorded = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return record(tx, context, code, *agreement); });
  if (!recorded) co_return problem(recorded.error());
  co_return json_response(200, *recorded);
}

Answer write_to_reporter(Context& context, const Request& request) {
  const auto text = read_body(request, [](config::Reader& r) { return read_text(r, "text"); });
  if (!text) co_return text.error();
  const std::string code(request.place("code"));
  const auto sent = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return write(tx, context, code, *text); });
  if (!sent) co_return problem(sent.error());
  co_return json_response(201, *sent);
}

}  // namespace tongdai::api
