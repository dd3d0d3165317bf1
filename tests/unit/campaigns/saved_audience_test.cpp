#include "campaigns/saved_audience.hpp"

#include <gmock/gmock.h>

#include "campaigns/editing.hpp"
#include "config/toml_file.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

/// Six women of whom two are officials, one lives in Than Uyên, one speaks Hmong and one refused.
class SavedAudiences : public CampaignTest {
 protected:
  SavedAudiences() {
    contact(1), contact(2), contact(3, UnitId{3}), contact(4, std::nullopt, "hmn"), contact(5), contact(6);
    for (const int id : {1, 2, 3, 4, 5, 6}) member(1, id);
    member(2, 5), member(2, 6);
    opted_out(2);
  }

  std::string saved(std::string_view name, const AudienceQuery& query) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults faults;
      save_audience(tx, room.ids, name, query, room.now(), faults);
      return config::print(faults, "");
    });
  }
  std::optional<SavedAudience> found(std::string_view name) {
    return room.on_database([&](storage::Tx& tx) { return find_saved(tx, name); });
  }
  std::optional<AudienceSize> size(std::string_view name) {
    return room.on_database([&](storage::Tx& tx) { return measure_saved(tx, name); });
  }
  std::optional<AudienceSize> unsaved(const AudienceQuery& query) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults faults;
      const auto size = measure_query(tx, query, faults);
      EXPECT_EQ(size.has_value(), faults.empty());
      return size;
    });
  }
  std::int64_t chosen(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return measure_audience(tx, id).audience; });
  }
  [[nodiscard]] Spec from(std::string name, int one_in = 0) const {
    Spec s = spec();
    s.audience = {};
    s.audience.saved = std::move(name);
    s.audience.one_in = one_in;
    return s;
  }
  static AudienceQuery women() {
    AudienceQuery q;
    q.groups = {"phu-nu"};
    q.exclude_groups = {"can-bo"};
    return q;
  }
};

TEST_F(SavedAudiences, AreFoundAgainWithTheirTerms) {
  AudienceQuery q = women();
  q.units = {"12", "03595"};
  q.languages = {"vi", "hmn"};
  q.exclude_units = {"03631"};
  tagged("moi", 1), tagged("xa", 2);
  listed("x", "", {}), listed("y", "", {});
  q.lists = {"x"};
  q.exclude_lists = {"y"};
  q.tags = {"moi"};
  q.exclude_tags = {"xa"};
  q.one_in = 3;
  ASSERT_EQ(saved("phu nu / ngoai can bo", q), "");
  const auto s = found("phu nu / ngoai can bo");
  ASSERT_TRUE(s);
  EXPECT_THAT(s->query.groups, ElementsAre("phu-nu"));
  EXPECT_THAT(s->query.units, ElementsAre("03595", "12"));
  EXPECT_THAT(s->query.languages, ElementsAre("hmn", "vi"));
  EXPECT_THAT(s->query.exclude_groups, ElementsAre("can-bo"));
  EXPECT_THAT(s->query.exclude_units, ElementsAre("03631"));
  EXPECT_THAT(s->query.tags, ElementsAre("moi"));
  EXPECT_THAT(s->query.lists, ElementsAre("x"));
  EXPECT_THAT(s->query.exclude_lists, ElementsAre("y"));
  EXPECT_THAT(s->query.exclude_tags, ElementsAre("xa"));
  EXPECT_EQ(s->query.one_in, 3);
  EXPECT_EQ(s->created_at, room.now());
  EXPECT_FALSE(found("phu nu"));
}

TEST_F(SavedAudiences, ReplaceTheOneOfTheirNameAndStayOne) {
  ASSERT_EQ(saved("a", women()), "");
  const TimePoint before = room.now();
  room.time.jump_wall(1h);
  AudienceQuery other;
  other.units = {"03595"};
  ASSERT_EQ(saved("a", other), "");
  EXPECT_THAT(found("a")->query.groups, IsEmpty());
  EXPECT_THAT(found("a")->query.exclude_groups, IsEmpty());
  EXPECT_THAT(found("a")->query.units, ElementsAre("03595"));
  EXPECT_EQ(found("a")->created_at, before);
  EXPECT_EQ(found("a")->updated_at, room.now());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM saved_audience"), 1);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM saved_audience_part"), 1);
}

