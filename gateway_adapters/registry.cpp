#include "gateway_adapters/registry.hpp"

#include "gateway_adapters/sandbox/sandbox.hpp"
#include "gateway_adapters/smpp/link/smpp.hpp"

namespace tongdai::gateway {

const std::vector<Adapter>& adapters() noexcept {
  static const std::vector<Adapter> table{
      {"sandbox", &sandbox::make},
      {"smpp", &smpp::make},
  };
  return table;
}

const Adapter* find_adapter(std::string_view name) noexcept {
  for (const Adapter& adapter : adapters()) {
    if (adapter.name == name) return &adapter;
  }
  return nullptr;
}

}  // namespace tongdai::gateway
