#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/erasure.hpp"
#include "hotline/reading.hpp"
#include "hotline/without_numbers.hpp"
#include "ops/journal.hpp"
#include "storage/doomed_keys.hpp"

/// What a case holds of a person: read it, and take it back. Each is noted in the journal in the same
/// transaction.
namespace tongdai::api {
namespace {

constexpr std::size_t reason_bytes_max = 200;
constexpr std::int64_t days_max = 36'500;
constexpr std::size_t erased_a_step = 100;  // of cases, and of texts: a report waits for one step at most

constexpr std::string_view no_case = "there is no case of this code";

/// Why somebody asks: it stands in the journal, where no number may be.
std::string read_reason(config::Reader& r) {
  return hotline::without_numbers(read_bounded(r, "reason", reason_bytes_max));
}

Json show(const hotline::CaseRead& read) {
  Json texts = Json::array(), sent = Json::array();
  for (const auto& t : read.texts)
    texts.push_back(
        {{"id", to_string(t.id)}, {"at", time_json(t.at)}, {"text", t.text}, {"incomplete", t.incomplete}});
  for (const auto& s : read.sent)
    sent.push_back({{"id", to_string(s.id)},
                    {"at", time_json(s.at)},
                    {"purpose", name_of(s.purpose)},
                    {"facility", text_or_null(s.facility)},
                    {"state", name_of(s.state)},
                    {"text", s.text}});
  return {{"code", read.c.code},
          {"erased", read.erased},
          {"reporter", text_or_null(read.c.reporter.reveal())},
          {"note", text_or_null(read.c.note)},
          {"texts", std::move(texts)},
          {"sent", std::move(sent)}};
}

Json show(const hotline::Erased& erased) {
  return {{"cases", erased.cases}, {"texts", erased.texts}, {"messages", erased.messages}};
}

}  // namespace

Answer read_case(Context& context, const Request& request) {
  const auto reason = read_body(request, &read_reason);
  if (!reason) co_return reason.error();
  const std::string code(request.place("code"));
  const auto read = co_await context.database.writer().run([&](storage::Tx& tx) {
    auto found = hotline::read_case(tx, code);
    if (found)
      ops::note(tx, context.database.vault(), context.clock.now(), actor_of(request).name, "case.read", code,
                *reason);
    return found;
  });
  if (!read) co_return problem(Error{Code::not_found, std::string(no_case)});
  co_return json_response(200, show(*read));
}

Answer erase_case(Context& context, const Request& request) {
  const auto reason = read_body(request, &read_reason);
  if (!reason) co_return reason.error();
  const std::string code(request.place("code"));
  const auto erased = co_await context.database.writer().run([&](storage::Tx& tx) -> Result<hotline::Erased> {
    const auto found = hotline::find_case(tx, code);
    if (!found) return fail(Code::not_found, std::string(no_case));
    const TimePoint now = context.clock.now();
    ops::note(tx, context.database.vault(), now, actor_of(request).name, "case.erase", code, *reason);
    return hotline::erase_case(tx, context.desk, *found, now);
  });
  if (!erased) co_return problem(erased.error());
  co_await storage::destroy_doomed(context.database);
  co_return json_response(200, show(*erased));
}

Answer erase_old_cases(Context& context, const Request& request) {
  const auto days =
      read_body(request, [](config::Reader& r) { return r.integer("older_than_days", 1, days_max); });
  if (!days) co_return days.error();
  hotline::Erased all;
  for (bool more = true; more;) {
    const auto step = co_await context.database.writer().run([&](storage::Tx& tx) {
      const TimePoint now = context.clock.now();
      const auto erased =
          hotline::erase_old(tx, context.desk, now - std::chrono::days{*days}, erased_a_step, now);
      if (hotline::any(erased))
        ops::note(tx, context.database.vault(), now, actor_of(request).name, "cases.erase_old", "",
                  hotline::print(erased));
      return erased;
    });
    all.cases += step.cases;
    all.texts += step.texts;
    all.messages += step.messages;
    more = hotline::any(step);
    co_await storage::destroy_doomed(context.database);
  }
  co_return json_response(200, show(all));
}

}  // namespace tongdai::api
