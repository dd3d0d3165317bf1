#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/phone.hpp"
#include "storage/tx.hpp"

/// Who campaigns may reach. Any transaction.
namespace tongdai::directory {

struct ContactView {
  ContactId id;
  Phone phone;
  std::string name;
  std::string unit;  ///< code, "" if unknown
  std::string language;
  std::vector<std::string> groups;
  std::vector<std::string> tags;
};

/// Of a group, or of a tag.
struct GroupView {
  std::string name;
  std::int64_t members = 0;
};

[[nodiscard]] std::optional<ContactView> find_contact(storage::Tx& tx, const Phone& phone);
/// By name, each with its size.
[[nodiscard]] std::vector<GroupView> list_groups(storage::Tx& tx);
[[nodiscard]] std::vector<GroupView> list_tags(storage::Tx& tx);

}  // namespace tongdai::directory
