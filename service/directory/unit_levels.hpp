#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/error.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"

/// Units summed up: which unit stands for one in a table of communes, districts or the province.
namespace tongdai::directory {

/// Of which units a table is made.
struct UnitLevel {
  enum class Kind : std::uint8_t {
    commune,   ///< the units themselves, the old ones under their successors
    district,  ///< between the commune and the top; units of two levels have none
    province,  ///< the top
    depth,     ///< counted from the top, 0
    type,      ///< by the type of the units' file, in any writing ("huyen")
  };
  Kind kind = Kind::commune;
  int depth = 0;
  std::string type;  ///< folded

  static constexpr int depth_max = 9;
  /// "commune", "district", "province", a number, or a type. Error: invalid.
  [[nodiscard]] static Result<UnitLevel> parse(std::string_view written);
};

struct LevelUnit {
  std::string code;
  std::string name;  ///< with its type: "Xã Than Uyên"
};

/// All units of a transaction, in memory: some thousands for a nation.
class UnitLevels {
 public:
  /// Any transaction.
  explicit UnitLevels(storage::Tx& tx);

  /// The unit of `level` that `unit` is in: an old unit's people count for its successor, and if that has
  /// nothing of the level above it, for the unit that its own parents lead to. 0 if there is none.
  [[nodiscard]] UnitId at(UnitId unit, const UnitLevel& level) const;
  /// Empty for a unit that is not known.
  [[nodiscard]] LevelUnit named(UnitId unit) const;
  /// What of the level is in force, by name.
  [[nodiscard]] std::vector<UnitId> all(const UnitLevel& level) const;

 private:
  struct Unit {
    LevelUnit names;
    std::string type;  ///< folded
    UnitId parent;
    UnitId successor;
    bool stands = true;
  };
  [[nodiscard]] UnitId standing(UnitId unit) const;
  /// From the unit to its top.
  [[nodiscard]] std::vector<UnitId> chain(UnitId unit) const;
  [[nodiscard]] UnitId in_chain(const std::vector<UnitId>& chain, const UnitLevel& level) const;

  std::unordered_map<UnitId, Unit> units_;
};

}  // namespace tongdai::directory
