#include <algorithm>
#include <set>

#include "api/handlers/case_document.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "directory/facilities.hpp"
#include "directory/units.hpp"
#include "hotline/calls.hpp"
#include "hotline/escalation.hpp"
#include "hotline/ownership.hpp"
#include "hotline/queries.hpp"
#include "hotline/recognition/suggestions.hpp"
#include "hotline/service_lists.hpp"
#include "hotline/without_numbers.hpp"

namespace tongdai::api {
namespace {

using hotline::CaseView;

constexpr std::size_t conflicts_max = 50;
constexpr std::size_t language_bytes_max = 16;

/// What an operator writes down of a call.
struct Call {
  hotline::Opening opening;
  std::string unit;  ///< code, "" if unknown
  std::optional<hotline::Urgency> urgency;
  std::vector<std::string> conflicts;  ///< facilities' names
};

struct Asked {
  std::optional<hotline::CaseState> state;
  Page page;
};

using Place = hotline::CasePlace;

Place place_of(const CaseView& v) {
  return {static_cast<int>(v.c.urgency), v.c.id.value};
}

std::string print(Place place) {
  return std::to_string(place.urgency) + "-" + std::to_string(place.id);
}

/// "1-314159" as `print` writes it; nullopt for anything else.
std::optional<Place> parse_place(std::string_view cursor) {
  if (cursor.empty()) return Place{};
  const bool shaped = cursor.size() > 2 && cursor[0] >= '0' && cursor[0] <= '2' && cursor[1] == '-';
  const auto id = parse_id(shaped ? cursor.substr(2) : std::string_view());
  if (!id) return std::nullopt;
  return Place{cursor[0] - '0', *id};
}

/// One name or a list of them.
std::vector<std::string> read_services(config::Reader& r) {
  const config::Node* node = r.raw("service");
  std::vector<std::string> services;
  if (node != nullptr && node->is_array()) {
    services = r.texts("service");
  } else if (std::string one = r.text("service", ""); !one.empty()) {
    services.push_back(std::move(one));
  }
  return hotline::merge_services(std::move(services), {});
}

Call read_call(config::Reader& r, const Context& context) {
  Call call;
  call.unit = r.text("unit", "");
  call.opening.services = read_services(r);
  call.urgency = read_enum<hotline::Urgency>(r, "urgency");
  call.opening.note = read_bounded(r, "note", note_bytes_max);
  call.opening.reporter = read_phone(r, "phone", context.plan, false);
  call.opening.language = read_bounded(r, "language", language_bytes_max);
  call.conflicts = r.texts("conflicts");
  if (call.conflicts.size() > conflicts_max) r.fault("conflicts", "must be at most 50 names");
  return call;
}

/// Faults are what is no service of the hotline's words, which belong to the writer's thread.
void check_services(const Call& call, const hotline::Words& words, config::Faults& faults) {
  std::string known;
  for (const std::string& name : words.services()) known.append(known.empty() ? "" : ", ").append(name);
  for (const std::string& s : call.opening.services) {
    if (!words.service_names.contains(s)) faults.push_back({"service", 0, "must be one or more of " + known});
  }
}

/// Puts ids for names. Faults are what is not in the directory.
void resolve(storage::Tx& tx, Call& call, TimePoint now, config::Faults& faults) {
  if (!call.unit.empty()) {
    const auto unit = directory::unit_by_code(tx, call.unit, now);
    if (!unit) faults.push_back({"unit", 0, "there is no unit of this code"});
    call.opening.unit = unit.value_or(UnitId{});
    call.opening.place = hotline::Place::known;
  }
  if (call.conflicts.empty()) return;
  const auto facilities = directory::list_facilities(tx);
  for (std::size_t i = 0; i < call.conflicts.size(); ++i) {
    const auto found = std::ranges::find(facilities, call.conflicts[i], &directory::FacilityView::name);
    if (found != facilities.end()) {
      call.opening.conflicts.push_back(found->id);
    } else {
      faults.push_back({"conflicts[" + std::to_string(i) + "]", 0, "there is no facility of this name"});
    }
  }
}

/// What the operator left open is taken from the note, as from a reporter's text.
std::vector<hotline::recognition::Finding> fill_in(storage::Tx& tx, Context& context, Call& call,
                                                   TimePoint now) {
  auto u = hotline::recognition::understand(tx, context.desk, call.opening.note, now);
  call.opening.urgency = call.urgency.value_or(u.recognition.urgency);
  if (call.opening.services.empty()) call.opening.services = u.recognition.services;
  if (call.unit.empty()) {
    call.opening.place = u.place;
    call.opening.unit = u.unit;
  }
  return std::move(u.recognition.findings);
}

/// nullopt if there are faults. Error: conflict.
Result<std::optional<CaseView>> open(storage::Tx& tx, Context& context, Call& call, config::Faults& faults) {
  const TimePoint now = context.clock.now();
  check_services(call, context.desk.words, faults);
  resolve(tx, call, now, faults);
  if (!faults.empty()) return std::nullopt;
  const Phone& phone = call.opening.reporter;
  if (!phone.empty() && hotline::open_case_of(tx, phone)) {
    return fail(Code::conflict, "phone: this number has an open case already");
  }
  const auto findings = fill_in(tx, context, call, now);
  const CaseId id = hotline::open_case(tx, context.desk, call.opening, now);
  hotline::recognition::keep_suggestions(tx, context.ids, id, {}, findings);
  const auto opened = hotline::find_case(tx, id);
  return opened ? hotline::show_case(tx, opened->code) : std::nullopt;
}

/// What a switchboard tells of a call, or a person of one who asks to be called.
struct Missed {
  Phone phone;
  hotline::CallKind kind = hotline::CallKind::missed_call;
};

Missed read_missed(config::Reader& r, const Context& context) {
  return {read_phone(r, "phone", context.plan, true),
          from_name<hotline::CallKind>(r.one_of("kind", {"missed_call", "please_call"}, "missed_call"))
              .value_or(hotline::CallKind::missed_call)};
}

struct Taken {
  CaseView view;
  bool opened = false;
};
Result<Taken> take(storage::Tx& tx, Context& context, const Missed& missed) {
  const auto taken = hotline::take_call(tx, context.desk, missed.phone, missed.kind, context.clock.now());
  if (!taken) return std::unexpected(taken.error());
  return Taken{*hotline::show_case(tx, hotline::find_case(tx, taken->id)->code), taken->opened};
}

Result<CaseView> call_back_made(storage::Tx& tx, Context& context, std::string_view code) {
  const auto found = hotline::find_case(tx, code);
  if (!found) return fail(Code::not_found, "there is no case of this code");
  const auto made = hotline::call_back_made(tx, context.desk, found->id, context.clock.now());
  if (!made) return std::unexpected(made.error());
  return *hotline::show_case(tx, code);
}

Result<CaseView> close(storage::Tx& tx, Context& context, std::string_view code, std::string_view outcome) {
  const auto found = hotline::find_case(tx, code);
  if (!found) return fail(Code::not_found, "there is no case of this code");
  const auto closed = hotline::close_case(tx, context.desk, *found, {}, outcome, context.clock.now());
  if (!closed) return std::unexpected(closed.error());
  return *hotline::show_case(tx, code);
}

}  // namespace

Answer open_case(Context& context, const Request& request) {
  auto call = read_body(request, [&](config::Reader& r) { return read_call(r, context); });
  if (!call) co_return call.error();
  config::Faults faults;
  const auto opened = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return open(tx, context, *call, faults); });
  if (!faults.empty()) co_return bad_request(faults);
  if (!opened) co_return problem(opened.error());
  Response response = json_response(201, case_json(**opened));
  response.headers.emplace_back("Location", "/api/v1/cases/" + (*opened)->c.code);
  co_return response;
}

