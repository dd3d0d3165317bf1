#pragma once

#include <functional>
#include <string>

#include "core/log.hpp"
#include "runtime/asio.hpp"
#include "runtime/sleeper.hpp"

namespace tongdai::runtime {

/// One turn of a loop.
using RunOnce = std::function<asio::awaitable<void>()>;

/// Runs `once` now and then every `interval` until cancelled. A turn that throws is logged as an error and
/// the next turn still comes: a loop that guards promises does not die of one bad turn. Loop thread.
[[nodiscard]] asio::awaitable<void> every(Duration interval, RunOnce once, const Clock& clock,
                                          Sleeper& sleeper, Log& log, std::string name);

}  // namespace tongdai::runtime
