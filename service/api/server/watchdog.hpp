#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>

#include "core/time.hpp"
#include "runtime/asio.hpp"

namespace tongdai::api {

/// A connection through either door.
using Socket = asio::generic::stream_protocol::socket;

/// Cuts a socket's operations off when their patience is over. The socket stays open, so that a 408 can still
/// be said. Its one timer is not set anew for each operation: it wakes, and sleeps on if that one was in
/// time. Loop thread.
class Watchdog {
  using Clock = asio::steady_timer::clock_type;

  struct Watch {
    explicit Watch(Socket& watched) : timer(watched.get_executor()), socket(&watched) {}
    asio::steady_timer timer;
    Socket* socket;                             // nullptr: gone, but a handler may still stand in the queue
    std::optional<Clock::time_point> deadline;  // none: nothing is under way
    std::optional<Clock::time_point> alarm;     // when the timer wakes, if it sleeps
    bool fired = false;
  };

 public:
  explicit Watchdog(Socket& socket) : watch_(std::make_shared<Watch>(socket)) {}
  ~Watchdog() {
    watch_->socket = nullptr;
    watch_->timer.cancel();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Around each single operation, one at a time.
  class Shift {
   public:
    Shift(Watchdog& dog, Duration patience) : watch_(*dog.watch_) {
      watch_.fired = false;
      watch_.deadline = Clock::now() + patience;
      if (!watch_.alarm || *watch_.alarm > *watch_.deadline) sleep(dog.watch_);
    }
    ~Shift() { watch_.deadline.reset(); }
    Shift(const Shift&) = delete;
    Shift& operator=(const Shift&) = delete;

    [[nodiscard]] bool fired() const noexcept { return watch_.fired; }

   private:
    Watch& watch_;
  };

 private:
  static void sleep(const std::shared_ptr<Watch>& watch) {
    watch->alarm = watch->deadline;
    watch->timer.expires_at(*watch->alarm);
    watch->timer.async_wait([watch](const boost::system::error_code& error) {
      if (!error) wake(watch);
    });
  }
  static void wake(const std::shared_ptr<Watch>& watch) {
    watch->alarm.reset();
    if (watch->socket == nullptr || !watch->deadline) return;
    if (Clock::now() < *watch->deadline) return sleep(watch);
    watch->fired = true;
    boost::system::error_code ignored;
    watch->socket->cancel(ignored);
  }

  std::shared_ptr<Watch> watch_;
};

}  // namespace tongdai::api
