// Every send is accounted for: campaigns from approval to the accounts.
#include "campaigns/accounts.hpp"
#include "campaigns/control.hpp"
#include "campaigns/editing.hpp"
#include "campaigns/ending.hpp"
#include "config/toml_file.hpp"
#include "scenario/scenario.hpp"

#include <fmt/format.h>

#include <fstream>

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using outbox::MessageState;

class Campaign : public Scenario {
 protected:
  static constexpr const char* toml = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
accents = "strip"
body = "Chấm dứt bạo lực, vun đắp yêu thương"
)";

  void people(int n) {
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < n; ++i) csv += fmt::format("09880{:05},Nguoi {},03595,vi,phu-nu\n", i, i);
    add_contacts(csv);
  }
  void import_register(const std::string& csv) {
    const auto file = folder() / "register.csv";
    std::ofstream(file) << csv;
    run([](directory::NumberImport& import, std::filesystem::path path) -> asio::awaitable<void> {
      const auto report = co_await import.run(directory::NumberKind::do_not_call, path);
      EXPECT_TRUE(report) << report.error().what;
    }(engine().number_import(), file));
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }
  void all_expect(int from, int to) {
    for (int i = from; i < to; ++i) person(i).expects(text("Cham dut bao luc, vun dap yeu thuong"));
  }
  campaigns::Accounts accounts(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::account(tx, *campaigns::find(tx, id)); });
  }
  campaigns::CampaignState state(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::find(tx, id)->state; });
  }
};

TEST_F(Campaign, EverybodyGetsItOnceAndIsAccountedFor) {
  people(50);
  const auto id = launch(toml);
  clock.advance(5s);
  all_expect(0, 50);
  const auto a = accounts(id);
  EXPECT_EQ(a.audience, 50);
  EXPECT_EQ(a.of(MessageState::delivered), 50);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(state(id), campaigns::CampaignState::completed);
}

TEST_F(Campaign, WhoRefusedIsSuppressedWithTheReason) {
  people(3);
  person(1).texts("STOP").expects(opt_out_confirmed());
  const auto id = launch(toml);
  clock.advance(5s);
  person(0).expects(text("Cham dut"));
  person(1).expects(nothing());
  person(2).expects(text("Cham dut"));
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM campaign_recipient WHERE reason = 'opted_out'"), 1);
}

TEST_F(Campaign, WhoRefusesAfterTheApprovalIsLeftOutToo) {
  people(2);
  const auto id = launch(std::string(toml) + "[schedule]\nstart = 2026-11-25T10:00:00+07:00\n");
  person(1).texts("stop").expects(opt_out_confirmed());
  clock.advance(1h + 5s);
  person(0).expects(text("Cham dut"));
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 1);
}

