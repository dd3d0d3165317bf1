#pragma once

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "support/smsc/outgoing.hpp"

namespace tongdai::smsc {

/// Holds each thing for the same time and then gives it out, in order. Owner's thread.
class DelayLine {
 public:
  using Give = std::function<void(Outgoing&&)>;

  /// `give` is called for each thing that is due, `done` after the last of them.
  DelayLine(const boost::asio::any_io_executor& executor, std::chrono::milliseconds delay, Give give,
            std::function<void()> done)
      : timer_(executor), delay_(delay), give_(std::move(give)), done_(std::move(done)) {}

  void add(Outgoing&& outgoing) {
    waiting_.emplace_back(Clock::now() + delay_, std::move(outgoing));
    if (waiting_.size() == 1) arm();
  }

  [[nodiscard]] std::size_t size() const { return waiting_.size(); }
  void clear() {
    waiting_.clear();
    timer_.cancel();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds grain{1};  // many are due at once

  void arm() {
    timer_.expires_at(std::max(waiting_.front().first, Clock::now() + grain));
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code fault) {
      if (!fault && !alive.expired()) due();
    });
  }

  void due() {
    const auto now = Clock::now();
    while (!waiting_.empty() && waiting_.front().first <= now) {
      give_(std::move(waiting_.front().second));
      waiting_.pop_front();
    }
    done_();
    if (!waiting_.empty()) arm();
  }

  boost::asio::steady_timer timer_;
  std::chrono::milliseconds delay_;
  Give give_;
  std::function<void()> done_;
  std::deque<std::pair<Clock::time_point, Outgoing>> waiting_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();  ///< a timer that has run may still call
};

}  // namespace tongdai::smsc
