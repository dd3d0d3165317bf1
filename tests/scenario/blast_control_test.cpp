// A blast that goes wrong halts by itself, and one that the hotline cannot bear slows down.
#include <fmt/format.h>

#include "campaigns/accounts.hpp"
#include "campaigns/canary.hpp"
#include "campaigns/history.hpp"
#include "campaigns/series.hpp"
#include "config/toml_file.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using campaigns::CampaignState;
using outbox::MessageState;

class BlastControl : public Scenario {
 protected:
  static constexpr const char* toml = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
accents = "strip"
body = "Chấm dứt bạo lực"
)";
  void people(int n) {
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < n; ++i) csv += fmt::format("09880{:05},Nguoi {},03595,vi,phu-nu\n", i, i);
    add_contacts(csv);
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }
  void all_expect(int from, int to) {
    for (int i = from; i < to; ++i) person(i).expects(text("Cham dut bao luc"));
  }
  std::int64_t in_state(CampaignId id, MessageState state) {
    return on_database(
        [&](storage::Tx& tx) { return campaigns::account(tx, campaigns::find(tx, id).value()).of(state); });
  }
  std::int64_t delivered(CampaignId id) { return in_state(id, MessageState::delivered); }
  CampaignState state(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::find(tx, id)->state; });
  }
  std::string last_event(CampaignId id) {
    return on_database([&](storage::Tx& tx) {
      const auto events = campaigns::history(tx, id);
      return events.back().who + ": " + events.back().comment;
    });
  }
  campaigns::Pace pace() {
    return on_database([&](storage::Tx& tx) { return campaigns::pace_of(engine().pressure(tx)); });
  }
};

TEST_F(BlastControl, TheFirstShareGoesOutAndTheRestFollowsByItself) {
  people(60);
  const auto id = launch(std::string(toml) + "[canary]\nsize = 20\nwait_minutes = 10\n");
  clock.advance(5min);
  EXPECT_EQ(delivered(id), 20);
  clock.advance(6min);
  EXPECT_EQ(delivered(id), 60);
  all_expect(0, 60);
  EXPECT_EQ(state(id), CampaignState::completed);
}

TEST_F(BlastControl, ABadFirstShareHaltsTheBlastAndAPersonLetsItGoOn) {
  people(60);
  sandbox().world().undelivered = 1;
  const auto id = launch(std::string(toml) + "[canary]\nsize = 20\nwait_minutes = 10\n");
  clock.advance(15min);
  EXPECT_EQ(state(id), CampaignState::paused);
  EXPECT_EQ(in_state(id, MessageState::undelivered), 20);
  EXPECT_NE(last_event(id).find("canary: of the first 20, "), std::string::npos) << last_event(id);
  EXPECT_NE(log_text().find("alarm a campaign was halted"), std::string::npos);
  clock.advance(2h);
  EXPECT_EQ(state(id), CampaignState::paused);
  sandbox().world().undelivered = 0;
  ASSERT_TRUE(act(id, CampaignEvent::resume));
  clock.advance(1min);
  EXPECT_EQ(delivered(id), 40);
  all_expect(0, 60);  // those of whom the receipts say no hear it in the sandbox all the same
}

TEST_F(BlastControl, WhoRefusesAfterTheFirstShareHaltsTheBlast) {
  people(60);
  const auto id =
      launch(std::string(toml) + "[canary]\nsize = 20\nopt_outs_max_percent = 5\nwait_minutes = 30\n");
  clock.advance(1min);
  all_expect(0, 20);
  person(1).texts("STOP").expects(opt_out_confirmed());
  clock.advance(5s);
  EXPECT_EQ(state(id), CampaignState::running);
  person(2).texts("STOP").expects(opt_out_confirmed());
  clock.advance(5s);
  EXPECT_EQ(state(id), CampaignState::paused);
  EXPECT_NE(last_event(id).find("2 refused further texts"), std::string::npos) << last_event(id);
}

TEST_F(BlastControl, ACrashInTheWaitKeepsTheCanary) {
  people(60);
  const auto id = launch(std::string(toml) + "[canary]\nsize = 20\nwait_minutes = 10\n");
  clock.advance(5min);
  crash();
  clock.advance(2min);
  EXPECT_EQ(delivered(id), 20);
  clock.advance(4min);
  EXPECT_EQ(delivered(id), 60);
  all_expect(0, 60);
}

TEST_F(BlastControl, ABlastThatFailsHaltsWithoutACanaryToo) {
  people(4000);
  sandbox().world().rejects = 1;
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 100\n");
  clock.advance(2min);
  EXPECT_EQ(state(id), CampaignState::paused);
  EXPECT_GE(in_state(id, MessageState::failed), 1000);
  EXPECT_LT(in_state(id, MessageState::failed), 1800);
  EXPECT_NE(last_event(id).find("failure watch: of the last "), std::string::npos) << last_event(id);
}

