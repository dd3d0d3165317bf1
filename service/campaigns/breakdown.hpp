#pragma once

#include <string>
#include <vector>

#include "campaigns/store.hpp"
#include "directory/unit_levels.hpp"
#include "outbox/tally.hpp"
#include "text/numbering_plan.hpp"
#include "text/time_zone.hpp"

/// A campaign's accounts by what its people have in common. Reads every row of its audience: some seconds for
/// a million. A reader.
namespace tongdai::campaigns {

enum class Dimension : std::uint8_t {
  unit,      ///< summed up to a level
  carrier,   ///< by the numbering plan's prefix
  language,  ///< as it was when the audience was frozen
  hour,      ///< of the day and hour at which it was submitted, in the service's zone
  gateway,   ///< that has it, or in whose queue it stands
  reason,
  group,  ///< as contacts are in them now; who is in several counts in each
};

/// Those of an audience who share a value. Who is left alone for now (`held`) is not told apart by unit,
/// carrier, language, hour, gateway or group: in those they stand in the row without a key, so that no small
/// number names somebody. By reason they have their own row from `held_least` on, else they share one,
/// "other", with the reasons that are rarest after them.
struct BreakdownRow {
  std::string key;   ///< code, carrier, language, "2021-11-25 07:00", gateway, reason; "" for not known
  std::string name;  ///< of a unit, else ""
  std::int64_t pending = 0;
  outbox::StateCounts by_state{};
  std::int64_t reached = 0;  ///< delivered, or accepted by a gateway that gives no receipts
  std::int64_t parts = 0;    ///< of messages that left, or may have left

  [[nodiscard]] std::int64_t people() const;
};

inline constexpr std::int64_t held_least = 5;
inline constexpr std::string_view other_reasons = "other";

/// What a breakdown needs to know of this installation.
struct BreakdownTerms {
  const text::NumberingPlan& plan;
  const text::TimeZone& zone;
  directory::UnitLevel level{};
};

/// Largest rows first; hours in their order. All rows but those of groups add up to the audience.
[[nodiscard]] std::vector<BreakdownRow> breakdown(storage::Tx& tx, CampaignId id, Dimension by,
                                                  const BreakdownTerms& terms);

/// By its prefix; "" if unknown.
[[nodiscard]] std::string carrier_of(const text::NumberingPlan& plan, const Phone& phone);

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::Dimension> {
  static constexpr std::array<std::string_view, 7> names{"unit",    "carrier", "language", "hour",
                                                         "gateway", "reason",  "group"};
};
