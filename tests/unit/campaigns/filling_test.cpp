#include "campaigns/filling.hpp"

#include <gmock/gmock.h>

#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;

class Filling : public CampaignTest {
 protected:
  void called(int id, std::string_view name) {
    room.on_database(
        [&](storage::Tx& tx) { tx.run("UPDATE contact SET name = $2 WHERE phone = $1", phone(id), name); });
  }
  std::vector<std::string> fills(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> all;
      for (const Recipient& r : pending_after(tx, id, 0, 100)) all.push_back(r.fill);
      return all;
    });
  }
  Spec naming(std::string body) {
    Spec s = spec();
    s.texts = {{"vi", Accents::keep, std::move(body)}};
    return s;
  }
};

TEST_F(Filling, EverybodyHasTheirValuesByTheSortedNames) {
  contact(1, UnitId{2});
  contact(2);
  called(1, "Lò Thị Mai");
  member(1, 1), member(1, 2);
  EXPECT_THAT(fills(approved(naming("O {unit}: chao {name}"))),
              ElementsAre("Lò Thị Mai\x1FXã Than Uyên", "\x1F"));
}

TEST_F(Filling, AnOldUnitIsCalledByWhatItBecame) {
  contact(1, UnitId{3});
  member(1, 1);
  EXPECT_THAT(fills(approved(naming("Chao ba con {unit}"))), ElementsAre("Xã Than Uyên"));
}

TEST_F(Filling, ThePlaceholdersAreThoseOfAllTextsOfTheCampaign) {
  contact(1, UnitId{2}, "hmn");
  called(1, "Mua A Sang");
  member(1, 1);
  Spec s = naming("Chao {name}");
  s.texts.push_back({"hmn", Accents::keep, "Nyob zoo {unit}"});
  EXPECT_THAT(fills(approved(s)), ElementsAre("Mua A Sang\x1FXã Than Uyên"));
}

TEST_F(Filling, AListsOwnColumnsStandBeforeWhatIsKnownOfTheContact) {
  contact(1), contact(2), contact(3);
  called(1, "Mai"), called(2, "Hoa"), called(3, "Dua");
  listed("a", "diem_hen;name",
         {{1,
           "Trạm y tế\x1F"
           "Chị Mai"},
          {2, "\x1F"}});
  listed("b", "ngay;diem_hen", {{1, "25/11\x1FNhà văn hoá"}, {2, "26/11\x1FNhà văn hoá"}, {3, "27/11"}});
  Spec s = naming("{name}: {ngay}, {diem_hen}");
  s.audience.groups.clear();
  s.audience.lists = {"a", "b"};
  EXPECT_THAT(fills(approved(s)), ElementsAre("Trạm y tế\x1F"
                                              "Chị Mai\x1F"
                                              "25/11",
                                              "Nhà văn hoá\x1FHoa\x1F"
                                              "26/11",
                                              "\x1F"
                                              "Dua\x1F"
                                              "27/11"));
}

TEST_F(Filling, OnlyListsThatTheAudienceNamesSayAnything) {
  contact(1);
  member(1, 1);
  called(1, "Mai");
  listed("a", "name", {{1, "Chi Mai"}});
  EXPECT_THAT(fills(approved(naming("Chao {name}"))), ElementsAre("Mai"));
}

TEST_F(Filling, APlaceholderThatNobodyCanHaveAValueForIsAFault) {
  listed("a", "diem_hen", {{1, "X"}});
  Spec s = naming("{nmae}: {diem_hen}");
  EXPECT_EQ(faults(s),
            "text[0].body: nobody has a value for {diem_hen}: known are name, unit and the columns of the "
            "audience's lists; here name, unit\n"
            "text[0].body: nobody has a value for {nmae}: known are name, unit and the columns of the "
            "audience's lists; here name, unit\n");
  s.audience.lists = {"a"};
  EXPECT_EQ(faults(s),
            "text[0].body: nobody has a value for {nmae}: known are name, unit and the columns of the "
            "audience's lists; here diem_hen, name, unit\n");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
  s.texts[0].body = "{diem_hen}";
  EXPECT_EQ(faults(s), "");
}

TEST_F(Filling, IsAsItWasAtTheApproval) {
  contact(1);
  called(1, "Mai");
  member(1, 1);
  const auto id = approved(naming("Chao {name}"));
  called(1, "Hoa");
  EXPECT_THAT(fills(id), ElementsAre("Mai"));
}

TEST_F(Filling, NoNameCanBreakOutOfItsPlace) {
  contact(1, UnitId{2});
  called(1, "Mai\x1F{unit}\nHoa");
  member(1, 1);
  const auto fill = fills(approved(naming("{name} {unit}"))).at(0);
  EXPECT_EQ(std::ranges::count(fill, fill_separator), 1);
  EXPECT_EQ(fill.find_first_of("{}\n"), std::string::npos);
}

TEST_F(Filling, ATextThatNamesNobodyFillsNothing) {
  contact(1);
  called(1, "Mai");
  member(1, 1);
  EXPECT_THAT(fills(approved(naming("Chao ca nha"))), ElementsAre(""));
}

}  // namespace
}  // namespace tongdai::campaigns
