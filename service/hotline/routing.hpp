#pragma once

#include <string_view>
#include <vector>

#include "hotline/store.hpp"

/// The plan of a case: which facilities are asked, in which order, and why; frozen when it is written. Writer
/// thread.
namespace tongdai::hotline {

/// Writes the plan behind what stands of it: the chosen facilities that were not asked yet (hotline/ranking),
/// then the duty desk; and who was left out, and why.
void write_plan(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// As `write_plan`, with those that were asked before: the case begins again.
void plan_anew(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// Puts facilities before the steps whose turn has not come.
void ask_first(storage::Tx& tx, Desk& desk, const Case& c, const std::vector<FacilityId>& facilities,
               std::string_view why);

}  // namespace tongdai::hotline
