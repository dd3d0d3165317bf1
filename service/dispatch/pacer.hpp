#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "core/time.hpp"

namespace tongdai::dispatch {

/// A smooth rate in message parts: a bucket that fills evenly and holds little, and no second, wherever it
/// begins, holds more bulk than the rate: a centre that counts by the second seldom finds us too fast. What
/// is urgent, and the end of a long message, may go into debt; the debt is waited out. Loop thread.
class Pacer {
 public:
  /// `rate` parts a second, 1..100,000.
  Pacer(double rate_parts_per_s, MonoTime now);

  /// Parts that may go now; 0 while in debt.
  [[nodiscard]] std::int64_t available(MonoTime now);
  /// Parts of what is urgent that may go now, ahead of the rate: the debt stays within so much of it.
  [[nodiscard]] std::int64_t available_on_credit(Duration of_the_rate, MonoTime now);
  void spend(std::int64_t parts, MonoTime now);
  /// When at least one part may go.
  [[nodiscard]] MonoTime ready_at(MonoTime now);

  /// The gateway said "too fast": half the pace, at least one part a second; it recovers by a tenth of the
  /// full pace each `recovery_step`. Told again within a second it does nothing: those answers are about what
  /// left before.
  void slow_down(MonoTime now);
  [[nodiscard]] double current_rate() const noexcept { return rate_; }

 private:
  struct Spent {
    MonoTime at;
    std::int64_t parts;
  };
  void refill(MonoTime now);
  /// Parts that the last second still has room for.
  [[nodiscard]] std::int64_t room() const noexcept;

  double full_rate_;
  double rate_;
  double tokens_;
  MonoTime filled_at_;
  MonoTime recover_at_;
  std::optional<MonoTime> slowed_at_;
  std::deque<Spent> last_second_;
  std::int64_t spent_ = 0;  // the sum of last_second_
};

}  // namespace tongdai::dispatch
