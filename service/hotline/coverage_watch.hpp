#pragma once

#include <vector>

#include "directory/coverage.hpp"
#include "hotline/desk.hpp"

/// The desk is told where nobody will be on duty before a report comes, not after (FIELD 5.25).
namespace tongdai::hotline {

/// How far ahead a gap is told.
inline constexpr Duration coverage_ahead = std::chrono::hours{24};

/// What to ask the directory: the coming day, where some facility serves at all (where none does is a
/// standing matter of the status), for anybody and for the services that the settings name.
[[nodiscard]] directory::CoverageTerms terms_of_watch(const Settings& settings, TimePoint now);

/// Pages the duty officers with the gaps that they were not told of yet, all in one text, and logs an alarm.
/// Each gap is told once. How many were new. Writer thread.
std::size_t warn_of_gaps(storage::Tx& tx, Desk& desk, const std::vector<directory::Gap>& gaps, TimePoint now);

}  // namespace tongdai::hotline
