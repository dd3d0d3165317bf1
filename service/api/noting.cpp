#include "api/noting.hpp"

#include <algorithm>
#include <array>

#include "api/views.hpp"
#include "ops/journal.hpp"

namespace tongdai::api {
namespace {

constexpr std::string_view base = "/api/v1/";
/// What is noted though it changes nothing, and as what.
struct Look {
  std::string_view action, noted_as;
};
constexpr std::array<Look, 4> looks{{
    {"cases/{code}", "case.show"},  // its timeline has reasons, its suggestions the words' sense
    {"cases/{code}/safe-contact", "case.safe_contact"},
    {"referrals", "referral.list"},  // shows urgency and place as well
    {"referrals/{code}", "referral.show"},
}};
constexpr std::array<std::string_view, 10> not_noted{"messages",
                                                     "cases/{code}/read",
                                                     "cases/{code}/erase",
                                                     "cases/erase-old",
                                                     "session",
                                                     "users",
                                                     "tokens",
                                                     "texts/measure",
                                                     "audiences/measure",
                                                     "cases/{code}/messages/check"};
// What may stand in a path and in the journal: a phone's number may not.
constexpr std::array<std::string_view, 4> objects{"id", "code", "name", "number"};

/// What it is called in the journal; "" if it does not stand there.
std::string_view action_of(const Route& route) {
  const std::string_view action =
      route.pattern.starts_with(base) ? route.pattern.substr(base.size()) : route.pattern;
  if (route.method == Method::get) {
    const auto* const look = std::ranges::find(looks, action, &Look::action);
    return look == looks.end() ? std::string_view() : look->noted_as;
  }
  const bool has_own = std::ranges::find(not_noted, action) != not_noted.end();
  return has_own ? std::string_view() : action;
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
  if (action.empty() || response.status >= 300) co_return response;
  bool noted = true;
  try {
    co_await context.database.writer().run([&](storage::Tx& tx) {
      ops::note(tx, context.database.vault(), context.clock.now(), actor_of(request).name, action,
                object_of(request));
    });
  } catch (const storage::StorageDown&) {
    noted = false;  // what was asked for is done, and its answer true; and a case is shown on a full disk too
  }
  if (!noted) context.log.alarm("what somebody did could not be noted in the journal", {{"action", action}});
  co_return response;
}

}  // namespace tongdai::api
