#include "campaigns/editing.hpp"

#include <gmock/gmock.h>

#include "campaigns/pump.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using outbox::MessageState;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Actor author{"author"}, second{"second"}, administrator{"author", true};

class EditingTest : public CampaignTest {
 protected:
  EditingTest() {
    door.set_campaign_texts(&recent_texts);
    messages.set_campaign_gate(
        [this](storage::Tx& tx, CampaignId id, TimePoint now) { return leave_of(tx, id, almanac, now); });
    for (int id = 1; id <= 6; ++id) contact(id), member(1, id);
  }

  Result<CampaignState> by(const Actor& actor, CampaignId id, CampaignEvent event, std::string comment = "") {
    return room.on_database(
        [&](storage::Tx& tx) { return act(tx, messages, id, event, actor, comment, room.now()); });
  }
  Result<CampaignState> edited(CampaignId id, const Spec& s, const Actor& actor = second) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults found;
      return edit(tx, room.ids, id, s, {"title = \"new\"  # why\n"}, actor, room.now(), found);
    });
  }
  Result<CampaignState> tuned(CampaignId id, const Tuning& to) {
    return room.on_database(
        [&](storage::Tx& tx) { return tune(tx, room.ids, door, id, to, second, room.now()); });
  }
  void drop_all() {
    while (room.on_database([](storage::Tx& tx) { return drop_step(tx, 2); })) {
    }
  }
  void turn() {
    room.on_database([&](storage::Tx& tx) { pump.run_once(tx, room.now()); });
  }
  std::vector<HistoryEvent> past(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return history(tx, id); });
  }
  std::string last_comment(CampaignId id) { return past(id).back().comment; }
  std::int64_t rows(const std::string& where) { return room.count("SELECT COUNT(*) FROM " + where); }

  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  Pump pump{door, messages, almanac, room.log, {}};
};

TEST_F(EditingTest, WhoWroteItMayNotApproveIt) {
  const auto id = created(spec());
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  const auto refused = by(author, id, CampaignEvent::approve);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::not_allowed);
  EXPECT_THAT(refused.error().what, AllOf(HasSubstr("a second person may"), HasSubstr("the administrator")));
  EXPECT_EQ(campaign(id).state, CampaignState::submitted);
  EXPECT_TRUE(by(second, id, CampaignEvent::approve));
  EXPECT_EQ(last_comment(id), "");
}

TEST_F(EditingTest, AStepOfADripStaysThatOfItsDay) {
  listed("hen", "ngay", {{1, ""}, {2, ""}});
  room.on_database([&](storage::Tx& tx) {
    tx.run(
        "INSERT INTO list_day (batch_id, day, recipient) SELECT batch_id, 'ngay=2021-11-25', $1 FROM "
        "number_list",
        phone(2));
  });
  Spec s = spec();
  s.audience.groups.clear();
  s.audience.lists = {"hen"};
  s.audience.days = {"ngay=2021-11-25"};
  const auto id = created(s);
  const auto size = [&] {
    return room.on_database([&](storage::Tx& tx) { return measure_audience(tx, id).audience; });
  };
  EXPECT_EQ(size(), 1);
  s.audience.days.clear();
  s.title = "With another text";
  ASSERT_TRUE(edited(id, s));
  EXPECT_EQ(campaign(id).title, "With another text");
  EXPECT_EQ(size(), 1) << "and not the whole list";
}

TEST_F(EditingTest, TheAdministratorStandsInForTheSecondPersonAndTheHistorySaysSo) {
  const auto id = created(spec());
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  ASSERT_TRUE(by(administrator, id, CampaignEvent::approve, "urgent"));
  EXPECT_EQ(last_comment(id), "urgent; the administrator stood in for the second person");
}

TEST_F(EditingTest, OfACampaignOfBeforeNobodyKnowsTheAuthorAndOnlyTheAdministratorApproves) {
  const auto id = created(spec());
  room.on_database([&](storage::Tx& tx) { tx.run("UPDATE campaign SET author = '' WHERE id = $1", id); });
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  EXPECT_FALSE(by(second, id, CampaignEvent::approve));
  EXPECT_TRUE(by(administrator, id, CampaignEvent::approve));
}

