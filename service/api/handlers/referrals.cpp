#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "hotline/own_referrals.hpp"
#include "hotline/without_numbers.hpp"

/// What a facility is asked, for its own people: the facility is the caller's, never one of the request.
namespace tongdai::api {
namespace {

using hotline::Deed;
using hotline::OwnReferral;

Json show(const OwnReferral& r) {
  Json json = {{"code", r.code}, {"state", name_of(r.state)}, {"live", r.is_live}};
  if (!r.is_live) return json;
  json["urgency"] = name_of(r.urgency);
  json["unit"] = text_or_null(r.unit_code);
  json["unit_name"] = text_or_null(r.unit_name);
  json["services"] = r.services;
  json["due_at"] = time_json(r.due_at);
  return json;
}

/// The socket and programs are of no facility; the desk acts in a facility's name by /cases.
std::optional<Response> need_facility(const Request& request) {
  if (request.caller.facility) return std::nullopt;
  return problem(409, "no_facility", "You belong to no facility",
                 "this is for people of the role facility; the desk acts in its name by /api/v1/cases");
}

/// A request's wish, done with the reason it gives, and what is to be seen of the case then.
template <class Do>
Answer change(Context& context, const Request& request, Do act) {
  if (auto refused = need_facility(request)) co_return std::move(*refused);
  const auto reason = read_body(request, [](config::Reader& r) {
    // It stands in the timeline, where no number may be.
    return hotline::without_numbers(read_bounded(r, "reason", comment_bytes_max));
  });
  if (!reason) co_return reason.error();
  const std::string code(request.place("code"));
  const FacilityId facility = request.caller.facility;
  const auto shown = co_await context.database.writer().run([&](storage::Tx& tx) -> Result<OwnReferral> {
    if (auto done = act(tx, facility, code, *reason); !done) return std::unexpected(done.error());
    auto view = hotline::own_referral(tx, facility, code);
    if (!view) return fail(Code::internal, "the referral is gone");
    return std::move(*view);
  });
  if (!shown) co_return problem(shown.error());
  co_return json_response(200, show(*shown));
}

Answer answer(Context& context, const Request& request, Deed deed) {
  return change(
      context, request,
      [&context, deed](storage::Tx& tx, FacilityId facility, std::string_view code, std::string_view why) {
        return hotline::answer_referral(tx, context.desk, facility, code, deed, why, context.clock.now());
      });
}

}  // namespace

Answer list_referrals(Context& context, const Request& request) {
  if (auto refused = need_facility(request)) co_return std::move(*refused);
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto all = co_await context.database.readers().run(
      [&request](storage::Tx& tx) { return hotline::own_referrals(tx, request.caller.facility); });
  co_return json_response(200, page_of(all, *page, show));
}

Answer show_referral(Context& context, const Request& request) {
  if (auto refused = need_facility(request)) co_return std::move(*refused);
  const auto found = co_await context.database.readers().run([&request](storage::Tx& tx) {
    return hotline::own_referral(tx, request.caller.facility, request.place("code"));
  });
  if (!found) co_return problem(Error{Code::not_found, "there is no referral of this code"});
  co_return json_response(200, show(*found));
}

Answer accept_referral(Context& context, const Request& request) {
  return answer(context, request, Deed::accept);
}

Answer decline_referral(Context& context, const Request& request) {
  return answer(context, request, Deed::decline);
}

Answer hand_referral_back(Context& context, const Request& request) {
  return answer(context, request, Deed::hand_back);
}

Answer report_referral_progress(Context& context, const Request& request) {
  return answer(context, request, Deed::progress);
}

Answer close_referral(Context& context, const Request& request) {
  return change(
      context, request,
      [&context](storage::Tx& tx, FacilityId facility, std::string_view code, std::string_view why) {
        return hotline::finish_referral(tx, context.desk, facility, code, why, context.clock.now());
      });
}

}  // namespace tongdai::api