TEST_F(Campaign, AnOpenCaseHoldsCampaignsAndLooksLikeAnyHold) {
  people(2);
  person(1).texts("toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  const auto id = launch(toml);
  clock.advance(5s);
  person(0).expects(text("Cham dut"));
  person(1).expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM campaign_recipient WHERE reason = 'held'"), 1);
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(Campaign, WhoIsInTheMidstOfALongTextIsHeldToo) {
  people(2);
  const auto give = [&](int i, const std::string& words, int part) {
    std::optional<bool> stored;
    sandbox().hand_over({fmt::format("part-{}", part), person(i).phone().reveal(), "19001234", words,
                         gateway::PartInfo{7, 2, static_cast<std::uint8_t>(part)}},
                        [&](bool ok) { stored = ok; });
    settle();
    EXPECT_EQ(stored, true);
  };
  give(1, "toi bi danh ", 1);
  const auto id = launch(toml);
  clock.advance(5s);
  person(0).expects(text("Cham dut"));
  person(1).expects(nothing());
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 1);
  give(1, "o Than Uyen", 2);
  person(1).expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Campaign, TheDaysCapIsAHoldToo) {
  people(1);
  for (int i = 0; i < 3; ++i) {
    launch(toml);
    clock.advance(5s);
    person(0).expects(text("Cham dut"));
  }
  const auto fourth = launch(toml);
  clock.advance(5s);
  EXPECT_EQ(accounts(fourth).of(MessageState::suppressed), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM campaign_recipient WHERE reason = 'held'"), 1);
}

class CampaignOverADay : public Campaign {
 protected:
  CampaignOverADay() { guard_interval = lateness = 10s; }  // a day of seconds would take long
};

TEST_F(CampaignOverADay, ClosingACaseSendsNothing) {
  people(1);
  person(0).texts("toi bi danh o Than Uyen").expects(acknowledgement());
  auto station =
      facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  const auto id = launch(toml);
  clock.advance(5s);
  station.replies("xong {code}").expects(closed());
  clock.advance(24h);
  EXPECT_EQ(accounts(id).of(MessageState::suppressed), 1);
}

TEST_F(Campaign, PauseStopsAndResumeGoesOn) {
  people(100);
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 10\n");
  clock.advance(3s);
  ASSERT_TRUE(act(id, CampaignEvent::pause));
  clock.advance(1s);
  const auto at_pause = accounts(id);
  EXPECT_GT(at_pause.of(MessageState::delivered), 5);
  EXPECT_LT(at_pause.of(MessageState::delivered), 60);
  clock.advance(1h);
  EXPECT_EQ(accounts(id).of(MessageState::delivered), at_pause.of(MessageState::delivered));
  ASSERT_TRUE(act(id, CampaignEvent::resume));
  clock.advance(30s);
  all_expect(0, 100);
  EXPECT_EQ(accounts(id).of(MessageState::delivered), 100);
}

TEST_F(Campaign, TunedOnItsWayItGoesFasterWithinASecond) {
  people(100);
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 1\n");
  clock.advance(3s);
  EXPECT_LT(accounts(id).of(MessageState::delivered), 6);
  ASSERT_TRUE(on_database([&](storage::Tx& tx) {
    return campaigns::tune(tx, engine().ids(), engine().door(), id, {.rate = 100, .gateway = "sandbox"},
                           {"test"}, now());
  }));
  clock.advance(4s);
  EXPECT_EQ(accounts(id).of(MessageState::delivered), 100);
  all_expect(0, 100);
}

TEST_F(CampaignOverADay, AnEditTakesTheApprovalBackAndOnlyTheNewTextLeaves) {
  people(3);
  const auto id = launch(std::string(toml) + "[schedule]\nstart = 2026-11-26T09:00:00+07:00\n");
  clock.advance(3s);
  const std::string changed = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
body = "End violence, grow love"
)";
  config::Faults faults;
  const auto spec = campaigns::Spec::read(*config::read_toml(changed), now(), faults);
  ASSERT_TRUE(on_database([&](storage::Tx& tx) {
    return campaigns::edit(tx, engine().ids(), id, spec, {changed}, {"author"}, now(), faults);
  })) << config::print(faults, "");
  clock.advance(25h);  // the old start passes: nothing was approved
  for (int i = 0; i < 3; ++i) person(i).expects(nothing());
  ASSERT_TRUE(act(id, CampaignEvent::submit));
  ASSERT_TRUE(act(id, CampaignEvent::approve));
  clock.advance(5s);
  for (int i = 0; i < 3; ++i) person(i).expects(text("End violence"));
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(accounts(id).of(MessageState::delivered), 3);
}

TEST_F(Campaign, CancelAccountsForWhoWasNotReached) {
  people(100);
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 10\n");
  clock.advance(3s);
  ASSERT_TRUE(act(id, CampaignEvent::cancel));
  clock.advance(1h);
  const auto a = accounts(id);
  EXPECT_GT(a.of(MessageState::cancelled), 40);
  EXPECT_EQ(a.of(MessageState::cancelled) + a.of(MessageState::delivered), 100);
  EXPECT_TRUE(a.add_up());
  all_expect(0, static_cast<int>(a.of(MessageState::delivered)));
}

TEST_F(Campaign, NothingLeavesOutsideTheWindow) {
  people(2);
  launch(std::string(toml) + "[schedule]\nwindows = [\"13:30-22:00\"]\n");
  clock.advance(4h + 29min);  // 13:29
  person(0).expects(nothing());
  clock.advance(2min);
  all_expect(0, 2);
}

TEST_F(Campaign, NothingLeavesAfterItsEnd) {
  people(100);
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 1\nend = 2026-11-25T09:00:30+07:00\n");
  clock.advance(1h);
  const auto a = accounts(id);
  EXPECT_GT(a.of(MessageState::expired), 60);
  EXPECT_TRUE(a.add_up());
  EXPECT_EQ(state(id), campaigns::CampaignState::completed);
  all_expect(0, static_cast<int>(a.of(MessageState::delivered)));
}

TEST_F(Campaign, ABlastDoesNotDelayAnAnswer) {
  people(3000);
  launch(toml);
  clock.advance(2s);
  citizen("0912345678").texts("toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  clock.advance(30s);
  all_expect(0, 3000);
}

TEST_F(Campaign, TheRightTextByLanguage) {
  add_contacts("phone,language,groups\n0988000001,vi,phu-nu\n0988000002,en,phu-nu\n0988000003,hmn,phu-nu\n");
  launch(std::string(toml) + "[[text]]\nlanguage = \"en\"\nbody = \"End violence, grow love\"\n");
  clock.advance(5s);
  citizen("0988000001").expects(text("Cham dut"));
  citizen("0988000002").expects(text("End violence"));
  citizen("0988000003").expects(text("Cham dut"));
}

TEST_F(Campaign, AdvertisingGoesOnlyToWhoConsentedAndIsNotInTheRegister) {
  add_contacts(
      "phone,groups,consent\n0988000001,phu-nu,yes\n0988000002,phu-nu,\n0988000003,phu-nu,2026-03-01\n"
      "0988000004,phu-nu,yes\n0988000005,phu-nu,yes\n0988000006,phu-nu,yes\n");
  import_register("phone\n0988000003\n");
  citizen("0988000004").texts("STOP").expects(opt_out_confirmed());
  const auto id = launch(
      "title = \"QC\"\nclass = \"advertising\"\n[audience]\ngroups = [\"phu-nu\"]\n[[text]]\n"
      "body = \"[QC] Lop hoc nghe mien phi\"\n[schedule]\nstart = 2026-11-25T10:00:00+07:00\n");
  clock.advance(1min);
  EXPECT_EQ(count("SELECT frozen FROM campaign"), 1);
  EXPECT_EQ(accounts(id).pending, 3);
  import_register("phone\n0988000003\n0988000005\n");  // after the freeze
  citizen("0988000006").texts("STOP").expects(opt_out_confirmed());
  clock.advance(1h);
  citizen("0988000001").expects(text("[QC] Lop hoc"));
  for (const char* number : {"0988000002", "0988000003", "0988000004", "0988000005", "0988000006"})
    citizen(number).expects(nothing());
  const auto with = [&](const std::string& reason) {
    return count("SELECT COUNT(*) FROM campaign_recipient WHERE state = 'suppressed' AND reason = '" +
                 reason + "'");
  };
  EXPECT_EQ(with("no_consent"), 1);
  EXPECT_EQ(with("do_not_call"), 2);
  EXPECT_EQ(with("opted_out"), 2);
  EXPECT_EQ(accounts(id).of(MessageState::delivered), 1);
  EXPECT_TRUE(accounts(id).add_up());
  EXPECT_EQ(count("SELECT COUNT(*) FROM consent"), 3) << "a refusal takes the consent away";
}

TEST_F(Campaign, ALargeAudienceIsFrozenAndEndedThoughTheServiceDiesMeanwhile) {
  constexpr int more = 2000;
  constexpr int all = campaigns::ending_step_recipients + more;
  people(all);
  const auto id = launch(std::string(toml) + "[schedule]\nstart = 2026-11-25T10:00:00+07:00\n");
  crash();
  clock.advance(1s);
  EXPECT_EQ(count("SELECT frozen FROM campaign"), 1);
  EXPECT_EQ(accounts(id).audience, all);
  EXPECT_EQ(accounts(id).pending, all);
  EXPECT_TRUE(act(id, CampaignEvent::cancel));
  crash();
  EXPECT_TRUE(accounts(id).add_up());
  clock.advance(1s);
  EXPECT_EQ(accounts(id).of(MessageState::cancelled), all);
  EXPECT_TRUE(accounts(id).add_up());
}

TEST_F(CampaignOverADay, WhatNobodyAnsweredIsUncertainAndNotSentTwice) {
  people(20);
  sandbox().world().silence = 1;
  const auto id = launch(toml);
  clock.advance(10s);
  EXPECT_EQ(accounts(id).of(MessageState::uncertain), 20);
  clock.advance(24h);
  const auto reached = count("SELECT COUNT(*) FROM message WHERE attempts > 1");
  EXPECT_EQ(reached, 0);
  for (int i = 0; i < 20; ++i) {
    if (unread(person(i)) > 0) person(i).expects(text("Cham dut"));
  }
}

}  // namespace
}  // namespace tongdai::test