TEST_F(EditingTest, ARejectionSaysWhatToChange) {
  const auto id = created(spec());
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  for (const char* nothing : {"", "   "}) {
    const auto refused = by(second, id, CampaignEvent::reject, nothing);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::invalid);
    EXPECT_EQ(refused.error().what, "is required: say what to change");
  }
  EXPECT_TRUE(by(second, id, CampaignEvent::reject, "the date"));
  EXPECT_EQ(last_comment(id), "the date");
  EXPECT_EQ(past(id).back().who, "second");
}

TEST_F(EditingTest, TheEditorIsTheAuthorOfWhatStands) {
  const auto id = created(spec());
  ASSERT_TRUE(edited(id, spec(), second));
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  EXPECT_FALSE(by(second, id, CampaignEvent::approve));
  EXPECT_TRUE(by(author, id, CampaignEvent::approve));
}

TEST_F(EditingTest, AnEditLeavesWhatACreationOfTheSameFileWouldHaveLeft) {
  Spec changed = spec();
  changed.title = "Khac";
  changed.klass = Class::transactional;
  changed.legal_basis = "hop dong";
  changed.audience.groups = {"can-bo"};
  changed.audience.units = {"12"};
  changed.audience.exclude_groups = {"phu-nu"};
  changed.audience.one_in = 7;
  changed.texts = {{"vi", Accents::keep, "Mot"}, {"en", Accents::keep, "One"}};
  changed.schedule.start += 1h;
  changed.schedule.end += 1h;
  changed.schedule.windows = text::DayWindows::parse({"08:00-09:00"}).value();
  changed.schedule.skip_holidays = true;
  changed.schedule.rate = 9;
  changed.schedule.gateway = "plain";
  changed.canary = {5, 6, 7, 8min};
  changed.paced_by_cases = false;
  const auto id = created(spec());
  ASSERT_TRUE(edited(id, changed, author));
  const auto fresh = created(changed);
  // Every column but these, so that a new one is not forgotten.
  std::vector<std::string> columns = room.on_database([](storage::Tx& tx) {
    return tx.all("SELECT name FROM pragma_table_info('campaign')",
                  [](const storage::Row& row) { return row.text(0); });
  });
  std::erase_if(columns, [](const std::string& c) { return c == "id" || c.ends_with("_at"); });
  ASSERT_GT(columns.size(), 15U);
  for (const auto& column : columns) {
    EXPECT_EQ(room.count("SELECT COUNT(DISTINCT " + column + ") FROM campaign"), 1) << column;
  }
  EXPECT_EQ(campaign(id).schedule.start, campaign(fresh).schedule.start);
  EXPECT_EQ(campaign(id).schedule.end, campaign(fresh).schedule.end);
  EXPECT_EQ(rows("campaign"), 2) << "nothing half-done stays";
  for (const std::string table : {"campaign_text", "campaign_audience"}) {
    const auto of = [&](CampaignId c) { return rows(table + " WHERE campaign_id = " + to_string(c)); };
    EXPECT_EQ(of(id), of(fresh)) << table;
    EXPECT_EQ(rows(table), 2 * of(id)) << table;
  }
}

TEST_F(EditingTest, AnEditTakesTheApprovalBackAndTheAccountsAddUp) {
  opted_out(3);
  Spec later = spec();
  later.schedule.start += 24h;
  const auto id = approved(later);
  ASSERT_EQ(accounts(id).audience, 6);
  ASSERT_EQ(accounts(id).of(MessageState::suppressed), 1);
  EXPECT_EQ(edited(id, spec()), CampaignState::draft);
  EXPECT_EQ(accounts(id).audience, 0);
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 0);
  EXPECT_EQ(rows("campaign_freeze") + rows("campaign_exclusion"), 0);
  for (const auto& t : room.on_database([&](storage::Tx& tx) { return texts(tx, id); }))
    EXPECT_FALSE(t.rendered) << "its text is rendered at the next approval";
  ASSERT_TRUE(acted(id, CampaignEvent::submit));
  const auto early = by(author, id, CampaignEvent::approve);
  ASSERT_FALSE(early);
  EXPECT_THAT(early.error().what, HasSubstr("former audience"));
  drop_all();
  EXPECT_EQ(rows("campaign_recipient"), 0);
  EXPECT_TRUE(by(author, id, CampaignEvent::approve));
}

