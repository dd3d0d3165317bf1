#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "dispatch/dispatcher.hpp"

namespace tongdai::app {

/// Makes the gateways of the configuration, without connecting. The error is every fault of their own tables,
/// a line each, ready to print. Loop thread.
[[nodiscard]] std::expected<std::vector<dispatch::Fitted>, std::string> fit_gateways(
    const Config& config, const gateway::Context& context);

/// Makes each gateway once and lets it go, so that its faults stand beside those of the rest; those whose
/// adapter is not known are left out. What the adapters warn of goes to `config.gateway_warnings`.
void check_gateways(Config& config, config::Faults& faults);

}  // namespace tongdai::app
