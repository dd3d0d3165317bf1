#pragma once

#include <expected>
#include <optional>
#include <string>

#include "api/server/hall.hpp"
#include "api/server/uploads.hpp"
#include "api/server/wire.hpp"

/// From a request's head to its answer.
namespace tongdai::api {

/// Finds the call, once the door's checks are passed. Refusals: 400, 401, 403, 404, 405. Fills in what the
/// head tells; the headers are moved out of it, and the match's places as well.
[[nodiscard]] asio::awaitable<std::expected<Match, Response>> admit(const Hall& hall, Head& head, Door door,
                                                                    Request& request);

/// A body that was taken in.
struct Intake {
  std::optional<Upload> upload;  ///< keeps the file until the handler is done
  std::string digest;            ///< of what was uploaded
};

/// Reads the body as `match` wants it, into the request or a file. Answers: 400, 408, 413, 415, 417, 503.
[[nodiscard]] asio::awaitable<std::expected<Intake, End>> take_in(Hall& hall, Wire& wire, const Head& head,
                                                                  const Match& match, Request& request);

/// Runs the handler; under an Idempotency-Key at most once, but for calls that are open to anybody. What it
/// throws is logged and answered with 503 or 500.
[[nodiscard]] asio::awaitable<Response> call(Hall& hall, const Match& match, const Request& request,
                                             const Head& head, const Intake& intake);

}  // namespace tongdai::api