TEST_F(SavedAudiences, NamesThatAreNotKnownAreFaultsAndNothingChanges) {
  ASSERT_EQ(saved("a", women()), "");
  AudienceQuery q = women();
  q.groups = {"phu-nu", "x"};
  q.exclude_units = {"y"};
  EXPECT_EQ(saved("a", q),
            "groups[1]: there is no group \"x\": \"tongdai group list\" names them\n"
            "exclude_units[0]: there is no unit \"y\": a unit goes by its code, which \"tongdai unit find\" "
            "tells\n");
  EXPECT_THAT(found("a")->query.groups, ElementsAre("phu-nu"));
  EXPECT_NE(saved("b", q), "");
  EXPECT_FALSE(found("b"));
}

TEST_F(SavedAudiences, AreListedByName) {
  ASSERT_EQ(saved("b", women()), "");
  ASSERT_EQ(saved("a", women()), "");
  ASSERT_EQ(saved("c", women()), "");
  const auto names = [this](int limit) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> all;
      for (const SavedAudience& s : list_saved(tx, limit)) all.push_back(s.name);
      return all;
    });
  };
  EXPECT_THAT(names(10), ElementsAre("a", "b", "c"));
  EXPECT_THAT(names(2), ElementsAre("a", "b"));
}

TEST_F(SavedAudiences, AreMeasuredAsACampaignOfTheirsWould) {
  tagged("moi", 1), tagged("moi", 2), tagged("xa", 2);
  listed("a", "", {{1, ""}, {5, ""}});
  listed("b", "", {{1, ""}});
  std::vector<AudienceQuery> queries(9, women());
  queries[1].exclude_groups.clear();
  queries[2].units = {"03595"};
  queries[3].languages = {"hmn"};
  queries[4].exclude_units = {"12"};
  queries[5].tags = {"moi"};
  queries[5].exclude_tags = {"xa"};
  queries[6].lists = {"a"};
  queries[7].exclude_lists = {"b"};
  queries[8].one_in = 2;
  std::vector<std::int64_t> audiences;
  for (const AudienceQuery& q : queries) {
    ASSERT_EQ(saved("a", q), "");
    const auto measured = size("a");
    ASSERT_TRUE(measured);
    const AudienceSize of_campaign =
        room.on_database([&, id = created(from("a"))](storage::Tx& tx) { return measure_audience(tx, id); });
    EXPECT_EQ(measured->audience, of_campaign.audience);
    EXPECT_EQ(measured->exclusions, of_campaign.exclusions);
    EXPECT_EQ(measured->by_text, of_campaign.by_text);
    const auto typed = unsaved(q);
    ASSERT_TRUE(typed);
    EXPECT_EQ(typed->exclusions, measured->exclusions);
    EXPECT_EQ(typed->by_text, measured->by_text);
    EXPECT_EQ(typed->duplicates, measured->duplicates);
    audiences.push_back(measured->audience);
  }
  audiences.pop_back();  // chance says who is of the sample
  EXPECT_THAT(audiences, ElementsAre(4, 6, 1, 1, 3, 1, 1, 3));
  ASSERT_EQ(saved("a", women()), "");
  EXPECT_THAT(size("a")->exclusions, ElementsAre(Pair("opted_out", 1)));
  EXPECT_THAT(size("a")->by_text, ElementsAre(Pair(0, 3)));
  EXPECT_FALSE(size("b"));
}

TEST_F(SavedAudiences, AreMeasuredBeforeTheyAreSaved) {
  EXPECT_EQ(unsaved({})->audience, 6);
  AudienceQuery q = women();
  ASSERT_EQ(saved("a", q), "");
  AudienceQuery named;
  named.saved = "a";
  named.one_in = 0;
  EXPECT_EQ(unsaved(named)->audience, 4);
  q.groups.emplace_back("nobody");
  EXPECT_FALSE(unsaved(q));
  AudienceQuery many;
  many.languages.assign(measured_terms_max, "vi");
  EXPECT_EQ(unsaved(many)->audience, 5);
  many.languages.emplace_back("hmn");
  EXPECT_FALSE(unsaved(many));
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM saved_audience"), 1);
}

