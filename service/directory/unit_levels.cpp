#include "directory/unit_levels.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view select_units =
    "SELECT id, code, name, type, COALESCE(parent_id, 0), COALESCE(successor_id, 0), valid_to IS NULL FROM "
    "unit";
constexpr std::size_t chain_max = 16;  // a circle in the file must not hold us
constexpr std::size_t type_bytes_max = 100;

}  // namespace

Result<UnitLevel> UnitLevel::parse(std::string_view written) {
  using Kind = UnitLevel::Kind;
  if (written == "commune") return UnitLevel{};
  if (written == "district") return UnitLevel{Kind::district, 0, {}};
  if (written == "province") return UnitLevel{Kind::province, 0, {}};
  if (written.size() == 1 && written.front() >= '0' && written.front() <= '0' + depth_max)
    return UnitLevel{Kind::depth, written.front() - '0', {}};
  std::string folded = written.size() <= type_bytes_max ? text::fold(written) : "";
  if (folded.empty() || folded.find_first_not_of("0123456789") == std::string::npos) {
    return fail(Code::invalid,
                "must be commune, district, province, a depth from the top (0 to 9), or a type of units such "
                "as Huyện");
  }
  return UnitLevel{Kind::type, 0, std::move(folded)};
}

UnitLevels::UnitLevels(storage::Tx& tx) {
  tx.each(select_units, [&](const storage::Row& row) {
    units_.emplace(row.get<UnitId>(0), Unit{{row.text(1), row.text(2)},
                                            text::fold(row.text(3)),
                                            row.get<UnitId>(4),
                                            row.get<UnitId>(5),
                                            row.get<bool>(6)});
  });
}

UnitId UnitLevels::standing(UnitId unit) const {
  for (std::size_t i = 0; i < chain_max; ++i) {
    const auto found = units_.find(unit);
    if (found == units_.end() || !found->second.successor) break;
    unit = found->second.successor;
  }
  return unit;
}

std::vector<UnitId> UnitLevels::chain(UnitId unit) const {
  std::vector<UnitId> chain;
  for (auto found = units_.find(unit); found != units_.end() && chain.size() < chain_max;
       found = units_.find(found->second.parent)) {
    chain.push_back(found->first);
  }
  return chain;
}

UnitId UnitLevels::in_chain(const std::vector<UnitId>& chain, const UnitLevel& level) const {
  if (chain.empty()) return {};
  switch (level.kind) {
    case UnitLevel::Kind::commune:
      return chain.front();
    case UnitLevel::Kind::district:
      return chain.size() < 3 ? UnitId{} : chain[chain.size() - 2];
    case UnitLevel::Kind::province:
      return chain.back();
    case UnitLevel::Kind::depth:
      return chain[chain.size() - 1 - std::min(chain.size() - 1, static_cast<std::size_t>(level.depth))];
    case UnitLevel::Kind::type: {
      const auto found =
          std::ranges::find_if(chain, [&](UnitId id) { return units_.at(id).type == level.type; });
      return found == chain.end() ? UnitId{} : *found;
    }
  }
  return {};
}

UnitId UnitLevels::at(UnitId unit, const UnitLevel& level) const {
  const UnitId now = standing(unit);
  const UnitId found = in_chain(chain(now), level);
  return found || now == unit ? found : in_chain(chain(unit), level);
}

LevelUnit UnitLevels::named(UnitId unit) const {
  const auto found = units_.find(unit);
  return found == units_.end() ? LevelUnit{} : found->second.names;
}

std::vector<UnitId> UnitLevels::all(const UnitLevel& level) const {
  std::vector<UnitId> parents;
  for (const auto& [id, unit] : units_)
    if (unit.stands && unit.parent) parents.push_back(unit.parent);
  std::ranges::sort(parents);
  std::vector<UnitId> found;
  for (const auto& [id, unit] : units_) {
    if (!unit.stands || std::ranges::binary_search(parents, id)) continue;  // of the lowest, what each is in
    if (const UnitId of = at(id, level)) found.push_back(of);
  }
  std::ranges::sort(found, {}, [&](UnitId id) { return std::pair(units_.at(id).names.name, id); });
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

}  // namespace tongdai::directory
