#include "directory/capacity.hpp"

#include <algorithm>

namespace tongdai::directory {
namespace {

constexpr std::string_view upsert_beds =
    "INSERT INTO facility_beds (facility_id, free, told_at) VALUES ($1, $2, $3) ON CONFLICT (facility_id) DO "
    "UPDATE SET free = excluded.free, told_at = excluded.told_at WHERE excluded.told_at >= "
    "facility_beds.told_at";
constexpr std::string_view select_beds =
    "SELECT free, told_at FROM facility_beds WHERE facility_id = $1 AND told_at >= $2";
constexpr std::string_view select_offers =
    "SELECT 1 FROM facility_service WHERE facility_id = $1 AND service = $2";

}  // namespace

void set_beds(storage::Tx& tx, FacilityId id, int free, TimePoint told_at) {
  tx.run(upsert_beds, id, free, told_at);
  tx.changed("facility", id.value);
}

std::optional<Beds> beds_of(storage::Tx& tx, FacilityId id, TimePoint since) {
  return tx.first(
      select_beds, [](const storage::Row& row) { return Beds{row.get<int>(0), row.get<TimePoint>(1)}; }, id,
      since);
}

std::vector<FacilityId> facilities_with_beds(storage::Tx& tx, const std::vector<FacilityId>& among,
                                             const std::vector<std::string>& bed_services) {
  std::vector<FacilityId> all;
  std::ranges::copy_if(among, std::back_inserter(all), [&](FacilityId id) {
    return std::ranges::any_of(bed_services, [&](const std::string& service) {
      return tx.value<int>(select_offers, id, service).has_value();
    });
  });
  return all;
}

}  // namespace tongdai::directory
