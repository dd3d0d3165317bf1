#include "hotline/alert_cap.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::int64_t window = 60;  // minutes

constexpr std::string_view select_alerted =
    "SELECT 1 FROM referral WHERE case_id = $1 AND track = $2 AND alerted_at IS NOT NULL LIMIT 1";
constexpr std::string_view sum_since =
    "SELECT COALESCE(SUM(n), 0) FROM alert_count WHERE facility_id = $1 AND minute > $2";
constexpr std::string_view count_one =
    "INSERT INTO alert_count (facility_id, minute, n) VALUES ($1, $2, 1) ON CONFLICT (facility_id, minute) "
    "DO "
    "UPDATE SET n = alert_count.n + 1";
constexpr std::string_view delete_before = "DELETE FROM alert_count WHERE facility_id = $1 AND minute <= $2";

std::int64_t minute_of(TimePoint t) {
  return std::chrono::floor<std::chrono::minutes>(t).time_since_epoch().count();
}

}  // namespace

bool may_alert(storage::Tx& tx, const Desk& desk, const Case& c, FacilityId facility, TimePoint now) {
  return !tx.value<int>(select_alerted, c.id, c.track) || has_room(tx, desk, facility, now);
}

bool has_room(storage::Tx& tx, const Desk& desk, FacilityId facility, TimePoint now) {
  const int most = facility == desk.duty_desk ? desk.settings.pages_per_hour : desk.settings.alerts_per_hour;
  return tx.value<int>(sum_since, facility, minute_of(now) - window).value_or(0) < most;
}

void count_alert(storage::Tx& tx, FacilityId facility, TimePoint now) {
  tx.run(delete_before, facility, minute_of(now) - window);
  tx.run(count_one, facility, minute_of(now));
}

}  // namespace tongdai::hotline
