#pragma once

#include <boost/asio/awaitable.hpp>

#include "core/clock.hpp"
#include "runtime/asio.hpp"

namespace tongdai::runtime {

/// Waiting for a time, as an interface, so that a test can make an hour pass at once. Loop thread.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  /// Returns at `when` or, when cancelled, at once; true if it slept to the end.
  [[nodiscard]] virtual asio::awaitable<bool> until(MonoTime when) = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override;
  [[nodiscard]] MonoTime monotonic() const noexcept override;
};

/// Sleeps on the executor of whoever awaits.
class SystemSleeper final : public Sleeper {
 public:
  [[nodiscard]] asio::awaitable<bool> until(MonoTime when) override;
};

}  // namespace tongdai::runtime