/// The desk can take five cases at once.
class BusyHotline : public BlastControl {
 protected:
  BusyHotline() { hotline_settings = "capacity = 5\n"; }

  void reports(int n) {
    for (int i = 0; i < n; ++i) {
      reporters_.push_back(fmt::format("09690{:05}", i));
      citizen(reporters_.back()).texts("toi bi danh o Than Uyen").expects(acknowledgement());
      facility("Than Uyen health station").expects(alert());
      codes_.push_back(facility("Than Uyen health station").code());
    }
  }
  void take_all() {
    for (const std::string& code : codes_)
      facility("Than Uyen health station").texts("nhan " + code).expects(details());
  }

 private:
  std::vector<std::string> reporters_, codes_;
};

TEST_F(BusyHotline, ManyReportsStopABlastAndTakingThemLetsItGoOn) {
  people(600);
  const auto id = launch(std::string(toml) + "[schedule]\nrate = 2\n");
  clock.advance(10s);
  EXPECT_EQ(pace(), campaigns::Pace::full);
  reports(10);
  EXPECT_EQ(pace(), campaigns::Pace::stopped);
  clock.advance(5s);
  const auto at_stop = delivered(id);
  clock.advance(1min);
  EXPECT_EQ(delivered(id), at_stop) << "nothing more leaves";
  EXPECT_EQ(state(id), CampaignState::running) << "it is not paused: it waits";
  take_all();
  EXPECT_EQ(pace(), campaigns::Pace::full);
  clock.advance(30s);
  EXPECT_GT(delivered(id), at_stop + 50);
  ASSERT_TRUE(act(id, CampaignEvent::cancel));
  clock.advance(1s);
  all_expect(0, static_cast<int>(delivered(id)));
}

TEST_F(BusyHotline, SomeReportsSlowAGatewaysFullSpeed) {
  people(6000);
  reports(7);  // of five, so 2 - 7/5 = 0.6: half speed
  EXPECT_EQ(pace(), campaigns::Pace::slowed);
  const auto id = launch(toml);
  clock.advance(2s);
  const auto before = delivered(id);
  clock.advance(3s);
  const double slowed = static_cast<double>(delivered(id) - before) / 3;
  take_all();
  clock.advance(1s);
  const auto after = delivered(id);
  clock.advance(2s);
  const double full = static_cast<double>(delivered(id) - after) / 2;
  EXPECT_NEAR(slowed / full, 0.5, 0.12) << slowed << " of " << full << " a second";
  clock.advance(1min);
  all_expect(0, 6000);
}

TEST_F(BusyHotline, ACampaignThatIsNotPacedGoesOn) {
  people(20);
  reports(10);
  const auto id = launch(std::string(toml) + "[schedule]\npaced_by_cases = false\n");
  clock.advance(5s);
  EXPECT_EQ(delivered(id), 20);
  all_expect(0, 20);
  take_all();
}

class SeriesScenario : public BlastControl {
 protected:
  SeriesScenario() { first_moment = "2026-11-25T21:00:00+07:00"; }
};

TEST_F(SeriesScenario, EachDayHasItsText) {
  people(5);
  config::Faults faults;
  const auto spec = campaigns::Spec::read(config::read_toml(std::string(toml) + R"(
[[step]]
start = 2026-11-25T07:00:00+07:00
end = 2026-11-25T22:00:00+07:00
[[step]]
title = "Ngay hai"
start = 2026-11-26T07:00:00+07:00
end = 2026-11-26T22:00:00+07:00
[[step.text]]
body = "Vun dap yeu thuong"
)")
                                              .value(),
                                          now(), faults);
  const auto steps = campaigns::plan(spec, engine().almanac(), faults);
  ASSERT_EQ(config::print(faults, ""), "");
  const auto act_all = [&](campaigns::SeriesId id, CampaignEvent event) {
    return on_database([&](storage::Tx& tx) {
      return campaigns::act_series(tx, engine().messages(), id, event, {"test"}, "", now()).has_value();
    });
  };
  const auto series = on_database([&](storage::Tx& tx) {
    return campaigns::create_series(tx, engine().ids(), "Thang", steps, "author", now(), faults);
  });
  EXPECT_TRUE(act_all(series.id, CampaignEvent::submit));
  EXPECT_TRUE(act_all(series.id, CampaignEvent::approve));
  clock.advance(1min);
  all_expect(0, 5);
  EXPECT_EQ(state(series.steps[0]), CampaignState::completed);
  clock.advance(9h);  // past 06:00
  for (int i = 0; i < 5; ++i) person(i).expects(nothing());
  clock.advance(2h);
  for (int i = 0; i < 5; ++i) person(i).expects(text("Vun dap yeu thuong"));
  EXPECT_EQ(state(series.steps[1]), CampaignState::completed);
}

}  // namespace
}  // namespace tongdai::test
