#pragma once

#include "api/context.hpp"
#include "api/routes.hpp"

namespace tongdai::api {

/// Calls the handler; what it changed by an administrator's wish is noted in the journal before the answer
/// leaves: the route's pattern, and the id, code or name in its path; so is each look at a case. Not noted
/// are single texts and played ones, which have accounts of their own, what notes itself, and what was
/// refused. Loop thread.
[[nodiscard]] asio::awaitable<Response> call_noted(Context& context, const Route& route,
                                                   const Request& request);

}  // namespace tongdai::api
