#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

/// What the targets of this folder share: a fuzzer's input read as a script, and the end of a broken promise.
namespace tongdai::fuzz {

/// Ends the process: the fuzzer keeps the input that led here.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Numbers and octets off the front; zeros and nothing once the input is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::uint8_t number() noexcept {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  /// At most `n`.
  [[nodiscard]] std::span<const std::uint8_t> octets(std::size_t n) noexcept {
    const auto taken = rest_.first(std::min(n, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace tongdai::fuzz
