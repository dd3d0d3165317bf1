#include "app/fitting.hpp"

namespace tongdai::app {

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
  if (!faults.empty()) return std::unexpected(config::print(faults, config.file.string()));
  return fitted;
}

}  // namespace tongdai::app
