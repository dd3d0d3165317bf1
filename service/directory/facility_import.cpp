#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "directory/csv.hpp"
#include "directory/duty_hours.hpp"
#include "directory/facilities.hpp"
#include "directory/units.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t word_bytes_max = 64;

constexpr std::string_view select_type = "SELECT type FROM facility WHERE name = $1";
constexpr std::string_view upsert_facility =
    "INSERT INTO facility (id, name, type, weight, languages, created_at, updated_at) VALUES ($1, $2, $3, "
    "$5, $6, "
    "$4, $4) ON CONFLICT (name) DO UPDATE SET type = excluded.type, weight = excluded.weight, languages = "
    "excluded.languages, updated_at = excluded.updated_at RETURNING id";
constexpr std::string_view delete_services = "DELETE FROM facility_service WHERE facility_id = $1";
constexpr std::string_view delete_units = "DELETE FROM facility_unit WHERE facility_id = $1";
constexpr std::string_view delete_contacts = "DELETE FROM facility_contact WHERE facility_id = $1";
constexpr std::string_view insert_service =
    "INSERT INTO facility_service (facility_id, service) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view insert_unit =
    "INSERT INTO facility_unit (facility_id, unit_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr std::string_view insert_contact =
    "INSERT INTO facility_contact (facility_id, ordinal, phone, hours) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (facility_id, phone) DO UPDATE SET hours = facility_contact.hours || ';' || excluded.hours";

enum Column : std::size_t { name, type, services, units, phone, hours, weight, languages };

constexpr int usual_weight = 50, weight_max = 100;

struct Facility {
  std::string name, type, hours;
  std::vector<std::string> services;
  std::vector<UnitId> units;
  Phone phone;
  int weight = usual_weight;
  std::string languages;
};

/// A name that configurations and files compare with: "child_protection".
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= word_bytes_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<Phone> read_phone(const text::NumberingPlan& plan, const std::string& written) {
  const auto parsed = plan.parse(written);
  if (!parsed) return fail(Code::invalid, "phone: " + parsed.error().what);
  if (parsed->type != text::NumberType::mobile) {
    return fail(Code::invalid, fmt::format("phone: must be a mobile number that gets texts, this is a {}",
                                           name_of(parsed->type)));
  }
  return parsed->phone;
}

Result<int> read_weight(const std::string& written) {
  if (written.empty()) return usual_weight;
  const auto number = written == "0" ? Result<std::int64_t>(0) : parse_id(written);
  if (number && *number <= weight_max) return static_cast<int>(*number);
  return fail(Code::invalid, "weight: must be between 0 and 100; 50 is usual");
}

Result<Facility> read_facility(storage::Tx& tx, const CsvRow& row, const text::NumberingPlan& plan,
                               TimePoint now) {
  Facility f{row.fields[name],
             row.fields[type],
             row.fields[hours],
             cut_list(row.fields[services]),
             {},
             {},
             usual_weight,
             {}};
  if (f.name.empty() || f.name.size() > name_bytes_max)
    return fail(Code::invalid, "name: must have 1 to 200 bytes");
  if (!is_word(f.type))
    return fail(Code::invalid, "type: must be a word such as clinic, police_post, shelter");
  if (f.type == "duty_desk" || tx.value<std::string>(select_type, f.name) == "duty_desk") {
    return fail(Code::invalid, "type: the duty desk is set in the configuration ([hotline] duty), not here");
  }
  if (f.services.empty())
    return fail(Code::invalid, "services: must name one at least, such as medical;counselling");
  if (!std::ranges::all_of(f.services, is_word)) {
    return fail(Code::invalid, "services: must be words such as medical;counselling, separated by ';'");
  }
  for (const std::string& code : cut_list(row.fields[units])) {
    const auto unit = unit_by_code(tx, code, now);
    if (!unit)
      return fail(Code::invalid, fmt::format("units: no unit has the code {}; import the units first", code));
    f.units.push_back(*unit);
  }
  if (f.units.empty()) return fail(Code::invalid, "units: must name one at least, by code, separated by ';'");
  auto parsed = read_phone(plan, row.fields[phone]);
  if (!parsed) return std::unexpected(parsed.error());
  f.phone = *parsed;
  if (f.hours.empty()) f.hours = "24/7";
  if (const auto duty = DutyHours::parse(f.hours); !duty)
    return fail(Code::invalid, "hours: " + duty.error().what);
  const auto heavy = read_weight(row.fields[weight]);
  if (!heavy) return std::unexpected(heavy.error());
  f.weight = *heavy;
  for (const std::string& language : cut_list(row.fields[languages])) {
    if (!is_word(language))
      return fail(Code::invalid, "languages: must be codes such as vi;hmn, separated by ';'");
    f.languages += (f.languages.empty() ? "" : ";") + language;
  }
  return f;
}

