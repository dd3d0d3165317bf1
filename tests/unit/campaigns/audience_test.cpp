#include "campaigns/audience.hpp"

#include <gmock/gmock.h>

#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
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

TEST_F(Audience, WhoIsNamedByFurtherGroupsAndListsIsCountedOnceAndTold) {
  for (const int id : {1, 2, 3, 4, 5}) contact(id), member(1, id);
  for (const int id : {2, 3}) member(2, id);
  opted_out(3);
  Spec s = spec();
  EXPECT_EQ(size(created(s)).duplicates, 0) << "the other group is not named";
  s.audience.groups = {"phu-nu", "can-bo"};
  EXPECT_EQ(size(created(s)).audience, 5);
  EXPECT_EQ(size(created(s)).duplicates, 2);
  listed("a", "", {{1, ""}, {2, ""}, {4, ""}});
  listed("b", "", {{2, ""}, {4, ""}, {9, ""}});
  s.audience.lists = {"a", "b"};
  EXPECT_EQ(size(created(s)).audience, 3);
  EXPECT_EQ(size(created(s)).duplicates, 3);
  s.audience.groups.clear();
  EXPECT_EQ(size(created(s)).duplicates, 2);
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

TEST_F(Audience, OfTheLanguagesNamed) {
  contact(1, std::nullopt, "vi");
  contact(2, std::nullopt, "hmn");
  contact(3, std::nullopt, "tai");
  for (const int id : {1, 2}) member(1, id);
  Spec s = spec();
  s.audience.languages = {"hmn", "tai"};
  EXPECT_EQ(chosen(s), 1);
  s.audience.groups.clear();
  EXPECT_EQ(chosen(s), 2) << "languages alone choose as well";
}

TEST_F(Audience, LeavesOutAUnitWithAllBelowItAndWhatBecameIt) {
  contact(1, UnitId{1});
  contact(2, UnitId{2});
  contact(3, UnitId{3});
  contact(4);
  for (const int id : {1, 2, 3, 4}) member(1, id);
  Spec s = spec();
  s.audience.exclude_units = {"03595"};
  EXPECT_EQ(chosen(s), 2) << "who lives nowhere known is not left out";
  s.audience.exclude_units = {"12"};
  EXPECT_EQ(chosen(s), 1);
}

TEST_F(Audience, OfTheTagsNamedAndOfNoneThatIsExcluded) {
  for (const int id : {1, 2, 3, 4, 5}) contact(id);
  for (const int id : {1, 2, 3}) member(1, id);
  tagged("moi", 1), tagged("moi", 4), tagged("xa", 2), tagged("xa", 4);
  Spec s = spec();
  s.audience.tags = {"moi"};
  EXPECT_EQ(chosen(s), 1) << "of the group and of the tag";
  s.audience.tags = {"moi", "xa"};
  EXPECT_EQ(chosen(s), 2);
  s.audience.groups.clear();
  EXPECT_EQ(chosen(s), 3) << "tags alone choose as well, nobody twice";
  s.audience.exclude_tags = {"xa"};
  EXPECT_EQ(chosen(s), 1);
  s.audience = {};
  s.audience.groups = {"phu-nu"};
  s.audience.exclude_tags = {"moi", "xa"};
  EXPECT_EQ(chosen(s), 1) << "who has no tag is not left out";
}

TEST_F(Audience, WhatATagMeasuresIsWhatIsFrozen) {
  for (int id = 1; id <= 30; ++id) {
    contact(id);
    if (id % 2 == 0) tagged("moi", id);
    if (id % 3 == 0) tagged("xa", id);
  }
  opted_out(4);
  Spec s = spec();
  s.audience.groups.clear();
  s.audience.tags = {"moi"};
  s.audience.exclude_tags = {"xa"};
  const auto id = only_approved(s);
  while (step(7)) {
  }
  EXPECT_EQ(campaign(id).audience, 10);
  EXPECT_EQ(size(id).audience, 10);
  EXPECT_EQ(accounts(id).pending, 9);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign_recipient r JOIN contact c ON c.phone = r.recipient "
                       "WHERE c.id % 2 = 1 OR c.id % 3 = 0"),
            0);
}

TEST_F(Audience, OfTheContactsWhoseNumbersStandInAList) {
  for (const int id : {1, 2, 3, 4}) contact(id);
  member(1, 1), member(1, 2);
  listed("a", "", {{1, ""}, {3, ""}, {9, ""}});
  listed("b", "", {{3, ""}, {4, ""}});
  Spec s = spec();
  s.audience.lists = {"a"};
  EXPECT_EQ(chosen(s), 1) << "of the group and of the list";
  s.audience.groups.clear();
  EXPECT_EQ(chosen(s), 2) << "9 is no contact";
  s.audience.lists = {"a", "b"};
  EXPECT_EQ(chosen(s), 3);
  s.audience.exclude_lists = {"b"};
  EXPECT_EQ(chosen(s), 1);
  listed("b", "", {{1, ""}});
  EXPECT_EQ(chosen(s), 1) << "the upload in force counts: of 1 and 3, 3 is left";
  s.audience.lists = {"x"};
  EXPECT_EQ(faults(s), "audience.lists[0]: there is no list \"x\": \"tongdai list list\" names them\n");
}

