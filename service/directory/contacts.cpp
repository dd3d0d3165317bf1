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
constexpr std::string_view select_groups =
    "SELECT g.name, COUNT(m.contact_id) FROM contact_group g LEFT JOIN group_member m ON m.group_id = g.id "
    "GROUP BY g.id, g.name ORDER BY g.name";

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
    contact->groups =
        tx.all(select_groups_of, [](const storage::Row& row) { return row.text(0); }, contact->id);
  }
  return contact;
}

std::vector<GroupView> list_groups(storage::Tx& tx) {
  return tx.all(select_groups,
                [](const storage::Row& row) { return GroupView{row.text(0), row.integer(1)}; });
}

}  // namespace tongdai::directory
