#include "cli/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <nlohmann/json.hpp>

#include "text/fold.hpp"

namespace tongdai::cli {

namespace {

constexpr std::size_t cell_max =
    60;                         ///< columns: a wider cell, but in the last column, makes a table unreadable
constexpr std::size_t gap = 2;  ///< columns between two cells

bool is_control(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

bool turns_direction(char32_t c) noexcept {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

bool continues(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The code point whose bytes are `bytes`: well-formed, because text::nfc has been there.
char32_t code_point(std::string_view bytes) noexcept {
  constexpr std::array<unsigned, 5> lead_mask{0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t value =
      static_cast<unsigned char>(bytes.front()) & lead_mask[std::min<std::size_t>(bytes.size(), 4)];
  for (const char c : bytes.substr(1)) value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

std::string title_of(const Column& column) {
  if (!column.title.empty()) return column.title;
  std::string title = column.key;
  for (char& c : title) c = c == '_' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return title;
}

std::string label_of(std::string_view key) {
  std::string label(key);
  std::replace(label.begin(), label.end(), '_', ' ');
  return printable(label);
}

bool is_list_of_objects(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); });
}

/// Has it a place of its own below the plain lines?
bool is_section(const Json& value) {
  return (value.is_object() && !value.empty()) || is_list_of_objects(value);
}

const Json* member(const Json& object, const std::string& key) {
  const auto at = object.is_object() ? object.find(key) : object.end();
  return at == object.end() ? nullptr : &*at;
}

/// Is there a number of this name in some object, and nothing else in any?
bool holds_numbers(const Json& items, const std::string& key) {
  bool some = false;
  for (const Json& item : items) {
    const Json* value = member(item, key);
    if (value == nullptr || value->is_null()) continue;
    if (!value->is_number()) return false;
    some = true;
  }
  return some;
}

struct Grid {
  std::vector<std::vector<std::string>> lines;  ///< the titles first
  std::vector<std::size_t> widths;
  std::vector<bool> to_the_right;
};

Grid grid_of(const Json& items, const std::vector<Column>& columns) {
  Grid grid;
  grid.lines.resize(1);
  for (const Column& column : columns) {
    grid.lines.front().push_back(title_of(column));
    grid.widths.push_back(width(grid.lines.front().back()));
    grid.to_the_right.push_back(holds_numbers(items, column.key));
  }
  for (const Json& item : items) {
    std::vector<std::string>& line = grid.lines.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Json* value = member(item, columns[i].key);
      line.push_back(value == nullptr ? "-" : value_text(*value));
      grid.widths[i] = std::max(grid.widths[i], width(line.back()));
    }
  }
  return grid;
}

void print_grid(std::ostream& out, const Grid& grid, std::size_t indent) {
  for (const std::vector<std::string>& line : grid.lines) {
    std::string printed(indent, ' ');
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string padding(grid.widths[i] - width(line[i]), ' ');
      if (i > 0) printed.append(gap, ' ');
      printed += grid.to_the_right[i] ? padding + line[i] : line[i] + padding;
    }
    printed.erase(printed.find_last_not_of(' ') + 1);
    out << printed << '\n';
  }
}

/// Every key of the objects, in the order of their first appearance.
std::vector<Column> columns_of(const Json& items) {
  std::vector<Column> columns;
  for (const Json& item : items) {
    for (const auto& [key, value] : item.items()) {
      const auto same = [&key](const Column& column) { return column.key == key; };
      if (std::none_of(columns.begin(), columns.end(), same)) columns.push_back({key});
    }
  }
  return columns;
}

bool fits_a_table(const Json& items, const Grid& grid) {
  for (const Json& item : items) {
    for (const auto& [key, value] : item.items()) {
      if (is_section(value)) return false;
    }
  }
  for (std::size_t i = 0; i + 1 < grid.widths.size(); ++i) {
    if (grid.widths[i] > cell_max) return false;
  }
  return true;
}

void print_members(std::ostream& out, const Json& object, std::size_t indent);

void print_objects(std::ostream& out, const Json& items, std::size_t indent) {
  const Grid grid = grid_of(items, columns_of(items));
  if (fits_a_table(items, grid)) return print_grid(out, grid, indent);
  bool first = true;
  for (const Json& item : items) {
    if (!first) out << '\n';
    first = false;
    print_members(out, item, indent);
  }
}

void print_members(std::ostream& out, const Json& object, std::size_t indent) {
  std::size_t widest = 0;
  for (const auto& [key, value] : object.items()) {
    if (!is_section(value)) widest = std::max(widest, width(label_of(key)));
  }
  bool first = true;
  for (const auto& [key, value] : object.items()) {
    if (is_section(value)) continue;
    const std::string label = label_of(key);
    out << std::string(indent, ' ') << label << std::string(widest - width(label) + gap, ' ')
        << value_text(value) << '\n';
    first = false;
  }
  for (const auto& [key, value] : object.items()) {
    if (!is_section(value)) continue;
    if (!first) out << '\n';
    first = false;
    out << std::string(indent, ' ') << label_of(key) << '\n';
    if (value.is_object()) {
      print_members(out, value, indent + gap);
    } else {
      print_objects(out, value, indent + gap);
    }
  }
}

}  // namespace

std::string printable(std::string_view utf8) {
  const std::string composed = text::nfc(utf8);
  std::string safe;
  for (std::size_t begin = 0; begin < composed.size();) {
    std::size_t end = begin + 1;
    while (end < composed.size() && continues(composed[end])) ++end;
    const std::string_view bytes = std::string_view(composed).substr(begin, end - begin);
    const char32_t c = code_point(bytes);
    if (is_control(c)) {
      safe += ' ';
    } else if (!turns_direction(c)) {
      safe += bytes;
    }
    begin = end;
  }
  return safe;
}

std::size_t width(std::string_view utf8) noexcept {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::string local_time(TimePoint at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm parts{};
  if (localtime_r(&seconds, &parts) == nullptr) return to_rfc3339(at);
  std::array<char, 64> written{};
  const std::size_t length = std::strftime(written.data(), written.size(), "%Y-%m-%d %H:%M:%S", &parts);
  return std::string(written.data(), length);
}

Json in_zone(Json document, const text::TimeZone& zone) {
  if (document.is_structured()) {
    for (Json& member : document) member = in_zone(std::move(member), zone);
  } else if (document.is_string()) {
    if (const Result<TimePoint> at = parse_rfc3339(document.get_ref<const std::string&>())) {
      const auto second = std::chrono::floor<std::chrono::seconds>(at->time_since_epoch()).count() % 60;
      document = fmt::format("{}:{:02}", zone.print(*at), second);
    }
  }
  return document;
}

std::string value_text(const Json& value) {
  if (value.is_null()) return "-";
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_string()) {
    const std::string& words = value.get_ref<const std::string&>();
    if (const Result<TimePoint> at = parse_rfc3339(words)) return local_time(*at);
    return words.empty() ? "-" : printable(words);
  }
  if (!value.is_structured()) return value.dump();
  std::string joined;
  for (const auto& [key, item] : value.items()) {
    if (!joined.empty()) joined += ", ";
    if (value.is_object()) joined += label_of(key) + "=";
    joined += value_text(item);
  }
  return joined.empty() ? "-" : joined;
}

void print_table(std::ostream& out, const Json& items, const std::vector<Column>& columns,
                 std::size_t indent) {
  if (items.empty()) {
    out << std::string(indent, ' ') << "none\n";
    return;
  }
  print_grid(out, grid_of(items, columns), indent);
}

void print_document(std::ostream& out, const Json& document) {
  if (document.is_object()) {
    print_members(out, document, 0);
  } else if (is_list_of_objects(document)) {
    print_objects(out, document, 0);
  } else if (document.is_array() && document.empty()) {
    out << "none\n";
  } else {
    out << value_text(document) << '\n';
  }
}

}  // namespace tongdai::cli