TEST_F(EditingTest, OnlyAnAudienceWhoseApprovalWasTakenBackIsDropped) {
  const auto kept = approved(spec());
  Spec later = spec();
  later.schedule.start += 24h;
  const auto id = approved(later);
  ASSERT_TRUE(edited(id, later));
  drop_all();
  EXPECT_EQ(rows("campaign_recipient"), 6);
  EXPECT_EQ(accounts(kept).audience, 6);
  ASSERT_TRUE(acted(kept, CampaignEvent::cancel));
  drop_all();
  EXPECT_EQ(rows("campaign_recipient"), 6) << "who a cancelled one was for stays on record";
}

TEST_F(EditingTest, OnceBegunItIsNotEdited) {
  Spec s = spec();
  s.schedule.rate = 1;
  const auto id = approved(s);
  turn();
  const auto refusal = [&] { return edited(id, spec()).error().what; };
  EXPECT_THAT(refusal(), AllOf(HasSubstr("it is running"), HasSubstr("create a new campaign")));
  ASSERT_TRUE(acted(id, CampaignEvent::pause));
  EXPECT_THAT(refusal(), HasSubstr("it is paused"));
  ASSERT_TRUE(acted(id, CampaignEvent::resume));
  EXPECT_THAT(refusal(), HasSubstr("it has begun")) << "approved again, but some have it";
  ASSERT_TRUE(acted(id, CampaignEvent::cancel));
  EXPECT_THAT(refusal(), AllOf(HasSubstr("it is cancelled"), HasSubstr("create a new campaign")));
  EXPECT_EQ(edited(CampaignId{999}, spec()).error().code, Code::not_found);
  EXPECT_EQ(rows("campaign_revision"), 0);
}

TEST_F(EditingTest, AFileWithFaultsChangesNothing) {
  const auto id = created(spec());
  ASSERT_TRUE(by(author, id, CampaignEvent::submit));
  Spec wrong = spec();
  wrong.title = "Khac";
  wrong.audience.groups = {"khong-co"};
  config::Faults found;
  const auto refused = room.on_database(
      [&](storage::Tx& tx) { return edit(tx, room.ids, id, wrong, {"x"}, second, room.now(), found); });
  EXPECT_FALSE(refused);
  EXPECT_EQ(config::print(found, ""),
            "audience.groups[0]: there is no group \"khong-co\": \"tongdai group list\" names them\n");
  EXPECT_EQ(campaign(id).title, "Thang hanh dong");
  EXPECT_EQ(campaign(id).state, CampaignState::submitted);
  EXPECT_EQ(rows("campaign") + rows("campaign_revision"), 1);
}

TEST_F(EditingTest, EveryRevisionStaysAsItCame) {
  const auto id = created(spec());
  room.on_database([&](storage::Tx& tx) {
    EXPECT_EQ(write_revision(tx, id, "author", {"{}", DocumentFormat::json}, room.now()), 1);
  });
  room.time.jump_wall(1h);
  ASSERT_TRUE(edited(id, spec()));
  EXPECT_EQ(last_comment(id), "revision 2");
  room.on_database([&](storage::Tx& tx) {
    const auto all = revisions(tx, id);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].who, "author");
    EXPECT_EQ(all[1].who, "second");
    EXPECT_EQ(all[1].at, room.now());
    EXPECT_EQ(find_revision(tx, id, 1)->document.format, DocumentFormat::json);
    EXPECT_EQ(find_revision(tx, id, 2)->document.text, "title = \"new\"  # why\n");
    EXPECT_FALSE(find_revision(tx, id, 3));
  });
}

