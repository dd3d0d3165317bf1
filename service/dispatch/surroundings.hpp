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

/// Bulk texts that stand in no queue: the next ones for a gateway. Writer thread.
using BulkSource = std::function<outbox::BulkTaken(storage::Tx&, const outbox::BulkRoom&, TimePoint now)>;

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
  Duration idle_look{1000};  ///< a queue is looked at this often though nobody called
};

}  // namespace tongdai::dispatch
