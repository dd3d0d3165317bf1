#include "api/noting.hpp"

#include <algorithm>
#include <array>

#include "api/views.hpp"
#include "ops/journal.hpp"

namespace tongdai::api {
namespace {

constexpr std::string_view base = "/api/v1/";
constexpr std::string_view one_case =
    "cases/{code}";  // its timeline has reasons, its suggestions the words' sense
constexpr std::string_view shown = "case.show";
constexpr std::array<std::string_view, 5> not_noted{"messages", "sandbox/texts", "cases/{code}/read",
                                                    "cases/{code}/erase", "cases/erase-old"};
// What may stand in a path and in the journal: a phone's number may not.
constexpr std::array<std::string_view, 4> objects{"id", "code", "name", "number"};

std::string_view action_of(const Route& route) {
  return route.pattern.starts_with(base) ? route.pattern.substr(base.size()) : route.pattern;
}

bool is_noted(const Request& request, const Response& response, std::string_view action) {
  if (response.status >= 300) return false;
  if (request.method == Method::get) return action == one_case;
  return std::ranges::find(not_noted, action) == not_noted.end();
}

std::string object_of(const Request& request) {
  for (const std::string_view name : objects) {
    if (const std::string_view place = request.place(name); !place.empty()) return std::string(place);
  }
  return {};
}

}  // namespace

asio::awaitable<Response> call_noted(Context& context, const Route& route, const Request& request) {
  Response response = co_await route.handler(context, request);
  const std::string_view action = action_of(route);
  if (!is_noted(request, response, action)) co_return response;
  bool noted = true;
  try {
    co_await context.database.writer().run([&](storage::Tx& tx) {
      ops::note(tx, context.database.vault(), context.clock.now(), actor_of(request).name,
                request.method == Method::get ? shown : action, object_of(request));
    });
  } catch (const storage::StorageDown&) {
    noted = false;  // what was asked for is done, and its answer true; and a case is shown on a full disk too
  }
  if (!noted) context.log.alarm("what somebody did could not be noted in the journal", {{"action", action}});
  co_return response;
}

}  // namespace tongdai::api
