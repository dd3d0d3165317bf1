#include "runtime/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace tongdai::runtime {
namespace {

/// The kind of an exception; its message may hold data and stays out of the log unless it is ours.
std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown exception";
  }
}

/// How a task ends that was told to: its wait was cancelled under it, or it had not begun.
bool is_cancelled(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& e) {
    return e.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor loop, Log& log)
    : loop_(std::move(loop)), log_(log), all_ended_(loop_, asio::steady_timer::time_point::max()) {}

void TaskGroup::spawn(std::string name, asio::awaitable<void> task) {
  tasks_.emplace_back();
  const Place place = std::prev(tasks_.end());
  place->name = std::move(name);
  auto done = [this, place](const std::exception_ptr& error) { ended(place, error); };
  asio::co_spawn(loop_, std::move(task), asio::bind_cancellation_slot(place->cancel.slot(), std::move(done)));
}

void TaskGroup::ended(Place place, const std::exception_ptr& error) {
  if (error && !(stopping_ && is_cancelled(error))) {
    log_.alarm("task ended by an exception", {{"task", place->name}, {"error", describe(error)}});
  }
  tasks_.erase(place);
  if (tasks_.empty()) all_ended_.cancel();
}

asio::awaitable<void> TaskGroup::stop() {
  stopping_ = true;
  for (Task& task : tasks_) task.cancel.emit(asio::cancellation_type::terminal);
  while (!tasks_.empty()) (void)co_await all_ended_.async_wait(tok);
}

}  // namespace tongdai::runtime
