#include <gmock/gmock.h>

#include <algorithm>

#include "unit/directory/contact_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ContactSearch : public Contacts {
 protected:
  ContactSearch() {
    read(
        "phone,name,unit,groups,tags\n0912000101,Sùng Thị Mỷ,03595,phu-nu,moi\n0912000102,Lò Văn "
        "Pành,03640,can-bo,\n0912000103,Sùng A Páo,12,phu-nu,\n");
  }
  ContactPage page(const ContactFilter& filter, ContactId after = {}, std::size_t limit = 10) {
    return room.on_database([&](storage::Tx& tx) { return find_contacts(tx, filter, after, limit); });
  }
  std::vector<std::string> names(const ContactFilter& filter) {
    std::vector<std::string> found;
    for (const ContactView& c : page(filter).contacts) found.push_back(c.name);
    std::ranges::sort(found);
    return found;
  }
};

TEST_F(ContactSearch, ANameIsFoundInAnySpelling) {
  EXPECT_THAT(names({.name = "sung"}), ElementsAre("Sùng A Páo", "Sùng Thị Mỷ"));
  EXPECT_THAT(names({.name = "LÒ  văn"}), ElementsAre("Lò Văn Pành"));
  EXPECT_THAT(names({.name = "nobody"}), IsEmpty());
}

TEST_F(ContactSearch, AUnitIsAskedForWithAllBelow) {
  EXPECT_EQ(names({.unit = unit("12")}).size(), 3U);
  EXPECT_THAT(names({.unit = unit("03640")}), ElementsAre("Lò Văn Pành"));
}

TEST_F(ContactSearch, GroupTagAndWhatOthersKnow) {
  EXPECT_THAT(names({.group = "phu-nu"}), ElementsAre("Sùng A Páo", "Sùng Thị Mỷ"));
  EXPECT_THAT(names({.group = "phu-nu", .tag = "moi"}), ElementsAre("Sùng Thị Mỷ"));
  const auto also = [](const Phone& phone) { return phone.reveal().ends_with("103"); };
  EXPECT_THAT(names({.also = also}), ElementsAre("Sùng A Páo"));
}

TEST_F(ContactSearch, PagesFollowEachOther) {
  const ContactPage first = page({}, {}, 2), second = page({}, first.next, 2);
  EXPECT_EQ(first.contacts.size(), 2U);
  ASSERT_EQ(second.contacts.size(), 1U);
  EXPECT_FALSE(second.next);
  EXPECT_GT(second.contacts[0].id, first.contacts[1].id);
}

}  // namespace
}  // namespace tongdai::directory
