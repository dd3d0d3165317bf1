#include "support/capturing_log.hpp"

#include <algorithm>

namespace tongdai::test {

void CapturingLog::write(Level level, std::string_view event, std::span<const Field> fields) noexcept {
  std::string line = std::string(to_string(level)) + ' ' + std::string(event);
  for (const Field& f : fields) line += ' ' + std::string(f.key) + '=' + f.value;
  const std::scoped_lock lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<std::string> CapturingLog::lines() const {
  const std::scoped_lock lock(mutex_);
  return lines_;
}

std::size_t CapturingLog::count(std::string_view part) const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(
      lines_, [&](const std::string& line) { return line.find(part) != std::string::npos; }));
}

void CapturingLog::clear() {
  const std::scoped_lock lock(mutex_);
  lines_.clear();
}

}  // namespace tongdai::test
