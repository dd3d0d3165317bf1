#include "support/smsc/faults.hpp"

#include <array>
#include <utility>

namespace tongdai::smsc {

Result<void> check(const Faults& faults) {
  const std::array shares{faults.rejected,   faults.throttled,      faults.unanswered,
                          faults.without_id, faults.receipts_twice, faults.receipts_first};
  for (const double share : shares) {
    if (!(share >= 0 && share <= 1)) {
      return fail(Code::invalid, "the centre's faults: a share is outside of what is allowed, 0 to 1");
    }
  }
  if (faults.rejected + faults.throttled + faults.unanswered + faults.without_id > 1) {
    return fail(
        Code::invalid,
        "the centre's faults: rejected, throttled, unanswered and without_id are more than 1 together");
  }
  return {};
}

/// splitmix64 (Steele, Lea, Flood 2014): the same everywhere, which the standard's distributions are not.
double Dice::number() {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1p-53;
}

Throw Dice::next() {
  const double fate = number();
  const double receipt = number();
  Throw out{.fate = Fate::accepted,
            .receipt_twice = receipt < faults_.receipts_twice,
            .receipt_first = receipt >= 1 - faults_.receipts_first};
  switch (faults_.answer) {
    case Answer::reject:
      out.fate = Fate::rejected;
      return out;
    case Answer::silent:
      out.fate = Fate::unanswered;
      return out;
    case Answer::throttle:
      out.fate = Fate::throttled;
      return out;
    case Answer::accept:
      break;
  }
  const std::array<std::pair<Fate, double>, 4> table{{{Fate::rejected, faults_.rejected},
                                                      {Fate::throttled, faults_.throttled},
                                                      {Fate::unanswered, faults_.unanswered},
                                                      {Fate::without_id, faults_.without_id}}};
  double bound = 0;
  for (const auto& [one, share] : table) {
    bound += share;
    if (fate < bound) {
      out.fate = one;
      break;
    }
  }
  return out;
}

}  // namespace tongdai::smsc
