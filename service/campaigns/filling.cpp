#include "campaigns/filling.hpp"

#include <algorithm>

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

struct Unit {
  std::string name;
  std::optional<UnitId> successor;
};

/// Its name as it stands today.
std::string name_of_unit(storage::Tx& tx, UnitId id) {
  std::string name;
  for (int n = 0; n <= successors_max; ++n) {
    const auto unit = tx.first(
        select_unit,
        [](const storage::Row& row) { return Unit{row.text(0), row.get<std::optional<UnitId>>(1)}; }, id);
    if (!unit) break;
    name = unit->name;
    if (!unit->successor) break;
    id = *unit->successor;
  }
  return name;
}

struct Person {
  std::int64_t seq = 0;
  std::string name;
  std::optional<UnitId> unit;
};

}  // namespace

Filler::Filler(storage::Tx& tx, CampaignId id) : tx_(tx), names_(placeholders_of(tx, id)) {}

const std::string& Filler::unit(UnitId id) {
  const auto [known, fresh] = units_.try_emplace(id);
  if (fresh) known->second = text::clean_value(name_of_unit(tx_, id));
  return known->second;
}

std::string Filler::fill(std::string_view name, std::optional<UnitId> home) {
  std::string values;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) values += fill_separator;
    if (names_[i] == "name") values += text::clean_value(name);
    if (names_[i] == "unit" && home) values += unit(*home);
  }
  return values;
}

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
  Filler filler(tx, id);
  if (!filler.is_needed()) return;
  const auto people = tx.all(
      select_people,
      [](const storage::Row& row) {
        return Person{row.integer(0), row.is_null(1) ? "" : row.text(1), row.get<std::optional<UnitId>>(2)};
      },
      id, after_seq);
  for (const Person& p : people) tx.run(update_fill, id, p.seq, filler.fill(p.name, p.unit));
}

}  // namespace tongdai::campaigns
