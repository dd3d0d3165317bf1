#pragma once

#include <atomic>
#include <memory>

#include "core/log.hpp"

namespace tongdai::app {

/// Writes events to standard error, in the journal's form ("<4>...") under systemd. Any thread.
class LogSink final : public Log {
 public:
  LogSink();
  ~LogSink() override;
  void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override;
  [[nodiscard]] std::uint64_t alarms() const noexcept { return alarms_.load(std::memory_order_relaxed); }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::atomic<std::uint64_t> alarms_{0};
};

}  // namespace tongdai::app
