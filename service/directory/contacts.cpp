#include "directory/contacts.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view select_contact =
    "SELECT c.id, c.phone, c.name, COALESCE(u.code, ''), c.language FROM contact c LEFT JOIN unit u ON u.id "
    "= c.unit_id "
    "WHERE c.phone = $1";
constexpr std::string_view select_groups_of =
    "SELECT g.name FROM group_member m JOIN contact_group g ON g.id = m.group_id WHERE m.contact_id = $1 "
    "ORDER BY g.name";
constexpr std::string_view select_tags_of =
    "SELECT t.name FROM tag_member m JOIN tag t ON t.id = m.tag_id WHERE m.contact_id = $1 ORDER BY t.name";
constexpr std::string_view select_groups =
    "SELECT g.name, COUNT(m.contact_id) FROM contact_group g LEFT JOIN group_member m ON m.group_id = g.id "
    "GROUP BY g.id, g.name ORDER BY g.name";
constexpr std::string_view select_tags =
    "SELECT t.name, COUNT(m.contact_id) FROM tag t LEFT JOIN tag_member m ON m.tag_id = t.id "
    "GROUP BY t.id, t.name ORDER BY t.name";

std::vector<GroupView> list_named(storage::Tx& tx, std::string_view sql) {
  return tx.all(sql, [](const storage::Row& row) { return GroupView{row.text(0), row.integer(1)}; });
}

}  // namespace

std::optional<ContactView> find_contact(storage::Tx& tx, const Phone& phone) {
  auto contact = tx.first(
      select_contact,
      [](const storage::Row& row) {
        ContactView c;
        c.id = row.get<ContactId>(0);
        c.phone = row.get<Phone>(1);
        c.name = row.text(2);
        c.unit = row.text(3);
        c.language = row.text(4);
        return c;
      },
      phone);
  if (contact) {
    const auto name = [](const storage::Row& row) { return row.text(0); };
    contact->groups = tx.all(select_groups_of, name, contact->id);
    contact->tags = tx.all(select_tags_of, name, contact->id);
  }
  return contact;
}

std::vector<GroupView> list_groups(storage::Tx& tx) {
  return list_named(tx, select_groups);
}

std::vector<GroupView> list_tags(storage::Tx& tx) {
  return list_named(tx, select_tags);
}

}  // namespace tongdai::directory
