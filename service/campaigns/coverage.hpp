#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "storage/tx.hpp"
#include "text/hours.hpp"

/// A blast makes people ask for help. Is somebody there? Asks the directory, never the hotline.
namespace tongdai::campaigns {

/// A unit whose people would find nobody on duty.
struct Uncovered {
  std::string code;
  std::string name;
  std::int64_t recipients = 0;
  TimePoint first{};  ///< the first half hour of it
};

/// Which of the units (by how many recipients live there) no facility serves with somebody on duty, at some
/// half hour in which the campaign sends or in the hour after it, from `from` to `to`; a week of them at
/// most. Facilities of a unit above serve it as well. The most recipients first. `holidays`: those
/// that duty is reckoned by. Any transaction.
[[nodiscard]] std::vector<Uncovered> uncovered(storage::Tx& tx, const std::map<UnitId, std::int64_t>& units,
                                               const text::Hours& hours, TimePoint from, TimePoint to,
                                               const text::Holidays* holidays = nullptr);

}  // namespace tongdai::campaigns
