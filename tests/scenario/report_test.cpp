// What an agency sends up at the end of the Action Month: campaigns, refusals and cases, checked in figures.
#include <fmt/format.h>

#include "campaigns/accounts.hpp"
#include "campaigns/repair.hpp"
#include "report/document.hpp"
#include "report/html.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using outbox::MessageState;
using report::Figures;

class AgencyReport : public Scenario {
 protected:
  static constexpr const char* toml = R"(
title = "Thang hanh dong: <{}>"
class = "social_policy"
[audience]
groups = ["{}"]
[[text]]
body = "Cham dut bao luc {}"
)";

  void people(int n) {
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < n; ++i) {
      csv += fmt::format("09880{:05},Nguoi {},{},vi,{}\n", i, i, i % 2 == 0 ? "03595" : "03478",
                         i < 10 ? "phu-nu;can-bo" : "phu-nu");
    }
    add_contacts(csv);
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }
  void all_expect(int from, int to, const std::string& part) {
    for (int i = from; i < to; ++i) person(i).expects(text(part));
  }
  Figures gathered() {
    report::Terms terms;
    terms.from = now() - std::chrono::days{7};
    terms.to = now() + 1h;
    terms.price = [](const std::string&, const std::string& carrier) {
      return carrier == "Viettel" ? 250.0 : 300.0;
    };
    return on_database([&](storage::Tx& tx) {
      report::Gathering gathering(terms, engine().config().plan, engine().config().zone);
      for (const auto& c : report::campaigns_of(tx, terms)) {
        gathering.add_campaign(tx, c);
        for (const auto by : report::Gathering::dimensions) gathering.add_shares(tx, c, by);
      }
      gathering.add_cases(tx);
      return gathering.finish();
    });
  }
  report::Document written(const Figures& figures) {
    return report::write_document(figures, {"Lai Châu", now() - std::chrono::days{7}, now(), now(),
                                            engine().config().zone, report::Language::vi});
  }
};

TEST_F(AgencyReport, AddsUpWhatHappened) {
  people(40);
  launch(fmt::format(toml, 1, "phu-nu", "mot"));
  clock.advance(5s);
  all_expect(0, 40, "mot");
  person(3).texts("STOP").expects(opt_out_confirmed());
  person(4).texts("STOP").expects(opt_out_confirmed());
  clock.advance(1h);
  launch(fmt::format(toml, 2, "can-bo", "hai"));
  clock.advance(5s);
  for (int i = 0; i < 10; ++i) {
    if (i != 3 && i != 4) person(i).expects(text("hai"));
  }
  const Figures f = gathered();
  ASSERT_EQ(f.campaigns.size(), 2U);
  EXPECT_EQ(f.campaigns[0].reached, 40);
  EXPECT_EQ(f.campaigns[0].opt_outs, 2);
  EXPECT_EQ(f.campaigns[0].cost, 40 * 250.0);
  EXPECT_EQ(f.campaigns[1].accounts.audience, 10);
  EXPECT_EQ(f.campaigns[1].accounts.of(MessageState::suppressed), 2);
  EXPECT_EQ(f.campaigns[1].reached, 8);
  EXPECT_EQ(f.campaigns[1].opt_outs, 0);
  EXPECT_EQ(f.total.parts, 48);
  EXPECT_EQ(f.people_reached, 40);
  ASSERT_EQ(f.by_unit.size(), 2U);
  EXPECT_EQ(f.by_unit[0].audience + f.by_unit[1].audience, 50);
  EXPECT_EQ(f.by_unit[0].reached + f.by_unit[1].reached, 48);
  ASSERT_EQ(f.by_carrier.size(), 1U);
  EXPECT_EQ(f.by_carrier[0].key, "Viettel");
  const std::string page = report::print_html(written(f));
  EXPECT_NE(page.find("Thang hanh dong: &lt;1&gt;"), std::string::npos);
  EXPECT_NE(page.find("Xã Than Uyên"), std::string::npos);
}

TEST_F(AgencyReport, OfFewCasesItTellsNothingThatCouldNameOne) {
  for (int i = 0; i < 3; ++i) {
    citizen(fmt::format("09123457{:02}", i)).texts("toi bi danh o Than Uyen").expects(acknowledgement());
    facility("Than Uyen health station").expects(alert());
  }
  const Figures f = gathered();
  EXPECT_EQ(f.cases.cases.count, 3);
  EXPECT_EQ(f.cases.cases.shown, small_cells::Shown::below);
  const auto document = written(f);
  for (const auto& section : document.sections) {
    for (const auto& row : section.rows)
      for (const auto& cell : row) EXPECT_NE(cell.kind, report::Cell::Kind::count);
  }
}

TEST_F(AgencyReport, SumsOfCasesByUnitAndService) {
  for (int i = 0; i < 6; ++i) {
    citizen(fmt::format("09123457{:02}", i)).texts("toi bi danh o Than Uyen").expects(acknowledgement());
    facility("Than Uyen health station").expects(alert());
  }
  citizen("0912345790").texts("toi bi danh o Sin Ho").expects(acknowledgement());
  facility("Sin Ho clinic").expects(alert());
  const Figures f = gathered();
  EXPECT_EQ(f.cases.cases, (small_cells::Cell{7, small_cells::Shown::plain}));
  const auto& table = f.cases.by_unit;
  for (std::size_t i = 0; i < table.lines.size(); ++i) {
    const auto& cell = table.counts.at(i, table.counts.columns);
    if (table.lines[i].key == "03478") EXPECT_EQ(cell, (small_cells::Cell{1, small_cells::Shown::below}));
    if (table.lines[i].key == "03595") EXPECT_EQ(cell.count, 6);
  }
}

class AgencyReportADayLater : public AgencyReport {
 protected:
  AgencyReportADayLater() { guard_interval = lateness = 10s; }  // a day of seconds would take long
};

TEST_F(AgencyReportADayLater, WhoseMessageIsLostIsUncertainAndGetsNothingTwice) {
  people(20);
  const auto id = launch(fmt::format(toml, 1, "phu-nu", "mot"));
  clock.advance(5s);
  all_expect(0, 20, "mot");
  const auto repaired = on_database([&](storage::Tx& tx) {
    tx.run("DELETE FROM message WHERE campaign_id = $1 AND campaign_seq = 7", id);  // as a lost page does it
    const auto campaign = campaigns::find(tx, id).value();
    const auto check = campaigns::check(tx, campaign);
    campaigns::Repaired done;
    campaigns::begin_repair(tx, campaign, check, done);
    campaigns::repair_step(tx, engine().door(), engine().messages(), id, check, 0, check.tally_agrees(), done,
                           now());
    campaigns::end_repair(tx, engine().ids(), campaign, {"administrator"}, check, true, done, now());
    return done;
  });
  EXPECT_EQ(repaired.uncertain, 1);
  clock.advance(24h);
  const auto accounts =
      on_database([&](storage::Tx& tx) { return campaigns::account(tx, campaigns::find(tx, id).value()); });
  EXPECT_TRUE(accounts.add_up());
  EXPECT_EQ(accounts.of(MessageState::uncertain), 1);
}  // any further text would fail the test

}  // namespace
}  // namespace tongdai::test
