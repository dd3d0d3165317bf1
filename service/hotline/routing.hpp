#pragma once

#include <string>
#include <vector>

#include "hotline/store.hpp"

/// Which facilities are asked, in which order, and why. Writer thread.
namespace tongdai::hotline {

struct Candidate {
  FacilityId facility;
  std::string why;  ///< for the timeline: "medical; serves the unit"
};

/// Facilities that offer what the case needs and serve its place, nearest first, more of the needed services
/// before fewer; those in conflict left out. Empty if the place is not known. Hours are looked at when a step
/// comes, not here.
[[nodiscard]] std::vector<Candidate> choose_facilities(storage::Tx& tx, const Desk& desk, const Case& c,
                                                       TimePoint now);

/// Writes the plan behind what stands of it: the chosen facilities, then the duty desk. Freezes it.
void write_plan(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);

}  // namespace tongdai::hotline
