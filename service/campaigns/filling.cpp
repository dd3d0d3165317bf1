#include "campaigns/filling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "campaigns/store.hpp"
#include "directory/number_lists.hpp"
#include "text/template.hpp"

namespace tongdai::campaigns {
namespace {

constexpr int successors_max = 8;  // of a unit, one after the other

constexpr std::string_view select_lists =
    "SELECT b.id, b.columns FROM campaign_audience a JOIN number_list l ON l.id = a.target_id JOIN "
    "number_batch "
    "b ON b.id = COALESCE(NULLIF(a.batch_id, 0), l.batch_id) WHERE a.campaign_id = $1 AND a.role = 'list' "
    "ORDER BY l.id";
constexpr std::string_view select_columns =
    "SELECT b.columns FROM number_list l JOIN number_batch b ON b.id = l.batch_id WHERE l.id = $1";
constexpr std::string_view select_audience =
    "SELECT role, target_id, target FROM campaign_audience WHERE campaign_id = $1";
constexpr std::string_view select_own = "SELECT own FROM list_member WHERE batch_id = $1 AND recipient = $2";
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

void sort_once(std::vector<std::string>& names) {
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
}

}  // namespace

Filler::Filler(storage::Tx& tx, CampaignId id) : tx_(tx), names_(placeholders_of(tx, id)) {
  if (is_needed()) read_lists(id);
}

void Filler::read_lists(CampaignId id) {
  const auto read = [this](const storage::Row& row) {
    const auto columns = directory::cut_stored(row.text(1), directory::column_separator);
    List list{row.integer(0), std::vector<std::optional<std::size_t>>(names_.size())};
    bool says_something = false;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto at = std::ranges::find(columns, names_[i]);
      if (at == columns.end()) continue;
      list.columns[i] = static_cast<std::size_t>(at - columns.begin());
      says_something = true;
    }
    if (says_something) lists_.push_back(std::move(list));
  };
  tx_.each(select_lists, read, id);
}

void Filler::add_own(const List& list, const Phone& phone) {
  const auto stored = tx_.value<std::string>(select_own, list.batch, phone);
  if (!stored) return;
  const auto own = directory::cut_stored(*stored, directory::value_separator);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const auto at = list.columns[i];
    if (values_[i].empty() && at && *at < own.size()) values_[i] = text::clean_value(own[*at]);
  }
}

const std::string& Filler::unit(UnitId id) {
  const auto [known, fresh] = units_.try_emplace(id);
  if (fresh) known->second = text::clean_value(name_of_unit(tx_, id));
  return known->second;
}

std::string Filler::fill(const Phone& phone, std::string_view name, std::optional<UnitId> home) {
  values_.assign(names_.size(), {});
  for (const List& list : lists_) add_own(list, phone);
  std::string fill;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    std::string& value = values_[i];
    if (value.empty() && names_[i] == "name") value = text::clean_value(name);
    if (value.empty() && names_[i] == "unit" && home) value = unit(*home);
    if (i > 0) fill += fill_separator;
    fill += value;
  }
  return fill;
}

std::vector<std::string> placeholders_of(storage::Tx& tx, CampaignId id) {
  std::vector<std::string> names;
  for (const CampaignText& t : texts(tx, id)) {
    if (const auto parsed = text::Template::parse(t.body))
      names.insert(names.end(), parsed->placeholders().begin(), parsed->placeholders().end());
  }
  sort_once(names);
  return names;
}

void check_placeholders(storage::Tx& tx, const std::vector<SpecText>& texts, const ResolvedAudience& audience,
                        config::Faults& faults) {
  std::vector<std::string> known{"name", "unit"};
  for (const AudiencePart& p : audience.parts) {
    if (p.role != "list") continue;
    const auto columns = tx.value<std::string>(select_columns, p.target_id).value_or("");
    std::ranges::move(directory::cut_stored(columns, directory::column_separator), std::back_inserter(known));
  }
  sort_once(known);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto parsed = text::Template::parse(texts[i].body);
    if (!parsed) continue;
    for (const std::string& name : parsed->placeholders()) {
      if (std::ranges::binary_search(known, name)) continue;
      faults.push_back(
          {fmt::format("text[{}].body", i), 0,
           fmt::format("nobody has a value for {{{}}}: known are name, unit and the columns of the "
                       "audience's lists; here {}",
                       name, fmt::join(known, ", "))});
    }
  }
}

void check_placeholders(storage::Tx& tx, CampaignId id, config::Faults& faults) {
  std::vector<SpecText> written;
  for (const CampaignText& t : texts(tx, id)) written.push_back(t.as_written());
  ResolvedAudience audience;
  audience.parts = tx.all(
      select_audience,
      [](const storage::Row& row) { return AudiencePart{row.text(0), row.integer(1), row.text(2)}; }, id);
  check_placeholders(tx, written, audience, faults);
}

}  // namespace tongdai::campaigns