TEST_F(SavedAudiences, GiveACampaignTheirTermsOfThatMoment) {
  ASSERT_EQ(saved("a", women()), "");
  const auto id = created(from("a"));
  EXPECT_EQ(campaign(id).audience_saved, "a");
  EXPECT_EQ(chosen(id), 4);
  AudienceQuery other;
  other.units = {"03595"};
  ASSERT_EQ(saved("a", other), "");
  EXPECT_EQ(chosen(id), 4) << "what was written stays";
  EXPECT_EQ(chosen(created(from("a"))), 1);
  EXPECT_EQ(campaign(created(spec())).audience_saved, "");
}

TEST_F(SavedAudiences, AnEditTakesTheNewOne) {
  ASSERT_EQ(saved("a", women()), "");
  AudienceQuery other;
  other.units = {"03595"};
  ASSERT_EQ(saved("b", other), "");
  const auto id = created(from("a"));
  room.on_database([&](storage::Tx& tx) {
    config::Faults faults;
    EXPECT_TRUE(edit(tx, room.ids, id, from("b"), {}, {"operator"}, room.now(), faults).has_value());
  });
  EXPECT_EQ(campaign(id).audience_saved, "b");
  EXPECT_EQ(chosen(id), 1);
}

TEST_F(SavedAudiences, HaveTheirSampleUnlessTheFileSaysAnother) {
  AudienceQuery q = women();
  q.one_in = 7;
  ASSERT_EQ(saved("a", q), "");
  const auto one_in = [this](CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      return tx.value<int>("SELECT one_in FROM campaign WHERE id = $1", id).value();
    });
  };
  EXPECT_EQ(one_in(created(from("a"))), 7);
  EXPECT_EQ(one_in(created(from("a", 1))), 1);
  EXPECT_EQ(one_in(created(from("a", 20))), 20);
}

TEST_F(SavedAudiences, ThatAreNotThereAreFaultsOfTheFile) {
  EXPECT_EQ(faults(from("x")),
            "audience.saved: there is no saved audience \"x\": \"tongdai audience list\" names them\n");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM campaign"), 0);
}

/// What is read from an [audience] table, and its faults.
std::pair<AudienceQuery, std::string> read(const std::string& toml) {
  const auto document = config::read_toml("[audience]\n" + toml);
  config::Faults faults;
  AudienceQuery q;
  {
    config::Reader top(*document, "", faults);
    top.table("audience", [&](config::Reader& r) { q = AudienceQuery::read(r); });
  }
  return {q, config::print(faults, "c.toml")};
}

TEST(SavedAudienceOfAFile, StandsAloneOrWithASample) {
  const auto [alone, none] = read("saved = \"a\"\n");
  EXPECT_EQ(none, "");
  EXPECT_EQ(alone.saved, "a");
  EXPECT_EQ(alone.one_in, 0);
  EXPECT_EQ(read("saved = \"a\"\nsample = 10\n").first.one_in, 10);
  EXPECT_EQ(read("groups = [\"a\"]\n").first.one_in, 1);
}

TEST(SavedAudienceOfAFile, LeavesNoRoomForOtherTerms) {
  EXPECT_EQ(
      read("saved = \"a\"\ngroups = [\"b\"]\nexclude_units = [\"1\"]\n").second,
      "c.toml:3: audience.groups: must be left out: saved says whom, and only sample may stand beside it\n"
      "c.toml:4: audience.exclude_units: must be left out: saved says whom, and only sample may stand beside "
      "it\n");
  EXPECT_THAT(read("saved = \"\"\n").second, HasSubstr("audience.saved: must not be empty"));
  EXPECT_THAT(read("saved = 5\n").second, HasSubstr("audience.saved: must be a text, got a whole number"));
  EXPECT_THAT(read("saved = \"a\"\nsample = 0\n").second,
              HasSubstr("audience.sample: must be between 1 and 1000, got 0"));
  EXPECT_THAT(read("saved = \"a\"\nwhom = 1\n").second, HasSubstr("audience.whom: is not known here"));
}

}  // namespace
}  // namespace tongdai::campaigns
