#include "api/handlers/handlers.hpp"
#include "api/views.hpp"

namespace tongdai::api {
namespace {

Answer pause(Context& context, const Request& request, bool paused) {
  const auto line = co_await context.dispatcher.pause(std::string(request.place("name")), paused);
  if (!line) co_return problem(line.error());
  co_return json_response(200, gateway_json(*line, request.caller));
}

}  // namespace

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
