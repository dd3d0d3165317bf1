#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.hpp"

namespace tongdai::test {

/// Keeps what was logged, one line an event: "warning gateway link gateway=a state=up". Any thread.
class CapturingLog final : public Log {
 public:
  void write(Level level, std::string_view event, std::span<const Field> fields) noexcept override;

  [[nodiscard]] std::vector<std::string> lines() const;
  /// How many lines contain `part`.
  [[nodiscard]] std::size_t count(std::string_view part) const;
  void clear();

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;  // guarded by mutex_
};

}  // namespace tongdai::test
