#pragma once

#include <memory>

#include "api/server/hall.hpp"

namespace tongdai::api {

/// Serves one connection, request after request, until the client leaves, a limit is reached, the hall closes
/// or the task is cancelled; then closes the socket. Loop thread.
[[nodiscard]] asio::awaitable<void> serve(std::shared_ptr<Hall> hall, Socket socket, Door door);

}  // namespace tongdai::api
