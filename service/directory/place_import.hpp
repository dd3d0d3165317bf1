#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "directory/import_report.hpp"
#include "storage/tx.hpp"

/// Villages and landmarks: names by which people say in which unit they are.
namespace tongdai::directory {

struct PlaceView {
  std::string name;  ///< "Bản Nà Phát", "Chợ Mường Kim"
  std::string type;  ///< "Bản", "Chợ"
  std::string unit;  ///< code
  std::string unit_name;
};

/// Reads `name,type,unit[,aliases]` (aliases separated by ';'). `unit` is the code of a unit that stands at
/// `now`, or its name if only one unit has it; a name of several is refused with their codes. A row whose
/// name, type and unit are known replaces that place's aliases. Bad rows are reported and left out. Errors:
/// invalid (no header, not UTF-8). Writer thread.
[[nodiscard]] Result<ImportReport> import_places(storage::Tx& tx, IdSource& ids, std::istream& csv,
                                                 TimePoint now);

/// Places whose name holds the words of `text`, with or without accents, by name. At most `limit`. Any
/// transaction.
[[nodiscard]] std::vector<PlaceView> find_places(storage::Tx& tx, std::string_view text, int limit);

}  // namespace tongdai::directory
