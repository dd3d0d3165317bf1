#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/duty.hpp"

/// Where nobody is on duty, so that the desk knows before a report comes (FIELD 5.25).
namespace tongdai::directory {

struct CoverageTerms {
  TimePoint from{};
  TimePoint to{};                       ///< at most `coverage_max` behind `from`
  std::optional<UnitId> unit{};         ///< this one only
  std::vector<std::string> services{};  ///< these; "" is anybody at all. None: all that are offered, and ""
  bool is_served_only = false;          ///< units that some facility serves
};
inline constexpr std::chrono::days coverage_max{31};
/// How finely it is looked at; what is shorter may be missed.
inline constexpr Duration coverage_step = std::chrono::minutes{15};

struct Gap {
  UnitId unit_id;
  std::string unit;  ///< code
  std::string unit_name;
  std::string service;  ///< "": nobody at all
  TimePoint from{}, to{};
};

/// The spans in which nobody who serves a standing unit (without units below it), or the one above, is on
/// duty for a service. By unit, service and time. A long question: for a reader.
[[nodiscard]] std::vector<Gap> coverage_gaps(storage::Tx& tx, const CoverageTerms& terms,
                                             const DutyCalendar& calendar);

}  // namespace tongdai::directory
