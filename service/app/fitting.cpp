#include "app/fitting.hpp"

#include <algorithm>

namespace tongdai::app {
namespace {

/// A message whose route leads to a gateway that sends nothing would wait for ever.
void check_routes(const Config& config, const std::vector<dispatch::Fitted>& fitted, config::Faults& faults) {
  for (std::size_t i = 0; i < config.routes.size(); ++i) {
    for (const std::string& name : config.routes[i].gateways) {
      const auto found = std::ranges::find_if(fitted, [&](const auto& f) { return f.settings.name == name; });
      if (found == fitted.end() || found->gateway->capabilities().sends) continue;
      faults.push_back({"route[" + std::to_string(i) + "].gateways", 0,
                        "\"" + name + "\" only receives; a route needs gateways that send"});
    }
  }
}

}  // namespace

std::expected<std::vector<dispatch::Fitted>, std::string> fit_gateways(const Config& config,
                                                                       const gateway::Context& context) {
  config::Faults faults;
  std::vector<dispatch::Fitted> fitted;
  for (const GatewayConfig& g : config.gateways) {
    config::Reader own(g.own, g.path, faults);
    auto made = gateway::find_adapter(g.settings.adapter)->make(g.settings, own, context);
    own.finish();
    if (made) fitted.push_back({g.settings, std::move(made)});
  }
  check_routes(config, fitted, faults);
  if (!faults.empty()) return std::unexpected(config::print(faults, config.file.string()));
  return fitted;
}

}  // namespace tongdai::app
