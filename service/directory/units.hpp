#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "directory/import_report.hpp"
#include "storage/tx.hpp"

/// Administrative units, with the dates between which they stood, and the names people give them.
namespace tongdai::directory {

struct UnitView {
  UnitId id;
  std::string code;
  std::string name;  ///< with its type: "Xã Than Uyên"
  std::string type;
  std::string parent;  ///< code
  std::optional<TimePoint> valid_from;
  std::optional<TimePoint> valid_to;
  std::string replaced_by;  ///< code of the successor, "" for a unit that stands
};

/// Dates for rows that state none.
struct UnitDates {
  std::optional<TimePoint> valid_from;
  std::optional<TimePoint> valid_to;
};

/// Reads `code,name,type,parent[,valid_from,valid_to,replaced_by,aliases]` (aliases separated by ';'). A row
/// whose code and first day are known updates that unit. Bad rows are reported and left out; the rest is
/// taken whole. Errors: invalid (no header, not UTF-8). Writer thread.
[[nodiscard]] Result<ImportReport> import_units(storage::Tx& tx, IdSource& ids, std::istream& csv,
                                                TimePoint now, const UnitDates& dates = {});

/// Units whose name holds the words of `text`, with or without accents, or whose code it is; those that stand
/// first. At most `limit`. Any transaction.
[[nodiscard]] std::vector<UnitView> find_units(storage::Tx& tx, std::string_view text, int limit);

/// The unit of this code that stands at `now`; else the latest that did.
[[nodiscard]] std::optional<UnitId> unit_by_code(storage::Tx& tx, std::string_view code, TimePoint now);
[[nodiscard]] std::string unit_name(storage::Tx& tx, UnitId id);

}  // namespace tongdai::directory
