#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <list>
#include <string>

#include "core/log.hpp"
#include "runtime/asio.hpp"

namespace tongdai::runtime {

/// Owns every task it spawned: an exception that reaches a task's end is logged as an alarm and ends that
/// task only; `stop` cancels all and returns when the last has ended; ending by that cancellation is no
/// fault. Loop thread.
class TaskGroup {
 public:
  TaskGroup(asio::any_io_executor loop, Log& log);
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// `name` says in the log which task failed.
  void spawn(std::string name, asio::awaitable<void> task);
  /// Cancels all tasks and waits for them. No spawn after this.
  [[nodiscard]] asio::awaitable<void> stop();
  [[nodiscard]] std::size_t running() const noexcept { return tasks_.size(); }
  [[nodiscard]] const asio::any_io_executor& executor() const noexcept { return loop_; }

 private:
  struct Task {
    std::string name;
    asio::cancellation_signal cancel;
  };
  using Place = std::list<Task>::iterator;
  void ended(Place place, const std::exception_ptr& error);

  asio::any_io_executor loop_;
  Log& log_;
  std::list<Task> tasks_;
  asio::steady_timer all_ended_;
  bool stopping_ = false;
};

}  // namespace tongdai::runtime
