#include "config/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tongdai::config {
namespace {

const Node::Table no_members;

}  // namespace

std::string Fault::print(std::string_view file) const {
  std::string out;
  if (!file.empty()) out = line > 0 ? fmt::format("{}:{}: ", file, line) : fmt::format("{}: ", file);
  if (!place.empty()) out += place + ": ";
  return out + what;
}

std::string print(const Faults& faults, std::string_view file) {
  std::string out;
  for (const Fault& fault : faults) out += fault.print(file) + "\n";
  return out;
}

Reader::Reader(const Node& node, std::string path, Faults& faults)
    : node_(node), path_(std::move(path)), faults_(faults) {
  if (node_.is_table()) return;
  faults_.push_back({path_, node_.line(), fmt::format("must be a table, got {}", node_.type_name())});
  finished_ = true;
}

std::string Reader::place(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const Node* Reader::take(std::string_view key) {
  known_.emplace(key);
  return node_.find(key);
}

const Node* Reader::raw(std::string_view key) {
  return take(key);
}

void Reader::fault(std::string_view key, std::string what) {
  const Node* node = node_.find(key.substr(0, key.find('[')));  // "hosts[1]" stands where its list does
  faults_.push_back({place(key), node != nullptr ? node->line() : node_.line(), std::move(what)});
}

void Reader::wrong_type(std::string_view key, const Node& node, std::string_view wanted) {
  fault(key, fmt::format("must be {}, got {}", wanted, node.type_name()));
}

std::string Reader::text(std::string_view key) {
  if (take(key) == nullptr) {
    fault(key, "is required");
    return {};
  }
  std::string value = text(key, "");
  const Node* node = node_.find(key);
  if (value.empty() && std::holds_alternative<std::string>(node->value())) fault(key, "must not be empty");
  return value;
}

std::string Reader::text(std::string_view key, std::string_view fallback) {
  return maybe_text(key).value_or(std::string(fallback));
}

std::optional<std::string> Reader::maybe_text(std::string_view key) {
  const Node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<std::string>(&node->value())) return *value;
  wrong_type(key, *node, "a text");
  return std::nullopt;
}

std::string Reader::one_of(std::string_view key, std::initializer_list<std::string_view> allowed,
                           std::string_view fallback) {
  const Node* node = take(key);
  if (node == nullptr && !fallback.empty()) return std::string(fallback);
  const std::string list = fmt::format("{}", fmt::join(allowed, ", "));
  if (node == nullptr) {
    fault(key, fmt::format("is required: one of {}", list));
    return std::string(*allowed.begin());
  }
  const auto* value = std::get_if<std::string>(&node->value());
  if (value != nullptr && std::ranges::find(allowed, std::string_view(*value)) != allowed.end())
    return *value;
  fault(key, fmt::format("must be one of {}, got {}", list,
                         value != nullptr ? fmt::format("\"{}\"", *value) : std::string(node->type_name())));
  return std::string(fallback.empty() ? *allowed.begin() : fallback);
}

std::int64_t Reader::integer(std::string_view key, std::int64_t least, std::int64_t most,
                             std::optional<std::int64_t> fallback) {
  const Node* node = take(key);
  if (node == nullptr) {
    if (!fallback) fault(key, fmt::format("is required: a whole number between {} and {}", least, most));
    return fallback.value_or(least);
  }
  const auto* value = std::get_if<std::int64_t>(&node->value());
  if (value == nullptr) {
    wrong_type(key, *node, "a whole number");
  } else if (*value < least || *value > most) {
    fault(key, fmt::format("must be between {} and {}, got {}", least, most, *value));
  } else {
    return *value;
  }
  return fallback.value_or(least);
}

double Reader::number(std::string_view key, double least, double most, double fallback) {
  const Node* node = take(key);
  if (node == nullptr) return fallback;
  double value = fallback;
  if (const auto* real = std::get_if<double>(&node->value())) {
    value = *real;
  } else if (const auto* whole = std::get_if<std::int64_t>(&node->value())) {
    value = static_cast<double>(*whole);
  } else {
    wrong_type(key, *node, "a number");
    return fallback;
  }
  if (value >= least && value <= most) return value;
  fault(key, fmt::format("must be between {} and {}, got {}", least, most, value));
  return fallback;
}

bool Reader::boolean(std::string_view key, bool fallback) {
  const Node* node = take(key);
  if (node == nullptr) return fallback;
  if (const auto* value = std::get_if<bool>(&node->value())) return *value;
  wrong_type(key, *node, "true or false");
  return fallback;
}

std::vector<std::string> Reader::texts(std::string_view key) {
  const Node* node = take(key);
  if (node == nullptr) return {};
  const auto* list = std::get_if<Node::Array>(&node->value());
  if (list == nullptr) {
    wrong_type(key, *node, "a list of texts such as [\"a\", \"b\"]");
    return {};
  }
  std::vector<std::string> values;
  for (const Node& item : *list) {
    if (const auto* value = std::get_if<std::string>(&item.value())) {
      values.push_back(*value);
    } else {
      faults_.push_back({fmt::format("{}[{}]", place(key), values.size()), item.line(),
                         fmt::format("must be a text, got {}", item.type_name())});
    }
  }
  return values;
}

std::optional<TimePoint> Reader::maybe_time(std::string_view key) {
  const Node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<TimePoint>(&node->value())) return *value;
  if (const auto* value = std::get_if<std::string>(&node->value())) {
    if (auto time = parse_rfc3339(*value)) return *time;
  }
  fault(key, "must be a time with its offset, such as 2021-11-25T07:00:00+07:00");
  return std::nullopt;
}

void Reader::table(std::string_view key, const std::function<void(Reader&)>& read) {
  const Node* node = take(key);
  if (node == nullptr) return;
  Reader inner(*node, place(key), faults_);
  if (node->is_table()) read(inner);
}

void Reader::tables(std::string_view key, const std::function<void(Reader&, std::size_t)>& read) {
  const Node* node = take(key);
  if (node == nullptr) return;
  const auto* list = std::get_if<Node::Array>(&node->value());
  if (list == nullptr) {
    wrong_type(key, *node, fmt::format("a list of tables ([[{}]])", place(key)));
    return;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    Reader inner((*list)[i], fmt::format("{}[{}]", place(key), i), faults_);
    if ((*list)[i].is_table()) read(inner, i);
  }
}

const Node::Table& Reader::members() {
  const auto* table = std::get_if<Node::Table>(&node_.value());
  if (table == nullptr) return no_members;
  for (const auto& [name, node] : *table) known_.emplace(name);
  return *table;
}

void Reader::finish() {
  if (finished_) return;
  finished_ = true;
  const auto* table = std::get_if<Node::Table>(&node_.value());
  if (table == nullptr) return;
  for (const auto& [name, node] : *table) {
    if (known_.contains(name)) continue;
    faults_.push_back(
        {place(name), node.line(), fmt::format("is not known here; known: {}", fmt::join(known_, ", "))});
  }
}

}  // namespace tongdai::config
