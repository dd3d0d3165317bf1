#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>

#include "runtime/asio.hpp"
#include "runtime/sleeper.hpp"

namespace tongdai::ops {

/// Does the engine's loop still turn? Each turn beats; whoever asks waits for the next. Loop thread.
class Heartbeat {
 public:
  Heartbeat(const asio::any_io_executor& loop, const Clock& clock, runtime::Sleeper& sleeper)
      : clock_(clock),
        sleeper_(sleeper),
        turned_(loop, asio::steady_timer::time_point::max()),
        last_(clock.monotonic()) {}

  void beat();
  [[nodiscard]] std::uint64_t beats() const noexcept { return beats_; }
  /// Since the last beat, or since the start.
  [[nodiscard]] Duration age() const;
  /// True at the next beat; false if none comes within `patience`, or when cancelled. Any number may wait.
  [[nodiscard]] asio::awaitable<bool> next(Duration patience);

 private:
  [[nodiscard]] asio::awaitable<bool> turned();

  const Clock& clock_;
  runtime::Sleeper& sleeper_;
  asio::steady_timer turned_;  // never fires; a beat wakes all who wait on it
  std::uint64_t beats_ = 0;
  MonoTime last_;
};

}  // namespace tongdai::ops
