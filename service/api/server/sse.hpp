#pragma once

#include <memory>
#include <string_view>

#include "api/server/hall.hpp"
#include "api/server/wire.hpp"
#include "runtime/signal.hpp"

namespace tongdai::api {

/// Writes events as they come, as text/event-stream, from behind its Last-Event-ID if the client was here
/// before, until it leaves, the hall closes or the task is cancelled. `news`: the hub's signal to this
/// listener. Only what the caller may hear, and as long as their session or token lives, which the stream
/// itself does not prolong. Loop thread.
[[nodiscard]] asio::awaitable<void> stream_events(Hall& hall, Wire& wire,
                                                  std::shared_ptr<runtime::Signal> news,
                                                  const Request& request);

}  // namespace tongdai::api
