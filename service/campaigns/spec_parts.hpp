#pragma once

#include "campaigns/spec.hpp"

/// The tables of a campaign file, one reader each (spec.cpp puts them together).
namespace tongdai::campaigns {

/// A [[text]], which must not repeat a language of `earlier`.
[[nodiscard]] SpecText read_text(config::Reader& r, Class klass, const std::vector<SpecText>& earlier);

/// Without a [schedule]: from `now` on, by day.
[[nodiscard]] Schedule default_schedule(TimePoint now);
/// The [schedule] table. `spec` has its class and its steps already.
void read_schedule(config::Reader& r, TimePoint now, Spec& spec);
/// [schedule.repeat]; nullopt if it has faults.
[[nodiscard]] std::optional<Repeat> read_repeat(config::Reader& r);
/// [schedule.drip].
[[nodiscard]] Drip read_drip(config::Reader& r);
/// A [[step]].
[[nodiscard]] SpecStep read_step(config::Reader& r, Class klass);
/// The [canary] table.
[[nodiscard]] Canary read_canary(config::Reader& r);
/// A text of at most `most` bytes.
void check_size(config::Reader& r, std::string_view key, std::string_view text, std::size_t most);
inline constexpr std::size_t title_bytes_max = 200;
inline constexpr std::size_t steps_max = 200;      ///< of a series
inline constexpr std::size_t text_parts_max = 10;  ///< a longer blast is a mistake

}  // namespace tongdai::campaigns
