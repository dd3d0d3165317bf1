#include "hotline/auditor.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tongdai::hotline {
namespace {

constexpr Duration grace = 60s;  // the escalation loop turns every second; this late means that it does not
constexpr Duration page_pause = 1h;

constexpr std::string_view count_forgotten =
    "SELECT (SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed' AND (due_at IS NULL OR due_at < "
    "$1)) + (SELECT COUNT(*) FROM case_track WHERE due_at < $1)";
constexpr std::string_view count_planless =
    "SELECT COUNT(*) FROM hotline_case c WHERE c.state <> 'closed' AND NOT EXISTS (SELECT 1 FROM referral "
    "r WHERE r.case_id = c.id AND r.facility_id = $1)";
constexpr std::string_view select_audited = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'audit:at'";
constexpr std::string_view upsert_audited =
    "INSERT INTO meta (key, value) VALUES ('audit:at', CAST($1 AS TEXT)) ON CONFLICT (key) DO UPDATE SET "
    "value = excluded.value";
constexpr std::string_view select_paged = "SELECT value FROM meta WHERE key = 'audit:paged'";
constexpr std::string_view upsert_paged =
    "INSERT INTO meta (key, value) VALUES ('audit:paged', $1) ON CONFLICT (key) DO UPDATE SET value = "
    "excluded.value";

}  // namespace

std::size_t audit(storage::Tx& tx, Desk& desk, TimePoint now) {
  const auto before = tx.value<TimePoint>(select_audited).value_or(TimePoint{});
  tx.run(upsert_audited, now);
  const auto forgotten = tx.value<std::int64_t>(count_forgotten, std::min(before, now) - grace).value_or(0);
  const auto planless = tx.value<std::int64_t>(count_planless, desk.duty_desk).value_or(0);
  const auto violations = static_cast<std::size_t>(forgotten + planless);
  if (violations == 0) return 0;
  desk.log.alarm("open cases without owner or timer", {{"forgotten", forgotten}, {"without_desk", planless}});
  const std::string last = tx.value<std::string>(select_paged).value_or("");
  const auto last_at = parse_rfc3339(last);
  if (!last_at || now - *last_at >= page_pause) {
    tx.run(upsert_paged, to_rfc3339(now));
    page_desk(
        tx, desk,
        fmt::format("Tong dai: {} vu viec khong co nguoi theo doi. Can kiem tra he thong ngay.", violations),
        now);
  }
  return violations;
}

}  // namespace tongdai::hotline