/// The facilities that a file spoke of so far, and how many of their people.
struct Seen {
  FacilityId id;
  int contacts = 0;
};
using SeenByName = std::map<std::string, Seen>;

Seen& begin_facility(storage::Tx& tx, IdSource& ids, SeenByName& seen, const Facility& f,
                     ImportReport& report, TimePoint now) {
  const auto known = seen.find(f.name);
  if (known != seen.end()) return known->second;
  const auto fresh = ids.next<FacilityTag>();
  const auto id = *tx.value<FacilityId>(upsert_facility, fresh, f.name, f.type, now, f.weight, f.languages);
  ++(id == fresh ? report.imported : report.updated);
  tx.run(delete_services, id);
  tx.run(delete_units, id);
  tx.run(delete_contacts, id);
  return seen.emplace(f.name, Seen{id}).first->second;
}

void store(storage::Tx& tx, IdSource& ids, SeenByName& seen, const Facility& f, ImportReport& report,
           TimePoint now) {
  Seen& known = begin_facility(tx, ids, seen, f, report, now);
  for (const std::string& service : f.services) tx.run(insert_service, known.id, service);
  for (const UnitId unit : f.units) tx.run(insert_unit, known.id, unit);
  tx.run(insert_contact, known.id, ++known.contacts, f.phone, f.hours);
}

std::string list_of(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ";"));
}

/// What is wrong is told with its column: of a person, behind whose it is.
config::Fault fault_of(const Error& error, std::size_t person) {
  const std::size_t colon = error.what.find(": ");
  const std::string column = error.what.substr(0, colon);
  const bool is_theirs = column == "phone" || column == "hours";
  return {is_theirs ? fmt::format("contacts[{}].{}", person, column) : column, 0,
          error.what.substr(colon + 2)};
}

}  // namespace

void put_facility(storage::Tx& tx, IdSource& ids, const FacilityView& facility,
                  const text::NumberingPlan& plan, TimePoint now, config::Faults& faults) {
  if (facility.contacts.empty()) faults.push_back({"contacts", 0, "must be one person at least"});
  std::vector<Facility> rows;
  for (std::size_t i = 0; i < facility.contacts.size() && faults.empty(); ++i) {
    const FacilityPerson& person = facility.contacts[i];
    const CsvRow row{
        0,
        {facility.name, facility.type, list_of(facility.services), list_of(facility.units),
         person.phone.reveal(), person.hours, std::to_string(facility.weight), list_of(facility.languages)},
        ""};
    auto read = read_facility(tx, row, plan, now);
    if (read) {
      rows.push_back(std::move(*read));
    } else {
      faults.push_back(fault_of(read.error(), i));
    }
  }
  if (!faults.empty()) return;
  ImportReport report;
  SeenByName seen;
  for (const Facility& row : rows) store(tx, ids, seen, row, report, now);
  for (const auto& [name, stored] : seen) tx.changed("facility", stored.id.value);
}

Result<ImportReport> import_facilities(storage::Tx& tx, IdSource& ids, std::istream& csv,
                                       const text::NumberingPlan& plan, TimePoint now) {
  CsvReader reader(csv);
  if (auto header = reader.read_header(
          {{"name", "type", "services", "units", "phone"}, {"hours", "weight", "languages"}});
      !header) {
    return std::unexpected(header.error());
  }
  ImportReport report;
  SeenByName seen;
  while (const auto row = reader.next()) {
    if (!row->fault.empty()) {
      report.reject(row->line, row->fault);
      continue;
    }
    const auto facility = read_facility(tx, *row, plan, now);
    if (!facility) {
      report.reject(row->line, facility.error().what);
      continue;
    }
    store(tx, ids, seen, *facility, report, now);
  }
  for (const auto& [facility_name, facility] : seen) tx.changed("facility", facility.id.value);
  return report;
}

}  // namespace tongdai::directory
