#pragma once

#include "core/time.hpp"

namespace tongdai::gateway::smpp {

/// Spreads an account's parts over the second. Dispatch keeps the rate on the average; here the parts of a
/// long text, which it hands over at once, leave one by one, and after "too fast" nothing leaves for a
/// moment.
class Pace {
 public:
  static constexpr Duration calm = 1s;  ///< after "too fast"

  /// `rate_parts_per_s`: at least 1.
  explicit Pace(int rate_parts_per_s) noexcept;

  /// May one more part leave? Then it has.
  [[nodiscard]] bool take(MonoTime now) noexcept;
  /// The centre said so. Told again within `calm` it does nothing: those answers are about what left before.
  void too_fast(MonoTime now) noexcept;
  /// Where take() said no: when it will say yes.
  [[nodiscard]] MonoTime ready_at() const noexcept { return ready_at_; }

 private:
  int parts_a_step_;
  Duration step_;
  int left_ = 0;         ///< of the step under way
  MonoTime ready_at_{};  ///< the next step
  MonoTime calm_until_{};
};

}  // namespace tongdai::gateway::smpp
