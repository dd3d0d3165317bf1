#include <fmt/format.h>

#include <algorithm>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "campaigns/test_send.hpp"

namespace tongdai::api {
namespace {

using campaigns::TestOrder;
using campaigns::TestText;

TestOrder read_order(config::Reader& r, const text::NumberingPlan& plan) {
  TestOrder order;
  const auto written = r.texts("to");
  if (written.empty() || written.size() > campaigns::test_numbers_max) {
    r.fault("to", fmt::format("must be a list of 1 to {} numbers, got {}", campaigns::test_numbers_max,
                              written.size()));
  }
  for (std::size_t i = 0; i < std::min(written.size(), campaigns::test_numbers_max); ++i) {
    const std::string place = fmt::format("to[{}]", i);
    const auto number = plan.parse(written[i]);
    if (!number) {
      r.fault(place, number.error().what);
    } else if (std::ranges::find(order.to, number->phone) != order.to.end()) {
      r.fault(place, "must not be named twice");
    } else {
      order.to.push_back(number->phone);
    }
  }
  order.language = r.maybe_text("language");
  return order;
}

Json show(const TestText& t, const TestOrder& order) {
  const bool sent = !t.refused;
  return {{"place", fmt::format("to[{}]", t.number)},
          {"to", order.to[t.number].masked()},
          {"language", t.language},
          {"message", id_or_null(t.message)},
          {"gateway", sent ? Json(t.gateway) : Json()},
          {"parts", sent ? Json(t.parts) : Json()},
          {"refusal", sent ? Json() : Json(name_of(t.refused->why))},
          {"detail", sent ? Json() : Json(t.refused->detail)}};
}

}  // namespace

Answer test_campaign(Context& context, const Request& request) {
  const auto id = place_id<CampaignId>(request);
  if (!id) co_return problem(id.error());
  const auto order = read_body(request, [&](config::Reader& r) { return read_order(r, context.plan); });
  if (!order) co_return order.error();
  const auto texts = co_await context.database.writer().run([&](storage::Tx& tx) {
    return campaigns::send_test(tx, context.door, context.almanac, *id, *order, actor_of(request),
                                context.clock.now());
  });
  if (!texts && texts.error().code == Code::invalid) co_return bad_request("language", texts.error().what);
  if (!texts) co_return problem(texts.error());
  Json items = Json::array();
  for (const TestText& t : *texts) items.push_back(show(t, *order));
  const auto refused = std::ranges::count_if(*texts, [](const TestText& t) { return t.refused.has_value(); });
  co_return json_response(200, {{"id", to_string(*id)},
                                {"sent", static_cast<std::int64_t>(texts->size()) - refused},
                                {"refused", refused},
                                {"items", std::move(items)}});
}

}  // namespace tongdai::api
