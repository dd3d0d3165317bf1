#include "directory/number_lists.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view select_lists =
    "SELECT l.name, b.members, b.columns, l.updated_at FROM number_list l JOIN number_batch b ON b.id = "
    "l.batch_id WHERE l.kind = 'list' ORDER BY l.name";
constexpr std::string_view select_strangers =
    "SELECT COUNT(*) FROM number_list l JOIN list_member m ON m.batch_id = l.batch_id WHERE l.kind = 'list' "
    "AND l.name = $1 AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.phone = m.recipient)";

}  // namespace

std::vector<NumberListView> list_number_lists(storage::Tx& tx) {
  return tx.all(select_lists, [](const storage::Row& row) {
    return NumberListView{row.text(0), row.integer(1), cut_stored(row.text(2), column_separator),
                          row.get<TimePoint>(3)};
  });
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
