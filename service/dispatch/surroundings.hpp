#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dispatch/routes.hpp"
#include "gateway_adapters/gateway.hpp"
#include "outbox/messages.hpp"
#include "runtime/sleeper.hpp"
#include "storage/writer.hpp"

namespace tongdai::dispatch {

/// Where inbound texts go. `done` as in gateway::Events.
using InboundSink = std::function<void(const std::string& gateway, gateway::Inbound,
                                       std::move_only_function<void(bool)> done)>;

/// What a line has room for.
struct BulkRoom {
  const std::string& gateway;
  const std::vector<std::string>& able;  ///< the gateways that can send now
  std::size_t messages = 0;
  std::int64_t parts = 0;  ///< the last message may exceed it
};
/// Bulk texts that stand in no queue: the next ones for a gateway, marked `submitting`. Writer thread.
using BulkSource = std::function<std::vector<outbox::Claimed>(storage::Tx&, const BulkRoom&, TimePoint now)>;

/// What lines share. Outlives them.
struct Surroundings {
  asio::any_io_executor loop;
  const Clock& clock;
  runtime::Sleeper& sleeper;
  Log& log;
  storage::Writer& writer;
  outbox::Messages& messages;
  const Routes& routes;
  InboundSink inbound;
  BulkSource bulk;
  /// The gateways that are able to send now, for choosing another. Loop thread.
  std::function<std::vector<std::string>()> able;
};

}  // namespace tongdai::dispatch