TEST_F(EditingTest, ANewRateIsInForceWithTheNextTurn) {
  Spec s = spec();
  s.schedule.rate = 1;
  const auto id = approved(s);
  turn();
  ASSERT_EQ(accounts(id).of(MessageState::queued), 5) << "five seconds ahead";
  ASSERT_TRUE(tuned(id, {.rate = 100, .gateway = std::nullopt}));
  turn();
  EXPECT_EQ(accounts(id).of(MessageState::queued), 6);
  room.time.jump_wall(100ms);
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "plain").size(), 6U);
  EXPECT_EQ(last_comment(id), "rate 100, was 1");
  EXPECT_EQ(past(id).back().who, "second");
}

TEST_F(EditingTest, WhatWaitsGoesOverToANewGateway) {
  Spec s = spec();
  s.schedule.rate = 1;
  const auto id = approved(s);
  turn();
  ASSERT_TRUE(tuned(id, {.rate = 0, .gateway = "discreet"}));
  turn();
  EXPECT_TRUE(claim_all(outbox::Lane::bulk, "plain").empty());
  EXPECT_EQ(claim_all(outbox::Lane::bulk, "discreet").size(), 5U);
  const auto take = [&](const std::string& gateway) {
    return room.on_database(
        [&](storage::Tx& tx) { return pump.take(tx, {gateway, {gateway}, 10, 100}, room.now()).claimed; });
  };
  EXPECT_TRUE(take("plain").empty());
  EXPECT_EQ(take("discreet").size(), 1U);
  EXPECT_EQ(last_comment(id), "rate none, was 1; gateway discreet, was any");
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(EditingTest, AGatewayThatCannotCarryItIsRefused) {
  const auto id = approved(spec());
  EXPECT_EQ(tuned(id, {.rate = {}, .gateway = "nobody"}).error().what,
            "gateway \"nobody\" may not carry campaigns");
  router.parts_max = 0;
  EXPECT_THAT(tuned(id, {.rate = {}, .gateway = "discreet"}).error().what,
              HasSubstr("gateway \"discreet\" cannot carry the text in \"vi\": "));
  EXPECT_EQ(campaign(id).schedule.gateway, "");
}

TEST_F(EditingTest, OnlyWhatIsOnItsWayIsTuned) {
  const auto id = created(spec());
  EXPECT_THAT(tuned(id, {.rate = 5, .gateway = {}}).error().what, HasSubstr("it is draft: write rate"));
  ASSERT_TRUE(acted(id, CampaignEvent::cancel));
  EXPECT_THAT(tuned(id, {.rate = 5, .gateway = {}}).error().what, HasSubstr("it is cancelled"));
  EXPECT_EQ(tuned(CampaignId{999}, {.rate = 5, .gateway = {}}).error().code, Code::not_found);
}

TEST_F(EditingTest, ACampaignWhoseGatewayIsGoneWaits) {
  Spec s = spec();
  s.schedule.rate = 100;
  const auto id = approved(s);
  room.on_database(
      [&](storage::Tx& tx) { tx.run("UPDATE campaign SET gateway = 'gone' WHERE id = $1", id); });
  turn();
  EXPECT_EQ(accounts(id).pending, 6);
  ASSERT_TRUE(tuned(id, {.rate = {}, .gateway = ""}));
  turn();
  EXPECT_EQ(accounts(id).of(MessageState::queued), 6);
}

TEST_F(EditingTest, EachClassHasABasisOfItsOwn) {
  const auto basis = [](std::string_view klass) {
    config::Faults found;
    config::Node::Table table{{"class", config::Node{std::string(klass), 0}}};
    return Spec::read(config::Node{std::move(table), 0}, {}, found).legal_basis;
  };
  EXPECT_EQ(basis("social_policy"), "social policy: not advertising under Decree 91/2020/ND-CP");
  EXPECT_EQ(basis("advertising"), "advertising: consent of the recipient");
  EXPECT_EQ(basis("transactional"), "customer care");
}

}  // namespace
}  // namespace tongdai::campaigns
