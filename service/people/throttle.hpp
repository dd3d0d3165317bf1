#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/time.hpp"

namespace tongdai::people {

/// How often somebody may be wrong. Failures are counted for a name together with who tries: a browser that
/// has signed in before counts for itself (its device word, see Devices), all others of that name together.
/// So guessing is slow, and a stranger who guesses on purpose cannot lock the person out of their own browser
/// ("device cookies", OWASP). In memory: a restart forgives. Loop thread.
class Throttle {
 public:
  static constexpr int free_failures = 5;
  static constexpr Duration window = 15min;    ///< failures older than this are forgotten
  static constexpr Duration wait_max = 15min;  ///< between two tries
  static constexpr std::size_t keys_max = 10'000;

  /// How long until the next try is looked at; nothing: now.
  [[nodiscard]] std::optional<Duration> wait(std::string_view name, std::string_view device, TimePoint now);
  void failed(std::string_view name, std::string_view device, TimePoint now);
  /// The last failure was none.
  void forgive(std::string_view name, std::string_view device);
  void succeeded(std::string_view name, std::string_view device);

  /// A place among those whose password is being looked at, which is dear on purpose.
  class Turn {
   public:
    explicit Turn(int& taken) : taken_(&taken) { ++taken; }
    Turn(Turn&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (taken_ != nullptr) --*taken_;
    }

   private:
    int* taken_;
  };
  static constexpr int strangers_at_once = 1;  ///< a flood of them leaves a reader's thread to the others
  static constexpr int known_at_once = 8;
  /// Nothing if too many are at it. A browser that is known does not wait behind those who are not. The
  /// throttle must outlive the turn.
  [[nodiscard]] std::optional<Turn> enter(bool is_known);
  /// The same for who signed in and shows the password once more: one at a time, for the readers are two.
  [[nodiscard]] std::optional<Turn> enter_to_confirm();

  /// Names and devices that are remembered.
  [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }

 private:
  struct Record {
    std::deque<TimePoint> failures;  ///< at most enough for wait_max
  };
  static std::string key_of(std::string_view name, std::string_view device);
  void forget_old(TimePoint now);

  std::map<std::string, Record, std::less<>> records_;
  int strangers_ = 0, known_ = 0, confirming_ = 0;  // whose password is being looked at
};

}  // namespace tongdai::people
