#include "directory/duty.hpp"

#include <algorithm>

#include "directory/duty_hours.hpp"
#include "directory/facilities.hpp"

namespace tongdai::directory {
namespace {

// "off" stands before "on".
constexpr std::string_view select_on_duty =
    "SELECT c.phone, c.hours, COALESCE((SELECT s.duty FROM duty_shift s WHERE s.facility_id = c.facility_id "
    "AND "
    "s.phone = c.phone AND s.from_at <= $2 AND s.to_at > $2 ORDER BY s.duty LIMIT 1), '') "
    "FROM facility_contact c WHERE c.facility_id = $1 ORDER BY c.ordinal";
constexpr std::string_view select_people =
    "SELECT phone, hours FROM facility_contact WHERE facility_id = $1 ORDER BY ordinal";
constexpr std::string_view select_shifts_of =
    "SELECT phone, from_at, to_at, duty FROM duty_shift WHERE facility_id = $1 AND to_at > $2 AND from_at <= "
    "$3";
constexpr std::string_view select_shifts =
    "SELECT f.name, s.phone, s.from_at, s.to_at, s.duty FROM duty_shift s JOIN facility f ON f.id = "
    "s.facility_id "
    "WHERE s.to_at > $1 AND s.from_at < $2 AND ($3 = '' OR f.name = $3) ORDER BY s.from_at, f.name, s.phone "
    "LIMIT $4";

struct Person {
  Phone phone;
  DutyHours hours;
  std::vector<Shift> shifts{};

  [[nodiscard]] bool on_duty(TimePoint t, const DutyCalendar& calendar) const {
    bool has_shift = false;
    for (const Shift& s : shifts) {
      if (t < s.from || t >= s.to) continue;
      if (s.duty == "off") return false;
      has_shift = true;
    }
    return has_shift || hours.on_duty(t, calendar);
  }
};

std::vector<Person> people_of(storage::Tx& tx, FacilityId id, TimePoint from, TimePoint to) {
  std::vector<Person> people;
  tx.each(
      select_people,
      [&](const storage::Row& row) {
        auto hours = DutyHours::parse(row.text(1));  // was checked at import
        if (hours) people.push_back({row.get<Phone>(0), std::move(*hours)});
      },
      id);
  tx.each(
      select_shifts_of,
      [&](const storage::Row& row) {
        const auto found = std::ranges::find(people, row.get<Phone>(0), &Person::phone);
        if (found != people.end())
          found->shifts.push_back(
              {"", found->phone, row.get<TimePoint>(1), row.get<TimePoint>(2), row.text(3)});
      },
      id, from, to);
  return people;
}

}  // namespace

std::vector<Phone> contacts_on_duty(storage::Tx& tx, FacilityId id, TimePoint now,
                                    const DutyCalendar& calendar) {
  std::vector<Phone> people;
  tx.each(
      select_on_duty,
      [&](const storage::Row& row) {
        const std::string shift = row.text(2);
        if (shift == "off") return;
        const auto hours = DutyHours::parse(row.text(1));  // was checked at import
        if (shift == "on" || (hours && hours->on_duty(now, calendar))) people.push_back(row.get<Phone>(0));
      },
      id, now);
  return people;
}

std::vector<Shift> list_shifts(storage::Tx& tx, TimePoint from, TimePoint to, std::string_view facility,
                               int limit) {
  return tx.all(
      select_shifts,
      [](const storage::Row& row) {
        return Shift{row.text(0), row.get<Phone>(1), row.get<TimePoint>(2), row.get<TimePoint>(3),
                     row.text(4)};
      },
      from, to, facility, limit);
}

const std::vector<bool>& DutyWatch::of(FacilityId id) {
  const auto [known, fresh] = known_.try_emplace(id, instants_.size(), false);
  if (!fresh || instants_.empty()) return known->second;
  const auto people = people_of(tx_, id, instants_.front(), instants_.back());
  for (std::size_t i = 0; i < instants_.size(); ++i) {
    known->second[i] =
        std::ranges::any_of(people, [&](const Person& p) { return p.on_duty(instants_[i], calendar_); });
  }
  return known->second;
}

std::vector<bool> DutyWatch::of_unit(UnitId unit, std::string_view service) {
  std::vector<bool> served(instants_.size(), false);
  if (instants_.empty()) return served;
  for (const auto& facility : facilities_for(tx_, service, unit, instants_.front())) {
    const auto& own = of(facility.id);
    for (std::size_t i = 0; i < served.size(); ++i) served[i] = served[i] || own[i];
  }
  return served;
}

}  // namespace tongdai::directory
