#pragma once

#include <functional>
#include <map>

#include "runtime/asio.hpp"
#include "runtime/signal.hpp"
#include "runtime/sleeper.hpp"
#include "runtime/task_group.hpp"

namespace tongdai::gateway::sandbox {

/// What the simulated world will do, by time. Runs each action on the loop when its time has come. Loop
/// thread.
class Agenda {
 public:
  using Action = std::move_only_function<void()>;

  Agenda(const asio::any_io_executor& loop, const Clock& clock, runtime::Sleeper& sleeper, Log& log);

  void start();
  /// Never runs `action` from inside this call.
  void after(Duration delay, Action action);
  /// Forgets what has not happened, then calls `done`.
  void stop(Action done);

 private:
  asio::awaitable<void> run();
  asio::awaitable<void> finish(Action done);
  asio::awaitable<void> wait_for_next();

  asio::any_io_executor loop_;
  const Clock& clock_;
  runtime::Sleeper& sleeper_;
  runtime::Signal changed_;
  runtime::TaskGroup tasks_;
  std::multimap<MonoTime, Action> actions_;
};

}  // namespace tongdai::gateway::sandbox
