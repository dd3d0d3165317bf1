#include "config/node.hpp"

namespace tongdai::config {

const Node* Node::find(std::string_view key) const noexcept {
  const auto* table = std::get_if<Table>(&value_);
  if (table == nullptr) return nullptr;
  for (const auto& [name, node] : *table) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::string_view Node::type_name() const noexcept {
  switch (value_.index()) {
    case 1:
      return "true or false";
    case 2:
      return "a whole number";
    case 3:
      return "a number";
    case 4:
      return "a text";
    case 5:
      return "a time";
    case 6:
      return "a list";
    case 7:
      return "a table";
    default:
      return "nothing";
  }
}

}  // namespace tongdai::config
