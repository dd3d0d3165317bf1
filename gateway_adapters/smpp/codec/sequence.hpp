#pragma once

#include <cstdint>

namespace tongdai::gateway::smpp {

inline constexpr std::uint32_t sequence_max = 0x7fffffff;  ///< SMPP 3.4 §5.1.4: 1 .. 0x7FFFFFFF

/// Numbers for our requests, so that their answers can be told apart. One for each bound connection.
class SequenceSource {
 public:
  /// The first number will be the one after `last`.
  explicit SequenceSource(std::uint32_t last = 0) noexcept : last_(last) {}

  /// The next number for which `in_flight(number)` is false; wraps to 1 past the largest. The caller keeps
  /// far fewer in flight than there are numbers.
  template <class InFlight>
  [[nodiscard]] std::uint32_t next(const InFlight& in_flight) {
    do {
      last_ = last_ >= sequence_max ? 1 : last_ + 1;
    } while (in_flight(last_));
    return last_;
  }

  /// Starts at 1 again: at each bind.
  void reset() noexcept { last_ = 0; }

 private:
  std::uint32_t last_;
};

}  // namespace tongdai::gateway::smpp
