#include "campaigns/filling.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "campaigns/store.hpp"
#include "text/template.hpp"

namespace tongdai::campaigns {
namespace {

constexpr int successors_max = 8;  // of a unit, one after the other

constexpr std::string_view select_people =
    "SELECT r.seq, c.name, r.unit_id FROM campaign_recipient r LEFT JOIN contact c ON c.phone = r.recipient "
    "WHERE r.campaign_id = $1 AND r.seq > $2 AND r.state = 'pending' ORDER BY r.seq";
constexpr std::string_view update_fill =
    "UPDATE campaign_recipient SET fill = $3 WHERE campaign_id = $1 AND seq = $2";
constexpr std::string_view select_unit = "SELECT name, successor_id FROM unit WHERE id = $1";

/// Names of units as they stand today, each looked up once.
class UnitNames {
 public:
  explicit UnitNames(storage::Tx& tx) : tx_(tx) {}

  const std::string& of(UnitId id) {
    const auto [known, fresh] = names_.try_emplace(id);
    if (fresh) known->second = text::clean_value(look(id));
    return known->second;
  }

 private:
  struct Unit {
    std::string name;
    std::optional<UnitId> successor;
  };
  std::string look(UnitId id) {
    std::string name;
    for (int n = 0; n <= successors_max; ++n) {
      const auto unit = tx_.first(
          select_unit,
          [](const storage::Row& row) { return Unit{row.text(0), row.get<std::optional<UnitId>>(1)}; }, id);
      if (!unit) break;
      name = unit->name;
      if (!unit->successor) break;
      id = *unit->successor;
    }
    return name;
  }

  storage::Tx& tx_;
  std::unordered_map<UnitId, std::string> names_;
};

struct Person {
  std::int64_t seq = 0;
  std::string name;
  std::optional<UnitId> unit;
};

std::string values_of(const std::vector<std::string>& names, const Person& person, UnitNames& units) {
  std::string values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) values += fill_separator;
    if (names[i] == "name") values += text::clean_value(person.name);
    if (names[i] == "unit" && person.unit) values += units.of(*person.unit);
  }
  return values;
}

}  // namespace

std::vector<std::string> placeholders_of(storage::Tx& tx, CampaignId id) {
  std::vector<std::string> names;
  for (const CampaignText& t : texts(tx, id)) {
    if (const auto parsed = text::Template::parse(t.body))
      names.insert(names.end(), parsed->placeholders().begin(), parsed->placeholders().end());
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

void fill_in(storage::Tx& tx, CampaignId id, std::int64_t after_seq) {
  const auto names = placeholders_of(tx, id);
  if (names.empty()) return;
  UnitNames units(tx);
  const auto people = tx.all(
      select_people,
      [](const storage::Row& row) {
        return Person{row.integer(0), row.is_null(1) ? "" : row.text(1), row.get<std::optional<UnitId>>(2)};
      },
      id, after_seq);
  for (const Person& p : people) tx.run(update_fill, id, p.seq, values_of(names, p, units));
}

}  // namespace tongdai::campaigns
