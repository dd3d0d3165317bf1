#pragma once

#include <string>
#include <string_view>

#include "app/config.hpp"

namespace tongdai::app {

[[nodiscard]] std::string_view version() noexcept;

/// Runs in the foreground until SIGTERM or SIGINT, then drains. The process's exit code: 0 after a clean
/// stop, 1 if it could not start.
[[nodiscard]] int run_daemon(Config config);

}  // namespace tongdai::app
