#include "directory/units.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "directory/csv.hpp"
#include "directory/places.hpp"
#include "directory/unit_names.hpp"
#include "text/fold.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t code_bytes_max = 16;
constexpr std::size_t name_bytes_max = 200;

constexpr std::string_view upsert_unit =
    "INSERT INTO unit (id, code, name, type, parent_code, replaced_by, valid_from, valid_to) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code, valid_from) DO UPDATE SET name = "
    "excluded.name, "
    "type = excluded.type, parent_code = excluded.parent_code, replaced_by = excluded.replaced_by, "
    "valid_to = excluded.valid_to RETURNING id";
constexpr std::string_view delete_names = "DELETE FROM unit_name WHERE unit_id = $1";
constexpr std::string_view insert_name =
    "INSERT INTO unit_name (folded, unit_id, written, bare) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
// A parent and its child stood at the same time; of several, the last that did.
constexpr std::string_view link_parents =
    "UPDATE unit SET parent_id = (SELECT p.id FROM unit p WHERE p.code = unit.parent_code AND p.id <> "
    "unit.id "
    "AND p.valid_from < COALESCE(unit.valid_to, 9223372036854775807) "
    "AND COALESCE(p.valid_to, 9223372036854775807) > unit.valid_from ORDER BY p.valid_from DESC LIMIT 1) "
    "WHERE parent_code <> ''";
// A successor begins when its predecessor ends, or later; a code may pass on to a new unit.
constexpr std::string_view link_successors =
    "UPDATE unit SET successor_id = (SELECT s.id FROM unit s WHERE s.code = unit.replaced_by AND s.id <> "
    "unit.id "
    "AND s.valid_from >= COALESCE(unit.valid_to, 0) ORDER BY s.valid_from LIMIT 1) WHERE replaced_by <> ''";
constexpr std::string_view select_unlinked =
    "SELECT code FROM unit WHERE (parent_code <> '' AND parent_id IS NULL) "
    "OR (replaced_by <> '' AND successor_id IS NULL) ORDER BY code";
#define UNIT_COLUMNS "u.id, u.code, u.name, u.type, u.parent_code, u.valid_from, u.valid_to, u.replaced_by"
constexpr std::string_view select_by_name =
    "SELECT " UNIT_COLUMNS
    " FROM unit u WHERE u.code = $1 "
    "OR u.id IN (SELECT n.unit_id FROM unit_name n WHERE n.folded LIKE $2) "
    "ORDER BY CASE WHEN u.valid_to IS NULL THEN 0 ELSE 1 END, LENGTH(u.name), u.id LIMIT $3";
#undef UNIT_COLUMNS
constexpr std::string_view select_by_code =
    "SELECT id FROM unit WHERE code = $1 ORDER BY CASE WHEN valid_from <= $2 AND (valid_to IS NULL OR "
    "valid_to > $2) "
    "THEN 0 ELSE 1 END, valid_from DESC LIMIT 1";
constexpr std::string_view select_name = "SELECT name FROM unit WHERE id = $1";

enum Column : std::size_t { code, name, type, parent, valid_from, valid_to, replaced_by, aliases };

struct Unit {
  std::string code, name, type, parent, replaced_by;
  std::optional<TimePoint> from, to;
  std::vector<std::string> aliases;
};

/// "2025-07-01" as the first instant of that day in UTC.
Result<std::optional<TimePoint>> day(const std::string& column, const std::string& written,
                                     const std::optional<TimePoint>& fallback) {
  if (written.empty()) return fallback;
  const auto parsed = parse_rfc3339(written + "T00:00:00Z");
  if (!parsed) return fail(Code::invalid, column + ": must be a date such as 2025-07-01");
  return *parsed;
}

Result<Unit> read_unit(const CsvRow& row, const UnitDates& dates) {
  Unit unit{row.fields[code],
            row.fields[name],
            row.fields[type],
            row.fields[parent],
            row.fields[replaced_by],
            {},
            {},
            cut_list(row.fields[aliases])};
  const auto bad = [](std::string_view what) { return fail(Code::invalid, std::string(what)); };
  if (unit.code.empty() || unit.code.size() > code_bytes_max)
    return bad("code: must have 1 to 16 characters");
  if (unit.name.empty() || unit.name.size() > name_bytes_max) return bad("name: must have 1 to 200 bytes");
  if (unit.type.empty()) return bad("type: is missing, such as Xã, Phường, Huyện");
  const auto from = day("valid_from", row.fields[valid_from], dates.valid_from);
  if (!from) return std::unexpected(from.error());
  const auto to = day("valid_to", row.fields[valid_to], dates.valid_to);
  if (!to) return std::unexpected(to.error());
  if (*from && *to && **to <= **from) return bad("valid_to: must be after valid_from");
  unit.from = *from;
  unit.to = *to;
  return unit;
}

/// True if it is new.
bool store(storage::Tx& tx, IdSource& ids, const Unit& unit) {
  const UnitId fresh = ids.next<UnitTag>();
  const std::int64_t from = unit.from ? to_unix_ms(*unit.from) : 0;
  const UnitId id{*tx.value<std::int64_t>(upsert_unit, fresh, unit.code, unit.name, unit.type, unit.parent,
                                          unit.replaced_by, from, unit.to)};
  tx.run(delete_names, id);
  for (const SpokenName& spoken : spoken_names(unit.name, unit.type, unit.aliases)) {
    tx.run(insert_name, spoken.folded, id, spoken.written, spoken.bare);
  }
  return id == fresh;
}

}  // namespace

Result<ImportReport> import_units(storage::Tx& tx, IdSource& ids, std::istream& csv, TimePoint now,
                                  const UnitDates& dates) {
  CsvReader reader(csv);
  if (auto header = reader.read_header(
          {{"code", "name", "type", "parent"}, {"valid_from", "valid_to", "replaced_by", "aliases"}});
      !header) {
    return std::unexpected(header.error());
  }
  ImportReport report;
  while (const auto row = reader.next()) {
    if (!row->fault.empty()) {
      report.reject(row->line, row->fault);
    } else if (const auto unit = read_unit(*row, dates); !unit) {
      report.reject(row->line, unit.error().what);
    } else {
      ++(store(tx, ids, *unit) ? report.imported : report.updated);
    }
  }
  tx.run(link_parents);
  tx.run(link_successors);
  tx.each(select_unlinked, [&](const storage::Row& row) {
    report.remark(row.text(0) + ": its parent or its successor is not known (yet)");
  });
  places_changed(tx, now);
  tx.changed("unit", to_unix_ms(now));
  return report;
}

std::vector<UnitView> find_units(storage::Tx& tx, std::string_view text, int limit) {
  const std::string folded = text::fold(text);
  const std::string pattern = folded.empty() ? std::string() : '%' + folded + '%';
  return tx.all(
      select_by_name,
      [](const storage::Row& row) {
        UnitView unit;
        unit.id = row.get<UnitId>(0);
        unit.code = row.text(1);
        unit.name = row.text(2);
        unit.type = row.text(3);
        unit.parent = row.text(4);
        if (row.integer(5) != 0) unit.valid_from = row.get<TimePoint>(5);
        unit.valid_to = row.get<std::optional<TimePoint>>(6);
        unit.replaced_by = row.text(7);
        return unit;
      },
      text, pattern, limit);
}

std::optional<UnitId> unit_by_code(storage::Tx& tx, std::string_view code_text, TimePoint now) {
  return tx.value<UnitId>(select_by_code, code_text, now);
}

std::string unit_name(storage::Tx& tx, UnitId id) {
  return tx.value<std::string>(select_name, id).value_or("");
}

}  // namespace tongdai::directory
