#include "api/handlers/handlers.hpp"
#include "api/views.hpp"

namespace tongdai::api {
namespace {

Answer pause(Context& context, const Request& request, bool paused) {
  const auto line = co_await context.dispatcher.pause(std::string(request.place("name")), paused);
  if (!line) co_return problem(line.error());
  co_return json_response(200, gateway_json(*line, request.caller));
}

Json show(const dispatch::PulseMinute& m, TimePoint at) {
  return {
      {"at", time_json(at)},
      {"parts", m.parts},
      {"accepted", m.accepted},
      {"refused", m.refused},
      {"throttled", m.throttled},
      {"failed", m.failed},
      {"delivered", m.delivered},
      {"undelivered", m.undelivered},
      {"receipt_delay_ms", m.receipts_timed > 0 ? Json(m.receipt_delay.count() / m.receipts_timed) : Json()}};
}

}  // namespace

Answer show_throughput(Context& context, const Request& request) {
  const auto name = request.place("name");
  const auto hour = context.dispatcher.last_hour(name);
  if (!hour) co_return problem(hour.error());
  const TimePoint now = context.clock.now();
  Json items = Json::array();
  for (std::size_t i = 0; i < hour->size(); ++i) {
    const auto minutes_ago = std::chrono::minutes{hour->size() - 1 - i};
    items.push_back(show((*hour)[i], std::chrono::floor<std::chrono::minutes>(now) - minutes_ago));
  }
  int rate = 0;
  for (const auto& line : context.dispatcher.view()) {
    if (line.name == name) rate = line.rate_parts_per_s;
  }
  co_return json_response(200, {{"name", name}, {"rate", rate}, {"minutes", std::move(items)}});
}

Answer list_gateways(Context& context, const Request& request) {
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto lines = context.dispatcher.view();
  co_return json_response(200, page_of(lines, *page, [&request](const dispatch::LineView& line) {
                            return gateway_json(line, request.caller);
                          }));
}

Answer pause_gateway(Context& context, const Request& request) {
  return pause(context, request, true);
}

Answer resume_gateway(Context& context, const Request& request) {
  return pause(context, request, false);
}

}  // namespace tongdai::api
