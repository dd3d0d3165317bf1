#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "storage/tx.hpp"
#include "text/holidays.hpp"

/// Uploaded lists of numbers, each with columns of its own. Any transaction.
namespace tongdai::directory {

/// Between the columns of a list and between the values of a row, where they are stored.
inline constexpr char column_separator = ';';
inline constexpr char value_separator = '\x1F';  ///< text::clean_value leaves none in a value

struct NumberListView {
  std::string name;
  std::int64_t members = 0;
  std::vector<std::string> columns;  ///< own ones, for placeholders
  TimePoint updated_at{};
};

/// Those in force, by name.
[[nodiscard]] std::vector<NumberListView> list_number_lists(storage::Tx& tx);

/// As list_day keeps it: "ngay_hen=2021-11-25".
[[nodiscard]] std::string day_key(std::string_view column, text::Date day);
/// The days that stand in a column of a list in force, in order, each once, at most `limit`.
[[nodiscard]] std::vector<text::Date> days_of(storage::Tx& tx, std::string_view list, std::string_view column,
                                              std::size_t limit);

/// Numbers of the list that are no contacts: campaigns do not go to them. Some seconds for a million.
[[nodiscard]] std::int64_t count_strangers(storage::Tx& tx, std::string_view name);

/// "a;b" into its parts, empty ones as well; none for "".
[[nodiscard]] std::vector<std::string> cut_stored(std::string_view joined, char separator);
[[nodiscard]] std::string join_stored(const std::vector<std::string>& parts, char separator);

}  // namespace tongdai::directory
