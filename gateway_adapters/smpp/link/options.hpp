#pragma once

#include <optional>

#include "gateway_adapters/registry.hpp"
#include "gateway_adapters/smpp/account/settings.hpp"
#include "gateway_adapters/smpp/link/connection.hpp"

namespace tongdai::gateway::smpp {

/// What [gateway.smpp] says.
struct Options {
  Endpoint endpoint;
  AccountSettings account;
  bool believes_anybody = false;  ///< TLS without a look at the certificate
};

/// Reads the adapter's table; the faults are in `own`. Nothing, if there are some without which no gateway
/// can be made.
[[nodiscard]] std::optional<Options> read_options(const Settings& settings, config::Reader& own);

}  // namespace tongdai::gateway::smpp
