#include "app/fitting.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>

namespace tongdai::app {
namespace {

/// A message whose route leads to a gateway that sends nothing would wait for ever.
void check_routes(const Config& config, const std::vector<dispatch::Fitted>& fitted, config::Faults& faults) {
  for (std::size_t i = 0; i < config.routes.size(); ++i) {
    for (const std::string& name : config.routes[i].gateways) {
      const auto found = std::ranges::find_if(fitted, [&](const auto& f) { return f.settings.name == name; });
      if (found == fitted.end() || found->gateway->capabilities().sends) continue;
      faults.push_back({"route[" + std::to_string(i) + "].gateways", config.route_lines[i],
                        "\"" + name + "\" only receives; a route needs gateways that send"});
    }
  }
}

std::vector<dispatch::Fitted> fit(const Config& config, const gateway::Context& context,
                                  config::Faults& faults) {
  std::vector<dispatch::Fitted> fitted;
  for (const GatewayConfig& g : config.gateways) {
    const gateway::Adapter* const adapter = gateway::find_adapter(g.settings.adapter);
    if (adapter == nullptr) continue;
    config::Reader own(g.own, g.path, faults);
    auto made = adapter->make(g.settings, own, context);
    own.finish();
    if (made) fitted.push_back({g.settings, std::move(made)});
  }
  check_routes(config, fitted, faults);
  return fitted;
}

/// Keeps the warnings of adapters as sentences.
class Warnings final : public Log {
 public:
  explicit Warnings(std::vector<std::string>& kept) : kept_(kept) {}
  void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override {
    if (level < Level::warning) return;
    std::string& sentence = kept_.emplace_back(event);
    for (const Field& f : fields) sentence.append(" ").append(f.key).append("=").append(f.value);
  }

 private:
  std::vector<std::string>& kept_;
};

}  // namespace

std::expected<std::vector<dispatch::Fitted>, std::string> fit_gateways(const Config& config,
                                                                       const gateway::Context& context) {
  config::Faults faults;
  auto fitted = fit(config, context, faults);
  if (!faults.empty()) return std::unexpected(config::print(faults, config.file.string()));
  return fitted;
}

void check_gateways(Config& config, config::Faults& faults) {
  asio::io_context loop;
  const runtime::SystemClock clock;
  runtime::SystemSleeper sleeper;
  Warnings log(config.gateway_warnings);
  (void)fit(config, {loop.get_executor(), clock, sleeper, log}, faults);
}

}  // namespace tongdai::app
