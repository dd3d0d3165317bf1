#include "campaigns/audience.hpp"

#include <gmock/gmock.h>

#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class Audience : public CampaignTest {
 protected:
  AudienceSize size(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return measure_audience(tx, id); });
  }
  std::int64_t chosen(const Spec& s) { return size(created(s)).audience; }
};

TEST_F(Audience, IsWhoIsInAnyOfTheGroups) {
  for (const int id : {1, 2, 3, 4}) contact(id);
  member(1, 1);
  member(2, 2);
  member(1, 3);
  member(2, 3);
  Spec s = spec();
  EXPECT_EQ(chosen(s), 2);
  s.audience.groups = {"phu-nu", "can-bo"};
  EXPECT_EQ(chosen(s), 3);
}

TEST_F(Audience, LeavesOutWhoIsInAnExcludedGroup) {
  for (const int id : {1, 2}) contact(id), member(1, id);
  member(2, 2);
  Spec s = spec();
  s.audience.exclude_groups = {"can-bo"};
  EXPECT_EQ(chosen(s), 1);
}

TEST_F(Audience, AUnitHasAllBelowItAndWhatBecameIt) {
  contact(1, UnitId{1});
  contact(2, UnitId{2});
  contact(3, UnitId{3});
  contact(4);
  Spec s = spec();
  s.audience.groups.clear();
  s.audience.units = {"03595"};
  EXPECT_EQ(chosen(s), 2);
  s.audience.units = {"12"};
  EXPECT_EQ(chosen(s), 3);
}

TEST_F(Audience, GroupsAndUnitsBothMustFit) {
  contact(1, UnitId{2});
  contact(2, UnitId{2});
  contact(3);
  member(1, 1);
  member(1, 3);
  Spec s = spec();
  s.audience.units = {"03595"};
  EXPECT_EQ(chosen(s), 1);
}

TEST_F(Audience, WhoRefusedIsCountedAndLeftOut) {
  for (const int id : {1, 2, 3}) contact(id), member(1, id);
  opted_out(2);
  const AudienceSize measured = size(created(spec()));
  EXPECT_EQ(measured.audience, 3);
  EXPECT_THAT(measured.exclusions, ElementsAre(Pair("opted_out", 1)));
  EXPECT_THAT(measured.by_text, ElementsAre(Pair(0, 2)));
}

TEST_F(Audience, EachGetsTheTextOfItsLanguageElseTheFirst) {
  contact(1, std::nullopt, "vi");
  contact(2, std::nullopt, "hmn");
  contact(3, std::nullopt, "en");
  for (const int id : {1, 2, 3}) member(1, id);
  Spec s = spec();
  s.texts.push_back({"hmn", Accents::keep, "Tsis txhob ua phem"});
  EXPECT_THAT(size(created(s)).by_text, ElementsAre(Pair(0, 2), Pair(1, 1)));
}

TEST_F(Audience, IsFrozenAtApproval) {
  contact(1);
  member(1, 1);
  const auto id = approved(spec());
  contact(2);
  member(1, 2);
  EXPECT_EQ(campaign(id).audience, 1);
  const auto people = room.on_database([&](storage::Tx& tx) { return pending_after(tx, id, 0, 10); });
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].phone, phone(1));
  EXPECT_EQ(people[0].seq, 1);
}

TEST_F(Audience, NamesThatAreNotKnownAreFaultsWithTheirPlaces) {
  Spec s = spec();
  s.audience.groups = {"phu-nu", "phụ nữ"};
  s.audience.units = {"99999"};
  s.audience.exclude_groups = {"x"};
  const std::string found = faults(s);
  EXPECT_THAT(found, HasSubstr("audience.groups[1]: there is no group \"phụ nữ\"\n"));
  EXPECT_THAT(found, HasSubstr("audience.units[0]: there is no unit \"99999\"\n"));
  EXPECT_THAT(found, HasSubstr("audience.exclude_groups[0]: there is no group \"x\"\n"));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
}

}  // namespace
}  // namespace tongdai::campaigns
