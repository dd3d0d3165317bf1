#pragma once

#include <cstdint>
#include <optional>

#include "core/phone.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// Has a line been silent for longer than is usual? A line that nobody can reach is silent, too.
namespace tongdai::ops {

/// What a line heard from people.
struct LineHistory {
  std::int64_t texts = 0;
  Duration longest_gap{};  ///< between two of them
};

/// The last text of a person to `line`. Any transaction.
[[nodiscard]] std::optional<TimePoint> last_text(storage::Tx& tx, const Phone& line);
/// Since `since`. Reads all texts of that time: a reader, now and then.
[[nodiscard]] LineHistory history_of(storage::Tx& tx, const Phone& line, TimePoint since);
/// How long the history of a line is that its pattern is learned from.
inline constexpr Duration pattern_length = std::chrono::days{28};

/// How long it may be silent: as configured, or half as long again as it ever was, and at least six hours.
/// nullopt: for ever, and also where too little is known of it. Pure.
[[nodiscard]] std::optional<Duration> silence_allowed(const LineHistory& history,
                                                      const std::optional<Duration>& configured);

/// Notes that people are told of the silence since `last`. False if they were: once a silence. Writer thread.
[[nodiscard]] bool note_silence(storage::Tx& tx, const Phone& line, std::optional<TimePoint> last);

}  // namespace tongdai::ops
