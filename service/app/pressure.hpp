#pragma once

#include "campaigns/pacing.hpp"
#include "hotline/queries.hpp"

/// The one place where campaigns hear of the hotline: how much of it, and no more.
namespace tongdai::app {

/// A smaller desk's load would tell of single cases.
inline constexpr std::int64_t capacity_min = 5;

/// What blasts may add when so much waits and the people on duty can take `capacity` cases at once: full
/// speed up to it, nothing from twice of it on, in quarters between. A case whose alert was not answered in
/// time counts twice. Pure.
[[nodiscard]] campaigns::Pressure pressure_of(const hotline::Waiting& waiting, std::int64_t capacity);

}  // namespace tongdai::app