TEST_F(Audience, ASampleIsAlwaysTheSamePeopleAndItsShare) {
  room.on_database([](storage::Tx& tx) {
    for (int i = 0; i < 5000; ++i) {
      tx.run("INSERT INTO contact (id, phone, language, created_at, updated_at) VALUES ($1, $2, 'vi', 0, 0)",
             i + 1, "+849" + std::to_string(10'000'000 + i * 7919));
      tx.run("INSERT INTO group_member (group_id, contact_id) VALUES (1, $1)", i + 1);
    }
  });
  const auto sample = [&](int one_in) {
    Spec s = spec();
    s.audience.one_in = one_in;
    const auto id = approved(s);
    return room.on_database([&](storage::Tx& tx) {
      EXPECT_EQ(measure_audience(tx, id).audience, find(tx, id)->audience);
      std::set<std::string> numbers;
      for (const Recipient& r : pending_after(tx, id, 0, 10'000)) numbers.insert(r.phone.reveal());
      return numbers;
    });
  };
  const auto tenth = sample(10);
  EXPECT_NEAR(static_cast<double>(tenth.size()), 500, 75);
  EXPECT_EQ(sample(10), tenth);
  EXPECT_NEAR(static_cast<double>(sample(3).size()), 1667, 120);
  EXPECT_NEAR(static_cast<double>(sample(1000).size()), 5, 5);
  EXPECT_EQ(sample(1).size(), 5000U);
}

TEST_F(Audience, AdvertisingIsForWhoConsentedAndIsNotInTheRegister) {
  for (const int id : {1, 2, 3, 4, 5}) contact(id), member(1, id);
  room.on_database([&](storage::Tx& tx) {
    for (const int id : {1, 2, 3, 5})
      outbox::consent(tx, phone(id), room.now(), outbox::ConsentSource::contacts);
    tx.run(
        "INSERT INTO number_batch (id, kind, name, state, file, created_at) VALUES (1, 'do_not_call', '', "
        "'in_force', '', 0), (2, 'do_not_call', '', 'staged', '', 0)");
    tx.run(
        "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES (3, "
        "'do_not_call', "
        "'', 1, 0, 0)");
    tx.run("INSERT INTO do_not_call (batch_id, recipient) VALUES (1, $1), (1, $2), (2, $3)", phone(2),
           phone(3), phone(1));
  });
  opted_out(3);
  Spec s = spec();
  EXPECT_THAT(size(created(s)).exclusions, ElementsAre(Pair("opted_out", 1)));
  s.klass = Class::advertising;
  const auto id = approved(s);
  EXPECT_THAT(size(id).exclusions,
              ElementsAre(Pair("do_not_call", 1), Pair("no_consent", 1), Pair("opted_out", 1)));
  EXPECT_EQ(size(id).audience, 5);
  const auto reasons = room.on_database([&](storage::Tx& tx) {
    return tx.all(
        "SELECT reason FROM campaign_recipient WHERE campaign_id = $1 ORDER BY seq",
        [](const storage::Row& row) { return row.text(0); }, id);
  });
  EXPECT_THAT(reasons, ElementsAre("", "do_not_call", "opted_out", "no_consent", ""));
  EXPECT_EQ(accounts(id).of(outbox::MessageState::suppressed), 3);
  EXPECT_TRUE(accounts(id).add_up());
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
  s.audience.exclude_units = {"y"};
  s.audience.tags = {"z"};
  s.audience.exclude_tags = {"w"};
  const std::string found = faults(s);
  EXPECT_THAT(found, HasSubstr("audience.groups[1]: there is no group \"phụ nữ\": "));
  EXPECT_THAT(found, HasSubstr("audience.units[0]: there is no unit \"99999\": "));
  EXPECT_THAT(found, HasSubstr("audience.exclude_groups[0]: there is no group \"x\": "));
  EXPECT_THAT(found, HasSubstr("audience.exclude_units[0]: there is no unit \"y\": "));
  EXPECT_THAT(found, HasSubstr("audience.tags[0]: there is no tag \"z\": \"tongdai tag list\" names them"));
  EXPECT_THAT(found, HasSubstr("audience.exclude_tags[0]: there is no tag \"w\": "));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
}

}  // namespace
}  // namespace tongdai::campaigns
