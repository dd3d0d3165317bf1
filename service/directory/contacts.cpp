#include "directory/contacts.hpp"

#include "text/fold.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view select_contact =
    "SELECT c.id, c.phone, c.name, COALESCE(u.code, ''), c.language FROM contact c LEFT JOIN unit u ON u.id "
    "= c.unit_id "
    "WHERE c.phone = $1";
constexpr std::string_view select_some =
    "WITH RECURSIVE area (id) AS (SELECT id FROM unit WHERE id = $2 UNION SELECT u.id FROM unit u JOIN area "
    "a ON u.parent_id = a.id OR u.successor_id = a.id) SELECT c.id, c.phone, c.name, COALESCE(u.code, ''), "
    "c.language FROM contact c LEFT JOIN unit u ON u.id = c.unit_id WHERE c.id > $1 AND ($2 = 0 OR c.unit_id "
    "IN (SELECT id FROM area)) AND ($3 = '' OR EXISTS (SELECT 1 FROM group_member m JOIN contact_group g ON "
    "g.id = m.group_id WHERE m.contact_id = c.id AND g.name = $3)) AND ($4 = '' OR EXISTS (SELECT 1 FROM "
    "tag_member m JOIN tag t ON t.id = m.tag_id WHERE m.contact_id = c.id AND t.name = $4)) ORDER BY c.id "
    "LIMIT $5";
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

constexpr std::size_t rows_a_step = 1'000;

ContactView read_contact(const storage::Row& row) {
  ContactView c;
  c.id = row.get<ContactId>(0);
  c.phone = row.get<Phone>(1);
  c.name = row.text(2);
  c.unit = row.text(3);
  c.language = row.text(4);
  return c;
}

void add_names(storage::Tx& tx, ContactView& contact) {
  const auto name = [](const storage::Row& row) { return row.text(0); };
  contact.groups = tx.all(select_groups_of, name, contact.id);
  contact.tags = tx.all(select_tags_of, name, contact.id);
}

std::vector<GroupView> list_named(storage::Tx& tx, std::string_view sql) {
  return tx.all(sql, [](const storage::Row& row) { return GroupView{row.text(0), row.integer(1)}; });
}

}  // namespace

std::optional<ContactView> find_contact(storage::Tx& tx, const Phone& phone) {
  auto contact = tx.first(select_contact, read_contact, phone);
  if (contact) add_names(tx, *contact);
  return contact;
}

ContactPage find_contacts(storage::Tx& tx, const ContactFilter& filter, ContactId after, std::size_t limit) {
  const std::string name = text::fold(filter.name);
  const auto is_asked_for = [&](const ContactView& c) {
    return (name.empty() || text::fold(c.name).contains(name)) && (!filter.also || filter.also(c.phone));
  };
  ContactPage page;
  page.next = after;
  for (std::size_t looked_at = 0; looked_at < contacts_a_look; looked_at += rows_a_step) {
    auto some =
        tx.all(select_some, read_contact, page.next, filter.unit, filter.group, filter.tag, rows_a_step);
    for (ContactView& c : some) {
      page.next = c.id;
      if (!is_asked_for(c)) continue;
      add_names(tx, c);
      page.contacts.push_back(std::move(c));
      if (page.contacts.size() == limit) return page;
    }
    if (some.size() == rows_a_step) continue;
    page.next = {};
    break;
  }
  return page;
}

std::vector<GroupView> list_groups(storage::Tx& tx) {
  return list_named(tx, select_groups);
}

std::vector<GroupView> list_tags(storage::Tx& tx) {
  return list_named(tx, select_tags);
}

}  // namespace tongdai::directory
