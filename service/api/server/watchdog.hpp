#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "core/time.hpp"
#include "runtime/asio.hpp"

namespace tongdai::api {

/// A connection through either door.
using Socket = asio::generic::stream_protocol::socket;

/// Cuts the socket's operations off when `patience` is over, unless it is gone by then. The socket stays
/// open, so that a 408 can still be said. Around each single operation. Loop thread.
class Watchdog {
 public:
  Watchdog(Socket& socket, Duration patience) : watch_(std::make_shared<Watch>(socket, patience)) {
    watch_->timer.async_wait([watch = watch_](const boost::system::error_code& error) {
      if (error || watch->socket == nullptr) return;
      watch->fired = true;
      boost::system::error_code ignored;
      watch->socket->cancel(ignored);
    });
  }
  ~Watchdog() {
    watch_->socket = nullptr;  // the timer may have fired already, with its handler still in the queue
    watch_->timer.cancel();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  [[nodiscard]] bool fired() const noexcept { return watch_->fired; }

 private:
  struct Watch {
    Watch(Socket& watched, Duration patience) : timer(watched.get_executor(), patience), socket(&watched) {}
    asio::steady_timer timer;
    Socket* socket;
    bool fired = false;
  };
  std::shared_ptr<Watch> watch_;
};

}  // namespace tongdai::api
