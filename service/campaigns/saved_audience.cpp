#include "campaigns/saved_audience.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

#include "campaigns/audience_sql.hpp"
#include "campaigns/resolved_audience.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view upsert_audience =
    "INSERT INTO saved_audience (id, name, one_in, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) "
    "ON CONFLICT (name) DO UPDATE SET one_in = excluded.one_in, updated_at = excluded.updated_at "
    "RETURNING id";
constexpr std::string_view delete_parts = "DELETE FROM saved_audience_part WHERE audience_id = $1";
constexpr std::string_view insert_part =
    "INSERT INTO saved_audience_part (audience_id, role, target_id, target) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT DO NOTHING";
#define SAVED_COLUMNS "id, name, one_in, created_at, updated_at"
constexpr std::string_view select_one = "SELECT " SAVED_COLUMNS " FROM saved_audience WHERE name = $1";
constexpr std::string_view select_list =
    "SELECT " SAVED_COLUMNS " FROM saved_audience ORDER BY name LIMIT $1";
#undef SAVED_COLUMNS
constexpr std::string_view select_parts =
    "SELECT p.role, COALESCE(g.name, t.name, l.name, u.code, p.target) FROM saved_audience_part p "
    "LEFT JOIN contact_group g ON p.role IN ('group', 'exclude_group') AND g.id = p.target_id "
    "LEFT JOIN tag t ON p.role IN ('tag', 'exclude_tag') AND t.id = p.target_id "
    "LEFT JOIN number_list l ON p.role IN ('list', 'exclude_list') AND l.id = p.target_id "
    "LEFT JOIN unit u ON p.role IN ('unit', 'exclude_unit') AND u.id = p.target_id "
    "WHERE p.audience_id = $1 ORDER BY 2";
constexpr std::string_view select_id = "SELECT id FROM saved_audience WHERE name = $1";
constexpr std::string_view count_chosen =
    TONGDAI_SAVED_CHOSEN "SELECT reason, COUNT(*), SUM(again) FROM chosen GROUP BY reason";

// The terms are bound, none of them is in the statement: there is one for all audiences.
constexpr std::string_view count_terms = ") SELECT * FROM (" TONGDAI_CHOSEN_OF(
    "terms", "audience_id", "l.batch_id",
    "(SELECT 1 AS id, CAST($2 AS BIGINT) AS one_in, 'social_policy' AS class) k CROSS JOIN contact c ", "0",
    TONGDAI_OF_GROUPS(
        "terms",
        "audience_id")) "SELECT reason, COUNT(*), SUM(again) FROM chosen GROUP BY reason) AS counted";

std::string count_terms_sql() {
  std::string rows;
  for (std::size_t i = 0, at = 3; i < measured_terms_max; ++i, at += 3)
    rows += fmt::format("{}(1, ${}, CAST(${} AS BIGINT), ${})", i == 0 ? "" : ", ", at, at + 1, at + 2);
  return fmt::format("WITH terms (audience_id, role, target_id, target) AS MATERIALIZED (VALUES {}{}", rows,
                     count_terms);
}

struct Found {
  std::int64_t id = 0;
  SavedAudience audience;
};

Found read_row(const storage::Row& row) {
  Found found{row.integer(0), {row.text(1), {}, row.get<TimePoint>(3), row.get<TimePoint>(4)}};
  found.audience.query.one_in = row.get<int>(2);
  return found;
}

SavedAudience with_terms(storage::Tx& tx, Found found) {
  AudienceQuery& q = found.audience.query;
  const std::map<std::string, std::vector<std::string>*> by_role{{"group", &q.groups},
                                                                 {"unit", &q.units},
                                                                 {"language", &q.languages},
                                                                 {"tag", &q.tags},
                                                                 {"list", &q.lists},
                                                                 {"exclude_list", &q.exclude_lists},
                                                                 {"exclude_tag", &q.exclude_tags},
                                                                 {"exclude_group", &q.exclude_groups},
                                                                 {"exclude_unit", &q.exclude_units}};
  tx.each(
      select_parts,
      [&](const storage::Row& row) {
        if (const auto terms = by_role.find(row.text(0)); terms != by_role.end())
          terms->second->push_back(row.text(1));
      },
      found.id);
  return std::move(found.audience);
}

/// A row of reason, people, and how often they are named again.
void add_count(AudienceSize& size, const storage::Row& row) {
  const std::int64_t n = row.integer(1);
  size.audience += n;
  size.duplicates += row.integer(2);
  if (std::string reason = row.text(0); !reason.empty()) {
    size.exclusions[std::move(reason)] += n;
  } else {
    size.by_text[0] += n;
  }
}

}  // namespace

void save_audience(storage::Tx& tx, IdSource& ids, std::string_view name, const AudienceQuery& query,
                   TimePoint now, config::Faults& faults) {
  const ResolvedAudience resolved = resolve(tx, query, "", faults);
  if (!faults.empty()) return;
  const auto id = tx.value<std::int64_t>(upsert_audience, ids.next<struct SavedAudienceTag>(), name,
                                         resolved.one_in, now);
  tx.run(delete_parts, *id);
  for (const AudiencePart& p : resolved.parts) tx.run(insert_part, *id, p.role, p.target_id, p.target);
}

std::optional<SavedAudience> find_saved(storage::Tx& tx, std::string_view name) {
  auto found = tx.first(select_one, read_row, name);
  if (!found) return std::nullopt;
  return with_terms(tx, std::move(*found));
}

std::vector<SavedAudience> list_saved(storage::Tx& tx, int limit) {
  std::vector<SavedAudience> all;
  for (Found& found : tx.all(select_list, read_row, limit)) all.push_back(with_terms(tx, std::move(found)));
  return all;
}

std::optional<AudienceSize> measure_saved(storage::Tx& tx, std::string_view name) {
  const auto id = tx.value<std::int64_t>(select_id, name);
  if (!id) return std::nullopt;
  AudienceSize size;
  tx.each(count_chosen, [&](const storage::Row& row) { add_count(size, row); }, *id);
  return size;
}

std::optional<AudienceSize> measure_query(storage::Tx& tx, const AudienceQuery& query,
                                          config::Faults& faults) {
  static const std::string sql = count_terms_sql();
  ResolvedAudience resolved = resolve(tx, query, "", faults);
  if (resolved.parts.size() > measured_terms_max)
    faults.push_back({"", 0, fmt::format("must be at most {} terms; save it for more", measured_terms_max)});
  if (!faults.empty()) return std::nullopt;
  resolved.parts.resize(measured_terms_max);  // terms of no role choose nothing
  AudienceSize size;
  const auto read = [&](const storage::Row& row) { add_count(size, row); };
  const auto count = [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto terms = std::tuple_cat(
        std::tie(resolved.parts[I].role, resolved.parts[I].target_id, resolved.parts[I].target)...);
    std::apply([&](const auto&... bound) { tx.each(sql, read, 1, resolved.one_in, bound...); }, terms);
  };
  count(std::make_index_sequence<measured_terms_max>());
  return size;
}

}  // namespace tongdai::campaigns
