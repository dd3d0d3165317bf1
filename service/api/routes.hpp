#pragma once

#include <span>
#include <string_view>

#include "api/access.hpp"
#include "api/context.hpp"
#include "api/http.hpp"
#include "runtime/asio.hpp"

namespace tongdai::api {

using Handler = asio::awaitable<Response> (*)(Context&, const Request&);

/// What a route does with a body.
enum class Body : std::uint8_t {
  none,    ///< refused
  json,    ///< at most `body_max` bytes, in memory
  upload,  ///< streamed to a file of the data folder, at most `upload_max` bytes
};

/// What an Idempotency-Key gives to who asks again.
enum class Again : std::uint8_t {
  answer,  ///< the first one's
  secret,  ///< 409, once it was done: the answer opens something, and is kept nowhere
};

/// One row of the table: a new API call is a row and a handler.
struct Route {
  Method method;
  std::string_view pattern;  ///< "/api/v1/messages/{id}"
  Handler handler;
  Access access;
  Body body = Body::none;
  Again again = Again::answer;
};

/// All calls. docs/openapi.yaml describes the same set.
[[nodiscard]] std::span<const Route> routes();

}  // namespace tongdai::api
