#pragma once

#include "api/context.hpp"
#include "api/routes.hpp"

namespace tongdai::api {

/// Calls the handler; what it changed by an administrator's wish is noted in the journal before the answer
/// leaves: the route's pattern, and the id, code or name in its path; so is each look at a case. A played
/// text is noted without its numbers. Not noted are single texts, which have accounts of their own, what
/// notes itself, and what was refused. Loop thread.
[[nodiscard]] asio::awaitable<Response> call_noted(Context& context, const Route& route,
                                                   const Request& request);

}  // namespace tongdai::api
