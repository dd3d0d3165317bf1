#pragma once

#include <functional>
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

/// Which contacts are asked for; what is left out asks for all.
struct ContactFilter {
  std::string name{};  ///< a part of it, in any spelling
  UnitId unit{};       ///< with all below, and the old ones that became part of them
  std::string group{};
  std::string tag{};
  std::function<bool(const Phone&)> also{};  ///< what the directory does not know
};

struct ContactPage {
  std::vector<ContactView> contacts;
  ContactId next;  ///< go on behind this one; 0 at the end
};

/// Of a group, or of a tag.
struct GroupView {
  std::string name;
  std::int64_t members = 0;
};

[[nodiscard]] std::optional<ContactView> find_contact(storage::Tx& tx, const Phone& phone);
/// Those behind `after`, in the order they were brought, at most `limit`. A call looks at `contacts_a_look`
/// at most: a page may have fewer, even none, and a next one.
inline constexpr std::size_t contacts_a_look = 50'000;
[[nodiscard]] ContactPage find_contacts(storage::Tx& tx, const ContactFilter& filter, ContactId after,
                                        std::size_t limit);
/// By name, each with its size.
[[nodiscard]] std::vector<GroupView> list_groups(storage::Tx& tx);
[[nodiscard]] std::vector<GroupView> list_tags(storage::Tx& tx);

}  // namespace tongdai::directory
