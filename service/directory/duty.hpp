#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/reader.hpp"
#include "core/ids.hpp"
#include "core/phone.hpp"
#include "directory/duty_calendar.hpp"
#include "directory/import_report.hpp"
#include "storage/tx.hpp"
#include "text/numbering_plan.hpp"

/// Who is on duty when: the hours of a week, and the shifts of a rota over them. A shift "off" of a person
/// beats a shift "on", which beats their hours.
namespace tongdai::directory {

/// Its people on duty at `now`, in the order they are alerted. Any transaction.
[[nodiscard]] std::vector<Phone> contacts_on_duty(storage::Tx& tx, FacilityId id, TimePoint now,
                                                  const DutyCalendar& calendar);

/// Reads `facility,phone,from,to[,duty]`: local times such as 2026-11-25 07:00, duty on (else) or off, or
/// remove, which takes a shift back that begins then. A row whose facility, phone and beginning are known
/// replaces that shift; the person must be one of the facility's. Bad rows are reported and left out. Errors:
/// invalid (no header, not UTF-8). Writer thread.
[[nodiscard]] Result<ImportReport> import_duty(storage::Tx& tx, std::istream& csv,
                                               const text::NumberingPlan& plan, const text::TimeZone& zone);

/// A shift as people write it: the fields of a row.
struct WrittenShift {
  Phone phone;
  std::string from, to;
  std::string duty;  ///< on, off; "" for on
};
/// The rota of a facility for a span, such as a week: these shifts in place of all that begin in it, by the
/// rules of the file. Faults, each with its place: nothing is changed then. Error: not_found. Writer thread.
[[nodiscard]] Result<void> set_shifts(storage::Tx& tx, std::string_view facility, const std::string& from,
                                      const std::string& to, const std::vector<WrittenShift>& shifts,
                                      const text::NumberingPlan& plan, const text::TimeZone& zone,
                                      config::Faults& faults);

struct Shift {
  std::string facility;
  Phone phone;
  TimePoint from{}, to{};
  std::string duty;  ///< on, off
};
/// Shifts that end behind `from` and begin before `to`, by their beginning; of one facility, or of all ("").
/// Any transaction.
[[nodiscard]] std::vector<Shift> list_shifts(storage::Tx& tx, TimePoint from, TimePoint to,
                                             std::string_view facility, int limit);

/// At which of some instants facilities have somebody on duty; each is read once. For long questions: holds
/// the transaction.
class DutyWatch {
 public:
  /// The instants in rising order.
  DutyWatch(storage::Tx& tx, std::vector<TimePoint> instants, const DutyCalendar& calendar)
      : tx_(tx), instants_(std::move(instants)), calendar_(calendar) {}

  /// One flag an instant: is somebody of it on duty?
  [[nodiscard]] const std::vector<bool>& of(FacilityId id);
  /// Is somebody of any facility on duty that offers `service` ("" for any) to the unit?
  [[nodiscard]] std::vector<bool> of_unit(UnitId unit, std::string_view service);
  [[nodiscard]] const std::vector<TimePoint>& instants() const noexcept { return instants_; }

 private:
  storage::Tx& tx_;
  std::vector<TimePoint> instants_;
  DutyCalendar calendar_;
  std::unordered_map<FacilityId, std::vector<bool>> known_;
};

}  // namespace tongdai::directory
