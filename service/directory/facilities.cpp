#include "directory/facilities.hpp"

#include "directory/csv.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view desk_name = "Bàn trực";
constexpr std::string_view desk_type = "duty_desk";
constexpr std::string_view always = "24/7";

constexpr std::string_view select_facilities =
    "SELECT id, name, type, weight, languages FROM facility WHERE type <> 'duty_desk' ORDER BY name";
constexpr std::string_view select_services =
    "SELECT service FROM facility_service WHERE facility_id = $1 ORDER BY service";
constexpr std::string_view select_units =
    "SELECT u.code FROM facility_unit f JOIN unit u ON u.id = f.unit_id WHERE f.facility_id = $1 ORDER BY "
    "u.code";
constexpr std::string_view select_contacts =
    "SELECT phone, hours FROM facility_contact WHERE facility_id = $1 ORDER BY ordinal";
// The unit and all above it, by distance; who serves any of them serves the unit. From the day of its end an
// old unit is served by who serves its successor, and who served it serves that.
constexpr std::string_view select_near =
    "WITH RECURSIVE area (id, distance) AS ("
    "  SELECT CASE WHEN valid_to <= $3 THEN COALESCE(successor_id, id) ELSE id END, 0 FROM unit WHERE id = "
    "$1 "
    "  UNION SELECT u.parent_id, a.distance + 1 FROM unit u JOIN area a ON u.id = a.id WHERE u.parent_id IS "
    "NOT NULL) "
    "SELECT f.id, MIN(a.distance), f.weight, f.languages FROM area a JOIN facility_unit s ON s.unit_id = "
    "a.id OR s.unit_id IN "
    "(SELECT p.id FROM unit p WHERE p.successor_id = a.id AND p.valid_to <= $3) "
    "JOIN facility f ON f.id = s.facility_id WHERE f.type <> 'duty_desk' AND ($2 = '' OR EXISTS "
    "(SELECT 1 FROM facility_service o WHERE o.facility_id = f.id AND o.service = $2)) "
    "GROUP BY f.id ORDER BY MIN(a.distance), f.id";
constexpr std::string_view select_by_phone =
    "SELECT facility_id FROM facility_contact WHERE phone = $1 ORDER BY facility_id";
// Standing units without units below them that neither they nor anything above them is served for.
constexpr std::string_view select_unserved =
    "WITH RECURSIVE served (id) AS ("
    "  SELECT s.unit_id FROM facility_unit s JOIN facility_contact c ON c.facility_id = s.facility_id "
    "  UNION SELECT u.id FROM unit u JOIN served a ON u.parent_id = a.id) "
    "SELECT u.name FROM unit u WHERE (u.valid_to IS NULL OR u.valid_to > $1) AND u.valid_from <= $1 "
    "AND NOT EXISTS (SELECT 1 FROM unit p WHERE p.parent_id = u.id AND (p.valid_to IS NULL OR p.valid_to > "
    "$1)) "
    "AND u.id NOT IN (SELECT id FROM served) ORDER BY u.name";
constexpr std::string_view upsert_desk =
    "INSERT INTO facility (id, name, type, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) "
    "ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at RETURNING id";
constexpr std::string_view delete_contacts = "DELETE FROM facility_contact WHERE facility_id = $1";
constexpr std::string_view insert_contact =
    "INSERT INTO facility_contact (facility_id, ordinal, phone, hours) VALUES ($1, $2, $3, $4) ON CONFLICT "
    "DO NOTHING";

}  // namespace

std::vector<FacilityView> list_facilities(storage::Tx& tx) {
  auto facilities = tx.all(select_facilities, [](const storage::Row& row) {
    FacilityView f;
    f.id = row.get<FacilityId>(0);
    f.name = row.text(1);
    f.type = row.text(2);
    f.weight = row.get<int>(3);
    f.languages = cut_list(row.text(4));
    return f;
  });
  const auto first_text = [](const storage::Row& row) { return row.text(0); };
  for (FacilityView& f : facilities) {
    f.services = tx.all(select_services, first_text, f.id);
    f.units = tx.all(select_units, first_text, f.id);
    f.contacts = tx.all(
        select_contacts,
        [](const storage::Row& row) { return FacilityPerson{row.get<Phone>(0), row.text(1)}; }, f.id);
    f.beds = beds_of(tx, f.id, TimePoint{});
  }
  return facilities;
}

std::vector<FacilityNear> facilities_for(storage::Tx& tx, std::string_view service, UnitId unit,
                                         TimePoint now) {
  return tx.all(
      select_near,
      [](const storage::Row& row) {
        return FacilityNear{row.get<FacilityId>(0), row.get<int>(1), row.get<int>(2), cut_list(row.text(3))};
      },
      unit, service, now);
}

std::vector<FacilityId> facilities_by_phone(storage::Tx& tx, const Phone& phone) {
  return tx.all(select_by_phone, [](const storage::Row& row) { return row.get<FacilityId>(0); }, phone);
}

std::vector<std::string> units_without_duty(storage::Tx& tx, TimePoint now) {
  return tx.all(select_unserved, [](const storage::Row& row) { return row.text(0); }, now);
}

FacilityId ensure_duty_desk(storage::Tx& tx, IdSource& ids, const std::vector<Phone>& people, TimePoint now) {
  const auto id = *tx.value<FacilityId>(upsert_desk, ids.next<FacilityTag>(), desk_name, desk_type, now);
  tx.run(delete_contacts, id);
  int ordinal = 0;
  for (const Phone& phone : people) tx.run(insert_contact, id, ++ordinal, phone, always);
  return id;
}

}  // namespace tongdai::directory
