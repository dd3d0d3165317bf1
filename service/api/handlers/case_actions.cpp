#include "api/handlers/case_document.hpp"
#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/on_behalf.hpp"
#include "hotline/tracks.hpp"
#include "hotline/without_numbers.hpp"

namespace tongdai::api {
namespace {

using hotline::Deed;

constexpr std::size_t name_bytes_max = 200;  // as in the directory

hotline::Behalf read_behalf(config::Reader& r, Deed deed) {
  hotline::Behalf behalf;
  behalf.facility = read_bounded(r, "facility", name_bytes_max);
  if (deed == Deed::transfer) behalf.to = read_bounded(r, "to", name_bytes_max);
  // It stands in the timeline, where no number may be.
  behalf.reason = hotline::without_numbers(read_bounded(r, "reason", comment_bytes_max));
  return behalf;
}

Answer act(Context& context, const Request& request, Deed deed) {
  const auto behalf = read_body(request, [deed](config::Reader& r) { return read_behalf(r, deed); });
  if (!behalf) co_return behalf.error();
  const std::string code(request.place("code"));
  const auto shown =
      co_await context.database.writer().run([&](storage::Tx& tx) -> Result<hotline::CaseView> {
        const auto done = hotline::act_on_behalf(tx, context.desk, code, deed, *behalf, context.clock.now());
        if (!done) return std::unexpected(done.error());
        return *hotline::show_case(tx, code);
      });
  if (!shown) co_return problem(shown.error());
  co_return json_response(200, case_json(*shown));
}

struct ClockOrder {
  hotline::ClockKind kind = hotline::ClockKind::forward;
  bool is_met = false;
  std::optional<TimePoint> from;
};

ClockOrder read_clock(config::Reader& r) {
  const auto kind = read_enum<hotline::ClockKind>(r, "clock");
  if (!kind && !r.has("clock")) r.fault("clock", "is required");
  return {kind.value_or(hotline::ClockKind::forward), r.one_of("event", {"start", "met"}) == "met",
          read_day(r, "from")};
}

Result<hotline::CaseView> turn(storage::Tx& tx, Context& context, const std::string& code,
                               const ClockOrder& order) {
  const TimePoint now = context.clock.now();
  const auto c = hotline::find_case(tx, code);
  if (!c) return fail(Code::not_found, "there is no case of this code");
  if (c->state == hotline::CaseState::closed) return fail(Code::not_allowed, "the case is closed");
  if (order.is_met) {
    if (const auto met = hotline::meet_clock(tx, context.desk, c->id, order.kind, now); !met)
      return std::unexpected(met.error());
  } else if (!hotline::start_clock(tx, context.desk, c->id, order.kind,
                                   std::min(order.from.value_or(now), now), now)) {
    return fail(Code::conflict, "this clock was started before");
  }
  return *hotline::show_case(tx, code);
}

struct ConsentOrder {
  std::string service;
  bool is_given = false;
};

Result<hotline::CaseView> consent(storage::Tx& tx, Context& context, const std::string& code,
                                  const ConsentOrder& order) {
  const auto c = hotline::find_case(tx, code);
  if (!c) return fail(Code::not_found, "there is no case of this code");
  if (const auto done =
          hotline::record_consent(tx, context.desk, *c, order.service, order.is_given, context.clock.now());
      !done) {
    return std::unexpected(done.error());
  }
  return *hotline::show_case(tx, code);
}

}  // namespace

Answer record_case_consent(Context& context, const Request& request) {
  const auto order = read_body(request, [](config::Reader& r) {
    return ConsentOrder{r.text("service"), r.one_of("consent", {"given", "refused"}) == "given"};
  });
  if (!order) co_return order.error();
  const std::string code(request.place("code"));
  const auto shown = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return consent(tx, context, code, *order); });
  if (!shown) co_return problem(shown.error());
  co_return json_response(200, case_json(*shown));
}

Answer turn_clock(Context& context, const Request& request) {
  const auto order = read_body(request, &read_clock);
  if (!order) co_return order.error();
  const std::string code(request.place("code"));
  const auto shown = co_await context.database.writer().run(
      [&](storage::Tx& tx) { return turn(tx, context, code, *order); });
  if (!shown) co_return problem(shown.error());
  co_return json_response(200, case_json(*shown));
}

Answer accept_case(Context& context, const Request& request) {
  return act(context, request, Deed::accept);
}

Answer decline_case(Context& context, const Request& request) {
  return act(context, request, Deed::decline);
}

Answer transfer_case(Context& context, const Request& request) {
  return act(context, request, Deed::transfer);
}

Answer hand_case_back(Context& context, const Request& request) {
  return act(context, request, Deed::hand_back);
}

Answer report_progress(Context& context, const Request& request) {
  return act(context, request, Deed::progress);
}

Answer reopen_case(Context& context, const Request& request) {
  return act(context, request, Deed::reopen);
}

}  // namespace tongdai::api
