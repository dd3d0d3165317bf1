#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/enum_names.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// How fast blasts may go while people answer what they cause. Campaigns know no cases: the app hands in how
/// much the hotline can bear, and why, in words that tell of nobody.
namespace tongdai::campaigns {

struct Pressure {
  double share = 1;  ///< of full speed: 1 all, 0 nothing more for now
  std::string why;   ///< "" at full speed
};
/// Any transaction.
using PressureGauge = std::function<Pressure(storage::Tx&)>;

/// What people are told of it: no more than this, for a number could tell of a single case.
enum class Pace : std::uint8_t { full, slowed, stopped };
[[nodiscard]] Pace pace_of(const Pressure& pressure) noexcept;

/// Limits the campaigns that are paced by answers. Looks at the gauge once a second. One thread.
class Pacing {
 public:
  /// `gateway_rates`: full speed of each, parts a second. Without a gauge nothing is slowed.
  Pacing(PressureGauge gauge, std::map<std::string, int> gateway_rates)
      : gauge_(std::move(gauge)), rates_(std::move(gateway_rates)) {}

  /// Of full speed, now.
  [[nodiscard]] double share(storage::Tx& tx, TimePoint now);
  /// A campaign's own rate, slowed: at least 1 a second unless it stops; 0 stays 0.
  [[nodiscard]] int rate(int own, double share) const;
  /// Parts a second; nullopt of a gateway that is not known.
  [[nodiscard]] std::optional<int> full_speed(const std::string& gateway) const;
  /// Parts that all paced campaigns together may take from a gateway now; spent by `spend`.
  [[nodiscard]] std::int64_t budget(const std::string& gateway, double share, TimePoint now);
  void spend(const std::string& gateway, std::int64_t parts);

 private:
  struct Bucket {
    double parts = 0;  // below 0 after a last message that exceeded it
    TimePoint at{};
  };
  PressureGauge gauge_;
  std::map<std::string, int> rates_;
  std::map<std::string, Bucket> buckets_;  // of slowed gateways
  double share_ = 1;
  TimePoint looked_at_{};
};

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Pace> {
  static constexpr std::array<std::string_view, 3> names{"full", "slowed", "stopped"};
};