Answer take_call(Context& context, const Request& request) {
  const auto missed = read_body(request, [&](config::Reader& r) { return read_missed(r, context); });
  if (!missed) co_return missed.error();
  const auto taken =
      co_await context.database.writer().run([&](storage::Tx& tx) { return take(tx, context, *missed); });
  if (!taken) co_return problem(taken.error());
  Response response = json_response(taken->opened ? 201 : 200, case_json(taken->view));
  if (taken->opened) response.headers.emplace_back("Location", "/api/v1/cases/" + taken->view.c.code);
  co_return response;
}

Answer call_back(Context& context, const Request& request) {
  const std::string code(request.place("code"));
  const auto made = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return call_back_made(tx, context, code); });
  if (!made) co_return problem(made.error());
  co_return json_response(200, case_json(*made));
}

Answer list_cases(Context& context, const Request& request) {
  const auto asked = read_query(request, [](config::Reader& r) {
    const auto state = read_enum<hotline::CaseState>(r, "state");
    Asked a{state, read_page(r, true)};
    if (!parse_place(a.page.cursor)) r.fault("cursor", "must be the \"next\" of the page before");
    return a;
  });
  if (!asked) co_return asked.error();
  const auto found = co_await context.database.readers().run([&asked](storage::Tx& tx) {
    return hotline::list_cases(tx, asked->state, *parse_place(asked->page.cursor), asked->page.limit + 1);
  });
  const auto limit = static_cast<std::size_t>(asked->page.limit);
  Json items = Json::array();
  for (std::size_t i = 0; i < found.size() && i < limit; ++i) items.push_back(case_summary(found[i]));
  const std::string next = found.size() > limit ? print(place_of(found[limit - 1])) : "";
  co_return json_response(200, list_of(std::move(items), next));
}

Answer show_case(Context& context, const Request& request) {
  const std::string code(request.place("code"));
  const auto found = co_await context.database.readers().run(
      [&code](storage::Tx& tx) { return hotline::show_case(tx, code); });
  if (!found) co_return problem(Error{Code::not_found, "there is no case of this code"});
  co_return json_response(200, case_json(*found));
}

Answer close_case(Context& context, const Request& request) {
  const auto outcome = read_body(request, [](config::Reader& r) {
    // It stands in the timeline, where no number may be.
    return hotline::without_numbers(read_bounded(r, "outcome", comment_bytes_max));
  });
  if (!outcome) co_return outcome.error();
  const std::string code(request.place("code"));
  const auto closed = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return close(tx, context, code, *outcome); });
  if (!closed) co_return problem(closed.error());
  co_return json_response(200, case_json(*closed));
}

}  // namespace tongdai::api
