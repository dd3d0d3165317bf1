#pragma once

#include <string>
#include <vector>

#include "support/whole_service.hpp"

/// The whole service under a seeded schedule of faults: one seed is one story of 200 cases.
namespace tongdai::simulation {

struct Story {
  std::uint64_t seed = 0;
  int cases_min = 200;
  bool traces = false;  ///< to standard output, a line for each thing that happens
};

struct Ending {
  std::vector<std::string> violations;  ///< empty: all promises were kept
  std::size_t digest = 0;               ///< the same for the same story
  int cases = 0;
  int texts_in = 0;
  int texts_out = 0;
  int crashes = 0;
};

/// A service with the province's units and the town's facilities, from which each story starts.
void prepare(test::WholeService& service);

/// Plays a story to its end, or to its first violation.
[[nodiscard]] Ending play(const Story& story, const test::WholeService::Pattern& pattern);

}  // namespace tongdai::simulation
