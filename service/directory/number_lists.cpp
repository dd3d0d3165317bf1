#include "directory/number_lists.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view select_lists =
    "SELECT l.name, b.members, b.columns, l.updated_at FROM number_list l JOIN number_batch b ON b.id = "
    "l.batch_id WHERE l.kind = 'list' ORDER BY l.name";
constexpr std::string_view select_strangers =
    "SELECT COUNT(*) FROM number_list l JOIN list_member m ON m.batch_id = l.batch_id WHERE l.kind = 'list' "
    "AND l.name = $1 AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.phone = m.recipient)";

constexpr std::string_view select_batch =
    "SELECT batch_id FROM number_list WHERE kind = 'list' AND name = $1";
constexpr std::string_view select_next_day = "SELECT MIN(day) FROM list_day WHERE batch_id = $1 AND day > $2";

}  // namespace

std::vector<NumberListView> list_number_lists(storage::Tx& tx) {
  return tx.all(select_lists, [](const storage::Row& row) {
    return NumberListView{row.text(0), row.integer(1), cut_stored(row.text(2), column_separator),
                          row.get<TimePoint>(3)};
  });
}

std::string day_key(std::string_view column, text::Date day) {
  return std::string(column) + '=' + text::print(day);
}

std::vector<text::Date> days_of(storage::Tx& tx, std::string_view list, std::string_view column,
                                std::size_t limit) {
  std::vector<text::Date> days;
  const auto batch = tx.value<std::int64_t>(select_batch, list);
  std::string key = std::string(column) + '=';
  const std::size_t before = key.size();
  while (batch && days.size() < limit) {
    // From one day to the next: the rows of a day are not read.
    const auto next =
        tx.value<std::optional<std::string>>(select_next_day, *batch, key).value_or(std::nullopt);
    if (!next || !next->starts_with(std::string(column) + '=')) break;
    key = *next;
    if (const auto day = text::parse_date(std::string_view(key).substr(before))) days.push_back(*day);
    key += '~';  // behind all of this day
  }
  return days;
}

std::int64_t count_strangers(storage::Tx& tx, std::string_view name) {
  return tx.value<std::int64_t>(select_strangers, name).value_or(0);
}

std::vector<std::string> cut_stored(std::string_view joined, char separator) {
  std::vector<std::string> parts;
  if (joined.empty()) return parts;
  for (;;) {
    const std::size_t to = joined.find(separator);
    parts.emplace_back(joined.substr(0, to));
    if (to == std::string_view::npos) return parts;
    joined.remove_prefix(to + 1);
  }
}

std::string join_stored(const std::vector<std::string>& parts, char separator) {
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += separator;
    joined += parts[i];
  }
  return joined;
}

}  // namespace tongdai::directory
