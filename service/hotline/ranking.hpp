#pragma once

#include <string>
#include <vector>

#include "hotline/store.hpp"

/// Which facilities fit a case, how well, and which do not. Any transaction.
namespace tongdai::hotline {

struct Candidate {
  FacilityId facility;
  std::string why;  ///< for the plan: "medical; serves the unit"
};

struct Ranking {
  std::vector<Candidate> chosen;    ///< the best first
  std::vector<Candidate> left_out;  ///< would serve the place, and why they are not asked
};

/// Has this facility nothing to offer but these? One without any service offers all.
[[nodiscard]] bool offers_only(storage::Tx& tx, FacilityId id, const std::vector<std::string>& services);

/// Facilities that offer what the case needs and serve its place. Left out are those in conflict with the
/// reporter, those without a free bed by what they said lately, and what goes beyond `facilities_max`.
/// Nothing if the place is not known. Hours are looked at when a step comes, not here.
[[nodiscard]] Ranking rank_facilities(storage::Tx& tx, const Desk& desk, const Case& c,
                                      const std::vector<std::string>& services, TimePoint now);

}  // namespace tongdai::hotline
