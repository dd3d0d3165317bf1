#include <fmt/format.h>

#include "directory/csv.hpp"
#include "directory/duty.hpp"
#include "text/holidays.hpp"
#include "text/windows.hpp"

namespace tongdai::directory {
namespace {

constexpr std::chrono::days shift_max{31};  // a longer one is a mistake of the year

constexpr std::string_view select_facility = "SELECT id FROM facility WHERE name = $1";
constexpr std::string_view select_contact =
    "SELECT 1 FROM facility_contact WHERE facility_id = $1 AND phone = $2";
constexpr std::string_view select_shift =
    "SELECT 1 FROM duty_shift WHERE facility_id = $1 AND phone = $2 AND from_at = $3";
constexpr std::string_view upsert_shift =
    "INSERT INTO duty_shift (facility_id, phone, from_at, to_at, duty) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (facility_id, phone, from_at) DO UPDATE SET to_at = excluded.to_at, duty = excluded.duty";
constexpr std::string_view delete_shift =
    "DELETE FROM duty_shift WHERE facility_id = $1 AND phone = $2 AND from_at = $3";

constexpr std::string_view delete_span =
    "DELETE FROM duty_shift WHERE facility_id = $1 AND from_at >= $2 AND from_at < $3";

enum Column : std::size_t { facility, phone, from, to, duty };

struct Entry {
  FacilityId facility;
  Phone phone;
  TimePoint from{}, to{};
  std::string duty;
};

/// "2026-11-25 07:00" by the zone's clocks ("24:00" ends a day), or a time of RFC 3339.
Result<TimePoint> read_time(std::string_view column, const std::string& written, const text::TimeZone& zone) {
  constexpr std::size_t date_chars = 10;
  if (const auto exact = parse_rfc3339(written)) return *exact;
  const auto date = text::parse_date(std::string_view(written).substr(0, date_chars));
  const bool shaped =
      written.size() > date_chars && (written[date_chars] == ' ' || written[date_chars] == 'T');
  const auto minute =
      shaped ? text::minute_of_day(std::string_view(written).substr(date_chars + 1)) : std::nullopt;
  if (date && minute) return zone.next_at(text::begin_of(*date, zone), *minute);
  return fail(Code::invalid, fmt::format("{}: must be a local time such as 2026-11-25 07:00", column));
}

Result<Entry> read_entry(storage::Tx& tx, const CsvRow& row, const text::NumberingPlan& plan,
                         const text::TimeZone& zone) {
  Entry e;
  const auto id = tx.value<FacilityId>(select_facility, row.fields[facility]);
  if (!id) return fail(Code::invalid, "facility: there is no facility of this name; import facilities first");
  e.facility = *id;
  const auto number = plan.parse(row.fields[phone]);
  if (!number) return fail(Code::invalid, "phone: " + number.error().what);
  e.phone = number->phone;
  if (!tx.value<int>(select_contact, e.facility, e.phone)) {
    return fail(
        Code::invalid,
        "phone: must be one of the facility's people; whoever has no hours of a week has hours \"rota\"");
  }
  const auto begin = read_time("from", row.fields[from], zone);
  if (!begin) return std::unexpected(begin.error());
  e.from = *begin;
  e.duty = row.fields[duty].empty() ? "on" : row.fields[duty];
  if (e.duty == "remove") return e;
  if (e.duty != "on" && e.duty != "off") return fail(Code::invalid, "duty: must be on, off or remove");
  const auto end = read_time("to", row.fields[to], zone);
  if (!end) return std::unexpected(end.error());
  if (*end <= e.from || *end - e.from > shift_max)
    return fail(Code::invalid, "to: must be behind from, and at most 31 days");
  e.to = *end;
  return e;
}

void store(storage::Tx& tx, const Entry& e, ImportReport& report) {
  const bool known = tx.value<int>(select_shift, e.facility, e.phone, e.from).has_value();
  ++(known ? report.updated : report.imported);
  if (e.duty == "remove") {
    tx.run(delete_shift, e.facility, e.phone, e.from);
  } else {
    tx.run(upsert_shift, e.facility, e.phone, e.from, e.to, e.duty);
  }
  tx.changed("facility", e.facility.value);
}

/// "phone: must be ..." of the shift `i`.
config::Fault fault_of(const Error& error, std::size_t i) {
  const std::size_t colon = error.what.find(": ");
  return {fmt::format("shifts[{}].{}", i, error.what.substr(0, colon)), 0, error.what.substr(colon + 2)};
}

struct Span {
  TimePoint from{}, to{};
};

std::optional<Span> read_span(const std::string& from, const std::string& to, const text::TimeZone& zone,
                              config::Faults& faults) {
  const auto begin = read_time("from", from, zone), end = read_time("to", to, zone);
  if (!begin) faults.push_back({"from", 0, begin.error().what.substr(std::string_view("from: ").size())});
  if (!end) faults.push_back({"to", 0, end.error().what.substr(std::string_view("to: ").size())});
  if (!begin || !end) return std::nullopt;
  if (*end > *begin && *end - *begin <= shift_max) return Span{*begin, *end};
  faults.push_back({"to", 0, "must be behind from, and at most 31 days"});
  return std::nullopt;
}

}  // namespace

Result<void> set_shifts(storage::Tx& tx, std::string_view facility, const std::string& from,
                        const std::string& to, const std::vector<WrittenShift>& shifts,
                        const text::NumberingPlan& plan, const text::TimeZone& zone, config::Faults& faults) {
  const auto id = tx.value<FacilityId>(select_facility, facility);
  if (!id) return fail(Code::not_found, "there is no facility of this name");
  const auto span = read_span(from, to, zone, faults);
  if (!span) return {};
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    const WrittenShift& s = shifts[i];
    const CsvRow row{0, {std::string(facility), s.phone.reveal(), s.from, s.to, s.duty}, ""};
    const auto entry = read_entry(tx, row, plan, zone);
    if (!entry) {
      faults.push_back(fault_of(entry.error(), i));
    } else if (entry->duty == "remove") {
      faults.push_back(
          {fmt::format("shifts[{}].duty", i), 0, "must be on or off: leave a shift out to end it"});
    } else if (entry->from < span->from || entry->from >= span->to) {
      faults.push_back({fmt::format("shifts[{}].from", i), 0, "must lie within from and to"});
    } else {
      entries.push_back(*entry);
    }
  }
  if (!faults.empty()) return {};
  tx.run(delete_span, *id, span->from, span->to);
  ImportReport report;
  for (const Entry& entry : entries) store(tx, entry, report);
  tx.changed("facility", id->value);
  return {};
}

Result<ImportReport> import_duty(storage::Tx& tx, std::istream& csv, const text::NumberingPlan& plan,
                                 const text::TimeZone& zone) {
  CsvReader reader(csv);
  if (auto header = reader.read_header({{"facility", "phone", "from", "to"}, {"duty"}}); !header)
    return std::unexpected(header.error());
  ImportReport report;
  while (const auto row = reader.next()) {
    if (!row->fault.empty()) {
      report.reject(row->line, row->fault);
    } else if (const auto entry = read_entry(tx, *row, plan, zone)) {
      store(tx, *entry, report);
    } else {
      report.reject(row->line, entry.error().what);
    }
  }
  return report;
}

}  // namespace tongdai::directory
