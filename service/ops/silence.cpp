#include "ops/silence.hpp"

#include <algorithm>
#include <string>

namespace tongdai::ops {
namespace {

constexpr std::int64_t texts_min = 50;  // fewer show no pattern
constexpr Duration silence_min = 6h;    // a night is no alarm

// A kind is given to what a person wrote; a text of a machine, and our own synthetic one, have none.
constexpr std::string_view select_last =
    "SELECT received_at FROM inbound WHERE line = $1 AND kind <> '' ORDER BY id DESC LIMIT 1";
constexpr std::string_view select_history =
    "SELECT COUNT(*), COALESCE(MAX(gap), 0) FROM (SELECT received_at - LAG(received_at) OVER (ORDER BY id) "
    "AS "
    "gap FROM inbound WHERE line = $1 AND kind <> '' AND received_at >= $2) AS gaps";
constexpr std::string_view select_told = "SELECT value FROM meta WHERE key = 'watch:silence:' || $1";
constexpr std::string_view upsert_told =
    "INSERT INTO meta (key, value) VALUES ('watch:silence:' || $1, $2) ON CONFLICT (key) DO UPDATE SET value "
    "= excluded.value";

}  // namespace

std::optional<TimePoint> last_text(storage::Tx& tx, const Phone& line) {
  return tx.value<TimePoint>(select_last, line);
}

LineHistory history_of(storage::Tx& tx, const Phone& line, TimePoint since) {
  return tx
      .first(
          select_history,
          [](const storage::Row& row) { return LineHistory{row.integer(0), Duration{row.integer(1)}}; }, line,
          since)
      .value_or(LineHistory{});
}

std::optional<Duration> silence_allowed(const LineHistory& history,
                                        const std::optional<Duration>& configured) {
  if (configured) return *configured > Duration{0} ? configured : std::nullopt;
  if (history.texts < texts_min) return std::nullopt;
  return std::max(silence_min, history.longest_gap * 3 / 2);
}

bool note_silence(storage::Tx& tx, const Phone& line, std::optional<TimePoint> last) {
  const std::string since = last ? to_rfc3339(*last) : "never";
  if (tx.value<std::string>(select_told, line) == since) return false;
  tx.run(upsert_told, line, since);
  return true;
}

}  // namespace tongdai::ops
