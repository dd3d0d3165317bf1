#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/config.hpp"

namespace tongdai::app {
namespace {

constexpr std::int64_t rate_max = 100'000;  // parts a second: far above what a carrier gives

std::string adapter_names() {
  std::vector<std::string_view> names;
  for (const gateway::Adapter& a : gateway::adapters()) names.push_back(a.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

void read_gateway(config::Reader& r, Config& config) {
  GatewayConfig g;
  g.settings.name = r.text("name");
  g.settings.adapter = r.text("adapter");
  g.settings.rate_parts_per_s = static_cast<int>(r.integer("rate", 1, rate_max));
  g.settings.source = r.text("source", "");
  g.settings.sender_is_discreet = r.boolean("sender_is_discreet", false);
  read_limits(r, g.settings);
  read_prices(r, config.plan, g.settings);
  g.settings.folder = config.file.parent_path();
  g.path = r.path() + "." + g.settings.adapter;
  const bool twice = std::ranges::any_of(
      config.gateways, [&](const GatewayConfig& other) { return other.settings.name == g.settings.name; });
  if (twice) r.fault("name", fmt::format("\"{}\" is the name of another gateway", g.settings.name));
  if (gateway::find_adapter(g.settings.adapter) == nullptr) {
    if (!g.settings.adapter.empty()) {
      r.fault("adapter", fmt::format("must be one of {}, got \"{}\"", adapter_names(), g.settings.adapter));
    }
  } else if (const config::Node* own = r.raw(g.settings.adapter)) {
    g.own = *own;
  } else {
    g.own = config::Node(config::Node::Table{}, r.line());
  }
  if (const auto number = config.plan.parse(g.settings.source)) config.lines.push_back(number->phone);
  config.gateways.push_back(std::move(g));
}

void read_route(config::Reader& r, Config& config) {
  dispatch::Route route;
  for (const std::string& name : r.texts("purpose")) {
    if (const auto purpose = from_name<outbox::Purpose>(name)) {
      route.purposes.push_back(*purpose);
    } else {
      r.fault("purpose", fmt::format("must be of {}, got \"{}\"",
                                     fmt::join(EnumNames<outbox::Purpose>::names, ", "), name));
    }
  }
  route.prefixes = r.texts("prefix");
  route.gateways = r.texts("gateways");
  if (route.gateways.empty()) r.fault("gateways", "must name at least one gateway");
  for (const std::string& name : route.gateways) {
    const bool known =
        std::ranges::any_of(config.gateways, [&](const GatewayConfig& g) { return g.settings.name == name; });
    if (!known) r.fault("gateways", fmt::format("there is no gateway \"{}\"", name));
  }
  const config::Node* const named = r.raw("gateways");
  config.route_lines.push_back(named != nullptr ? named->line() : r.line());
  config.routes.push_back(std::move(route));
}

}  // namespace

void read_gateways(config::Reader& top, Config& config, config::Faults&) {
  top.tables("gateway", [&](config::Reader& r, std::size_t) { read_gateway(r, config); });
  top.tables("route", [&](config::Reader& r, std::size_t) { read_route(r, config); });
  if (config.gateways.empty()) top.fault("gateway", "is required: at least one [[gateway]]");
  if (config.routes.empty()) top.fault("route", "is required: at least one [[route]]");
  const bool discreet = std::ranges::any_of(
      config.gateways, [](const GatewayConfig& g) { return g.settings.sender_is_discreet; });
  if (!discreet) {
    config.warnings.emplace_back("no gateway has sender_is_discreet = true: reporters get no reply");
  }
}

}  // namespace tongdai::app
