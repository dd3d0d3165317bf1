#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "core/ids.hpp"
#include "core/phone.hpp"
#include "directory/capacity.hpp"
#include "directory/duty.hpp"
#include "directory/import_report.hpp"
#include "storage/tx.hpp"
#include "text/numbering_plan.hpp"

/// Who supports, and where. Who is on duty: duty.hpp.
namespace tongdai::directory {

struct FacilityPerson {
  Phone phone;
  std::string hours;
};

struct FacilityView {
  FacilityId id;
  std::string name;
  std::string type;
  std::vector<std::string> services;
  std::vector<std::string> units;  ///< codes
  std::vector<FacilityPerson> contacts;
  std::optional<Beds> beds{};  ///< as last told, however old
  int weight = 50;
  std::vector<std::string> languages{};
};

/// Reads `name,type,services,units,phone[,hours,weight,languages]`; further rows of a name add contacts. A
/// facility in the file is replaced whole by what the file says of it; others stay. Bad rows are reported and
/// left out. Errors: invalid (no header, not UTF-8). Writer thread.
[[nodiscard]] Result<ImportReport> import_facilities(storage::Tx& tx, IdSource& ids, std::istream& csv,
                                                     const text::NumberingPlan& plan, TimePoint now);

/// One facility by its name, new or in place of what stood for it, by the rules of the file; `id` and `beds`
/// are not read. Faults, each with its place: nothing is stored then. Writer thread.
void put_facility(storage::Tx& tx, IdSource& ids, const FacilityView& facility,
                  const text::NumberingPlan& plan, TimePoint now, config::Faults& faults);

/// All but the duty desk, by name. Any transaction.
[[nodiscard]] std::vector<FacilityView> list_facilities(storage::Tx& tx);

struct FacilityNear {
  FacilityId id;
  int distance =
      0;  ///< levels between `unit` and the unit it serves: 0 serves it by name, 1 the unit above...
  int weight = 50;                       ///< 0..100: the administrator's own preference
  std::vector<std::string> languages{};  ///< that its people speak
};
/// Facilities that offer `service` ("" for any) to `unit`: nearest first, then by id. Never the duty desk.
/// What became of units is as at `now`: before a reform's day the old units and who serves them are left
/// alone.
[[nodiscard]] std::vector<FacilityNear> facilities_for(storage::Tx& tx, std::string_view service, UnitId unit,
                                                       TimePoint now);

[[nodiscard]] std::vector<FacilityId> facilities_by_phone(storage::Tx& tx, const Phone& phone);

/// Names of the standing units, those without units below them, that no facility with people serves: the desk
/// is told before a report comes. Any transaction.
[[nodiscard]] std::vector<std::string> units_without_duty(storage::Tx& tx, TimePoint now);

/// Keeps the duty desk ("Bàn trực") at exactly these people, around the clock. Writer thread.
FacilityId ensure_duty_desk(storage::Tx& tx, IdSource& ids, const std::vector<Phone>& people, TimePoint now);

}  // namespace tongdai::directory
