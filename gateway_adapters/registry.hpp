#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/reader.hpp"
#include "gateway_adapters/gateway.hpp"
#include "runtime/sleeper.hpp"

namespace tongdai::gateway {

/// What a message part costs, in the service's currency.
struct Prices {
  double per_part = 0;
  std::map<std::string, double> by_carrier{};  ///< where the carrier of the number has a price of its own

  [[nodiscard]] double of(const std::string& carrier) const {
    const auto own = by_carrier.find(carrier);
    return own == by_carrier.end() ? per_part : own->second;
  }
};

/// What every gateway of the configuration has, whatever its adapter.
struct Settings {
  std::string name;
  std::string adapter;
  int rate_parts_per_s = 1;  ///< 1..100,000
  std::string source;        ///< sender address
  bool sender_is_discreet = false;
  text::Limits limits{};  ///< beside those of its adapter
  Prices prices{};
  /// Of the configuration: what file names in the adapter's table are relative to.
  std::filesystem::path folder{};
};

/// What an adapter may use. Outlives the gateway.
struct Context {
  asio::any_io_executor loop;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  Log& log;
};

/// One row of the table of adapters. `make` reads the adapter's own table ([gateway.smpp]); after a fault it
/// may return nullptr.
struct Adapter {
  std::string_view name;
  std::unique_ptr<Gateway> (*make)(const Settings& settings, config::Reader& own, const Context& context);
};

/// All adapters, in one explicit table.
[[nodiscard]] const std::vector<Adapter>& adapters() noexcept;
[[nodiscard]] const Adapter* find_adapter(std::string_view name) noexcept;

}  // namespace tongdai::gateway
