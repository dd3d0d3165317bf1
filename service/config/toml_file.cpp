#include "config/toml_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <fstream>
#include <sstream>

namespace tongdai::config {
namespace {

TimePoint to_time(const toml::date_time& t) {
  const std::chrono::year_month_day date{std::chrono::year{t.date.year}, std::chrono::month{t.date.month},
                                         std::chrono::day{t.date.day}};
  const std::chrono::minutes offset{t.offset ? t.offset->minutes : 0};
  return std::chrono::sys_days{date} + std::chrono::hours{t.time.hour} + std::chrono::minutes{t.time.minute} +
         std::chrono::seconds{t.time.second} + Duration{t.time.nanosecond / 1'000'000} - offset;
}

/// A day is kept as a text. A time without an offset has no meaning here; it is kept as a text too, and the
/// reader says what is missing.
Node::Value scalar(const toml::node& node) {
  if (const auto* value = node.as_string()) return value->get();
  if (const auto* value = node.as_integer()) return value->get();
  if (const auto* value = node.as_floating_point()) return value->get();
  if (const auto* value = node.as_boolean()) return value->get();
  if (const auto* value = node.as_date_time(); value != nullptr && value->get().offset)
    return to_time(value->get());
  if (const auto* value = node.as_date()) {
    const toml::date& day = value->get();
    return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
  }
  return std::string("a time without an offset");
}

Node convert(const toml::node& node) {
  const int line = static_cast<int>(node.source().begin.line);
  if (const auto* table = node.as_table()) {
    Node::Table members;
    for (const auto& [key, value] : *table) members.emplace_back(std::string(key.str()), convert(value));
    return {std::move(members), line};
  }
  if (const auto* array = node.as_array()) {
    Node::Array items;
    for (const auto& value : *array) items.push_back(convert(value));
    return {std::move(items), line};
  }
  return {scalar(node), line};
}

/// The parser's words for what people get wrong most are a programmer's.
std::string in_plain_words(std::string_view said) {
  const auto says = [said](std::string_view words) { return said.find(words) != std::string_view::npos; };
  if (says("while parsing string") && says("control characters"))
    return "a text must end with its quote on the same line: the closing \" is missing";
  if (says("could not determine value type"))
    return "what follows the = is no value: a text stands in quotes, such as \"text\"";
  if (says("cannot redefine existing")) {
    const std::size_t from = said.find('\'');
    return fmt::format("{} is given twice", from == said.npos ? "a key" : said.substr(from));
  }
  return std::string(said);
}

}  // namespace

std::expected<Node, Fault> read_toml(std::string_view text) {
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return std::unexpected(
        Fault{"", static_cast<int>(error.source().begin.line), in_plain_words(error.description())});
  }
}

std::expected<Node, Fault> read_toml_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) return std::unexpected(Fault{"", 0, "cannot be read"});
  return read_toml(text.str());
}

}  // namespace tongdai::config
