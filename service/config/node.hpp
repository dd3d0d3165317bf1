#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/time.hpp"

namespace tongdai::config {

/// A plain tree of settings, however they were written (TOML file, JSON body). Knows the line each
/// value came from, so that a fault can name its place. A value type; no parser's header behind it.
class Node {
 public:
  using Array = std::vector<Node>;
  using Table = std::vector<std::pair<std::string, Node>>;  // in the order written
  using Value =
      std::variant<std::monostate, bool, std::int64_t, double, std::string, TimePoint, Array, Table>;

  Node() = default;
  Node(Value value, int line) : value_(std::move(value)), line_(line) {}

  [[nodiscard]] const Value& value() const noexcept { return value_; }
  /// 1-based; 0 where there are no lines (JSON).
  [[nodiscard]] int line() const noexcept { return line_; }
  [[nodiscard]] bool is_table() const noexcept { return std::holds_alternative<Table>(value_); }
  [[nodiscard]] bool is_array() const noexcept { return std::holds_alternative<Array>(value_); }
  /// The member `key` of a table; nullptr if there is none or this is no table.
  [[nodiscard]] const Node* find(std::string_view key) const noexcept;
  /// What people call the type: "text", "number", "list"...
  [[nodiscard]] std::string_view type_name() const noexcept;

 private:
  Value value_;
  int line_ = 0;
};

}  // namespace tongdai::config
