#include "directory/place_import.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "directory/csv.hpp"
#include "directory/places.hpp"
#include "directory/unit_names.hpp"
#include "directory/units.hpp"
#include "text/fold.hpp"
#include "text/phrase_book.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t aliases_max = 50;

constexpr std::string_view select_standing =
    "SELECT 1 FROM unit WHERE code = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)";
constexpr std::string_view select_named =
    "SELECT DISTINCT u.code FROM unit_name n JOIN unit u ON u.id = n.unit_id WHERE n.folded = $1 "
    "AND u.valid_from <= $2 AND (u.valid_to IS NULL OR u.valid_to > $2) ORDER BY u.code";
constexpr std::string_view upsert_place =
    "INSERT INTO place (id, name, type, folded, unit_id) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (folded, unit_id) DO UPDATE SET name = excluded.name, type = excluded.type RETURNING id";
constexpr std::string_view delete_names = "DELETE FROM place_name WHERE place_id = $1";
constexpr std::string_view insert_name =
    "INSERT INTO place_name (place_id, written, unit_id, bare) VALUES ($1, $2, $3, $4) ON CONFLICT DO "
    "NOTHING";
constexpr std::string_view select_places =
    "SELECT p.name, p.type, u.code, u.name FROM place p JOIN unit u ON u.id = p.unit_id WHERE p.folded LIKE "
    "$1 "
    "ORDER BY p.folded, u.code LIMIT $2";

enum Column : std::size_t { name, type, unit, aliases };

struct Place {
  std::string name, type;
  UnitId unit;
  std::vector<std::string> aliases;
};

bool can_be_found(const std::string& written) {
  const auto words = text::tokens(written, text::PhraseBook::phrase_words_max + 1);
  return !words.empty() && words.size() <= text::PhraseBook::phrase_words_max;
}

/// By its code, or by a name that only one has.
Result<UnitId> unit_of(storage::Tx& tx, const std::string& written, TimePoint now) {
  const auto bad = [](std::string what) { return fail(Code::invalid, std::move(what)); };
  if (written.empty()) return bad("unit: is missing: the code or the name of the unit it lies in");
  if (tx.value<int>(select_standing, written, now)) return *unit_by_code(tx, written, now);
  const auto codes =
      tx.all(select_named, [](const storage::Row& row) { return row.text(0); }, text::fold(written), now);
  if (codes.empty()) return bad("unit: must be the code or the name of a unit that stands; this is of none");
  if (codes.size() > 1) {
    return bad(fmt::format("unit: this name is of {} units, give the code: {}", codes.size(),
                           fmt::join(codes, ", ")));
  }
  return *unit_by_code(tx, codes.front(), now);
}

Result<Place> read_place(storage::Tx& tx, const CsvRow& row, TimePoint now) {
  Place place{row.fields[name], row.fields[type], {}, cut_list(row.fields[aliases])};
  const auto bad = [](std::string what) { return fail(Code::invalid, std::move(what)); };
  if (place.name.empty() || place.name.size() > name_bytes_max) return bad("name: must have 1 to 200 bytes");
  if (place.type.empty() || place.type.size() > name_bytes_max)
    return bad("type: is missing, such as Bản, Thôn, Chợ, Trường");
  if (place.aliases.size() > aliases_max) return bad("aliases: must be at most 50");
  if (!can_be_found(place.type + ' ' + std::string(without_type(place.name, place.type))))
    return bad("name: must have 1 to 8 words, its type counted");
  for (const std::string& alias : place.aliases) {
    if (!can_be_found(alias)) return bad("aliases: each must have 1 to 8 words");
  }
  const auto where = unit_of(tx, row.fields[unit], now);
  if (!where) return std::unexpected(where.error());
  place.unit = *where;
  return place;
}

/// True if it is new.
bool store(storage::Tx& tx, IdSource& ids, const Place& place) {
  using PlaceId = Id<struct PlaceTag>;
  const auto fresh = ids.next<struct PlaceTag>();
  const std::string full = place.type + ' ' + std::string(without_type(place.name, place.type));
  const PlaceId id{
      *tx.value<std::int64_t>(upsert_place, fresh, full, place.type, text::fold(full), place.unit)};
  tx.run(delete_names, id);
  for (const SpokenName& spoken : spoken_names(place.name, place.type, {})) {
    tx.run(insert_name, id, spoken.written, place.unit, spoken.bare);
  }
  // What people call it is taken at its word: "bv tinh" needs no type before it.
  for (const std::string& alias : place.aliases) {
    tx.run(insert_name, id, fmt::format("{}", fmt::join(text::words(alias), " ")), place.unit, false);
  }
  return id == fresh;
}

}  // namespace

Result<ImportReport> import_places(storage::Tx& tx, IdSource& ids, std::istream& csv, TimePoint now) {
  CsvReader reader(csv);
  if (auto header = reader.read_header({{"name", "type", "unit"}, {"aliases"}}); !header)
    return std::unexpected(header.error());
  ImportReport report;
  while (const auto row = reader.next()) {
    if (!row->fault.empty()) {
      report.reject(row->line, row->fault);
    } else if (const auto place = read_place(tx, *row, now); !place) {
      report.reject(row->line, place.error().what);
    } else {
      ++(store(tx, ids, *place) ? report.imported : report.updated);
    }
  }
  places_changed(tx, now);
  return report;
}

std::vector<PlaceView> find_places(storage::Tx& tx, std::string_view text, int limit) {
  return tx.all(
      select_places,
      [](const storage::Row& row) { return PlaceView{row.text(0), row.text(1), row.text(2), row.text(3)}; },
      '%' + text::fold(text) + '%', limit);
}

}  // namespace tongdai::directory
