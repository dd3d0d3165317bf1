#include "api/handlers/prices.hpp"

#include <map>

namespace tongdai::api {

std::function<double(const std::string& gateway, const std::string& carrier)> prices(const Context& context) {
  std::map<std::string, gateway::Prices> known;
  bool any = false;
  for (const auto& line : context.dispatcher.view()) {
    any = any || line.prices.per_part > 0 || !line.prices.by_carrier.empty();
    known.emplace(line.name, line.prices);
  }
  if (!any) return {};
  return [known = std::move(known)](const std::string& gateway, const std::string& carrier) {
    const auto found = known.find(gateway);
    return found == known.end() ? 0 : found->second.of(carrier);
  };
}

}  // namespace tongdai::api
