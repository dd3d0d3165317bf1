#pragma once

#include "campaigns/spec.hpp"

/// The tables of a campaign file, one reader each (spec.cpp puts them together).
namespace tongdai::campaigns {

/// A [[text]], which must not repeat a language of `earlier`.
[[nodiscard]] SpecText read_text(config::Reader& r, Class klass, const std::vector<SpecText>& earlier);

/// Without a [schedule]: from `now` on, by day.
[[nodiscard]] Schedule default_schedule(TimePoint now);
/// The [schedule] table.
[[nodiscard]] Schedule read_schedule(config::Reader& r, Class klass, TimePoint now);

}  // namespace tongdai::campaigns
