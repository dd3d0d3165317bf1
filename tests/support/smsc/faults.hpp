#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::smsc {

/// What happens to every submit, before the shares are looked at.
enum class Answer : std::uint8_t {
  accept,    ///< taken, answered with an id, if the shares do not say otherwise
  reject,    ///< refused for good
  silent,    ///< taken and never answered: the sender cannot know
  throttle,  ///< refused for now (SMPP 3.4 §5.1.3, ESME_RTHROTTLED)
};

/// How the centre misbehaves. Shares are of 1; the first four exclude each other, so their sum is at most 1.
struct Faults {
  Answer answer = Answer::accept;
  std::uint64_t seed = 1;            ///< the same seed and the same submits meet the same faults
  std::uint32_t reject_status = 11;  ///< of a refusal for good: ESME_RINVDSTADR
  double rejected = 0;
  double throttled = 0;
  double unanswered = 0;  ///< taken, never answered
  double without_id = 0;  ///< taken, answered with an empty message_id
  double receipts_twice = 0;
  double receipts_first = 0;  ///< the receipt goes out before the answer
};

/// Error: invalid, if a share is outside 0..1 or the first four are more than 1 together.
[[nodiscard]] Result<void> check(const Faults& faults);

enum class Fate : std::uint8_t { accepted, rejected, throttled, unanswered, without_id };

/// What one submit meets.
struct Throw {
  Fate fate = Fate::accepted;
  bool receipt_twice = false;
  bool receipt_first = false;
};

/// Gives every submit its fate; two numbers of the generator a submit, whatever comes of it.
class Dice {
 public:
  explicit Dice(const Faults& faults = {}) : faults_(faults), state_(faults.seed) {}

  [[nodiscard]] Throw next();
  [[nodiscard]] const Faults& faults() const { return faults_; }

 private:
  double number();

  Faults faults_;
  std::uint64_t state_;
};

}  // namespace tongdai::smsc

template <>
struct tongdai::EnumNames<tongdai::smsc::Answer> {
  static constexpr std::array<std::string_view, 4> names{"accept", "reject", "silent", "throttle"};
};
