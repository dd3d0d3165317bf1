#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/signal.hpp"
#include "storage/tx.hpp"

namespace tongdai::api {

/// What changed, for everybody who listens to GET /api/v1/events. Keeps the last events so that a listener
/// who was away goes on with Last-Event-ID; one too slow or too long away is told to "reload". Loop thread.
class EventHub {
 public:
  static constexpr std::size_t kept = 4096;  ///< events for late listeners
  static constexpr std::size_t listeners_max = 64;
  static constexpr std::string_view reload = "reload";  ///< the topic of what was missed

  explicit EventHub(asio::any_io_executor loop) : loop_(std::move(loop)) {}

  struct Event {
    std::uint64_t number = 0;
    std::string topic;  ///< message, case, campaign, gateway...; "reload"
    std::int64_t id = 0;
  };

  /// After each commit that changed something.
  void publish(const std::vector<storage::Change>& changes);
  [[nodiscard]] std::uint64_t last() const noexcept { return next_ - 1; }
  /// Events behind `after`, oldest first; one "reload" if some of them are gone.
  [[nodiscard]] std::vector<Event> since(std::uint64_t after) const;

  /// Raised when something is published; one a listener, until it lets go of it. nullptr at `listeners_max`.
  [[nodiscard]] std::shared_ptr<runtime::Signal> listen();

 private:
  asio::any_io_executor loop_;
  std::uint64_t next_ = 1;
  std::deque<Event> events_;
  std::vector<std::weak_ptr<runtime::Signal>> listeners_;
};

}  // namespace tongdai::api
