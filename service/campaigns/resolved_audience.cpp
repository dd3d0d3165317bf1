#include "campaigns/resolved_audience.hpp"

#include <fmt/format.h>

namespace tongdai::campaigns {
namespace {

constexpr std::string_view select_group = "SELECT id FROM contact_group WHERE name = $1";
// The unit in force of that code; else the newest that bore it.
constexpr std::string_view select_unit =
    "SELECT id FROM unit WHERE code = $1 ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, valid_from "
    "DESC LIMIT 1";
constexpr std::string_view select_tag = "SELECT id FROM tag WHERE name = $1";
constexpr std::string_view select_list = "SELECT id FROM number_list WHERE kind = 'list' AND name = $1";
constexpr std::string_view select_saved = "SELECT id, one_in FROM saved_audience WHERE name = $1";
constexpr std::string_view select_saved_parts =
    "SELECT role, target_id, target FROM saved_audience_part WHERE audience_id = $1 "
    "ORDER BY role, target_id, target";

/// How one kind of names is looked up, and what to say where one is not there.
struct Kind {
  std::string_view name;
  std::string_view sql;
  std::string_view advice;
};
constexpr Kind group{"group", select_group, "\"tongdai group list\" names them"};
constexpr Kind tag{"tag", select_tag, "\"tongdai tag list\" names them"};
constexpr Kind number_list{"list", select_list, "\"tongdai list list\" names them"};
constexpr Kind unit{"unit", select_unit, "a unit goes by its code, which \"tongdai unit find\" tells"};

class Resolver {
 public:
  Resolver(storage::Tx& tx, std::string_view path, config::Faults& faults)
      : tx_(tx), path_(path), faults_(faults) {}

  void add(const Kind& kind, const std::vector<std::string>& names, std::string_view key,
           std::string_view role) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto id = tx_.value<std::int64_t>(kind.sql, names[i])) {
        resolved_.parts.push_back({std::string(role), *id, {}});
      } else {
        fault(fmt::format("{}[{}]", key, i), kind.name, names[i], kind.advice);
      }
    }
  }

  void add_saved(const std::string& name) {
    const auto read = [](const storage::Row& row) { return std::pair(row.integer(0), row.get<int>(1)); };
    const auto saved = tx_.first(select_saved, read, name);
    if (!saved) return fault("saved", "saved audience", name, "\"tongdai audience list\" names them");
    resolved_.one_in = saved->second;
    resolved_.parts = tx_.all(
        select_saved_parts,
        [](const storage::Row& row) { return AudiencePart{row.text(0), row.integer(1), row.text(2)}; },
        saved->first);
  }

  [[nodiscard]] ResolvedAudience& resolved() noexcept { return resolved_; }

 private:
  void fault(std::string_view place, std::string_view kind, std::string_view name, std::string_view advice) {
    faults_.push_back(
        {fmt::format("{}{}", path_, place), 0, fmt::format("there is no {} \"{}\": {}", kind, name, advice)});
  }

  storage::Tx& tx_;
  std::string_view path_;
  config::Faults& faults_;
  ResolvedAudience resolved_;
};

}  // namespace

ResolvedAudience resolve(storage::Tx& tx, const AudienceQuery& query, std::string_view path,
                         config::Faults& faults) {
  Resolver resolver(tx, path, faults);
  if (!query.saved.empty()) {
    resolver.add_saved(query.saved);
    if (query.one_in != 0) resolver.resolved().one_in = query.one_in;
    return std::move(resolver.resolved());
  }
  resolver.add(group, query.groups, "groups", "group");
  resolver.add(unit, query.units, "units", "unit");
  resolver.add(tag, query.tags, "tags", "tag");
  resolver.add(number_list, query.lists, "lists", "list");
  resolver.add(group, query.exclude_groups, "exclude_groups", "exclude_group");
  resolver.add(unit, query.exclude_units, "exclude_units", "exclude_unit");
  resolver.add(tag, query.exclude_tags, "exclude_tags", "exclude_tag");
  resolver.add(number_list, query.exclude_lists, "exclude_lists", "exclude_list");
  for (const std::string& l : query.languages) resolver.resolved().parts.push_back({"language", 0, l});
  for (const std::string& day : query.days) resolver.resolved().parts.push_back({"day", 0, day});
  resolver.resolved().one_in = query.one_in;
  return std::move(resolver.resolved());
}

}  // namespace tongdai::campaigns
