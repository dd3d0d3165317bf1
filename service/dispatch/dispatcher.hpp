#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "dispatch/line.hpp"
#include "runtime/task_group.hpp"

namespace tongdai::dispatch {

/// A gateway as people see it.
struct LineView {
  std::string name;
  std::string adapter;
  gateway::Link link = gateway::Link::down;
  std::string reason;
  bool paused = false;
  int rate_parts_per_s = 0;
  gateway::Prices prices{};
  double current_rate = 0;
  std::size_t in_flight = 0;
  std::uint64_t submitted = 0;
};

/// A gateway with what the configuration says of it.
struct Fitted {
  gateway::Settings settings;
  std::unique_ptr<gateway::Gateway> gateway;
};

/// All gateways' lines. Loop thread, but for the Surroundings' own rules.
class Dispatcher {
 public:
  Dispatcher(std::vector<Fitted> gateways, std::vector<Route> routes, asio::any_io_executor loop,
             const Clock& clock, runtime::Sleeper& sleeper, Log& log, storage::Writer& writer,
             outbox::Messages& messages);

  [[nodiscard]] const Routes& routes() const noexcept { return routes_; }
  /// Before `start`.
  void set_inbound(InboundSink sink);
  /// Before `start`.
  void set_bulk(BulkSource source) { around_.bulk = std::move(source); }
  /// Before `start`: how often queues are looked at though nobody called.
  void set_idle_look(Duration interval) { around_.idle_look = interval; }

  /// Rescues what a crash left, takes over queues of gateways that are no more, then connects.
  [[nodiscard]] asio::awaitable<void> start(runtime::TaskGroup& tasks);
  /// Stops claiming, waits for answers up to `patience`, ends the links, writes the rest down.
  [[nodiscard]] asio::awaitable<void> stop(Duration patience);

  /// Gives the queues of gateways that are no more to those that may carry their messages. Writer thread.
  void adopt_orphans(storage::Tx& tx) const;

  /// Something new may be due on any line.
  void wake();
  /// The same of replies and alerts alone. What a closure that is handed to the writer by then brings is
  /// claimed in the same commit, if nothing else is under way.
  void hurry();
  /// Errors: not_found.
  [[nodiscard]] asio::awaitable<Result<LineView>> pause(std::string name, bool paused);

  [[nodiscard]] std::vector<LineView> view() const;
  /// By minutes, the oldest first; the last is under way. Error: not_found.
  [[nodiscard]] Result<std::vector<PulseMinute>> last_hour(std::string_view name) const;
  [[nodiscard]] bool any_up() const;
  [[nodiscard]] gateway::Handsets* handsets() const;
  /// nullptr if there is none of this name.
  [[nodiscard]] gateway::Gateway* gateway(std::string_view name) const;

 private:
  [[nodiscard]] Line* find(std::string_view name) const;

  std::vector<Fitted> gateways_;
  Routes routes_;
  Surroundings around_;
  std::vector<std::unique_ptr<Line>> lines_;
};

}  // namespace tongdai::dispatch
