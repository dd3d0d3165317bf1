#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.hpp"
#include "gateway_adapters/gateway.hpp"

namespace tongdai::dispatch {

/// What a gateway did in a minute.
struct PulseMinute {
  std::int64_t parts = 0;      ///< handed over
  std::int64_t accepted = 0;   ///< messages the centre took
  std::int64_t refused = 0;    ///< for good, or for now
  std::int64_t throttled = 0;  ///< "too fast"
  std::int64_t failed = 0;     ///< no link, or no answer
  std::int64_t delivered = 0;  ///< receipts that say so
  std::int64_t undelivered = 0;
  Duration receipt_delay{};         ///< of all receipts of known texts, from the centre's yes
  std::int64_t receipts_timed = 0;  ///< how many these were
};

/// The last hour of a gateway by minutes, in memory: what charts show. Loop thread.
class Pulse {
 public:
  static constexpr std::size_t minutes = 60;
  static constexpr std::size_t awaited_max = 20'000;  ///< parts whose receipts are timed; the oldest go first

  void submitted(std::int64_t parts, MonoTime now) { at(now).parts += parts; }
  void answered(const gateway::SubmitResult& result, MonoTime now);
  void receipt(std::string_view ref, bool delivered, MonoTime now);
  /// `minutes` of them, the oldest first; the last is under way.
  [[nodiscard]] std::vector<PulseMinute> last_hour(MonoTime now);

 private:
  [[nodiscard]] PulseMinute& at(MonoTime now);

  std::deque<PulseMinute> kept_;  // the last is of `minute_`
  std::int64_t minute_ = 0;
  std::unordered_map<std::string, MonoTime> awaited_;
  std::deque<std::string> order_;  // of awaited_, the oldest first
};

}  // namespace tongdai::dispatch
