// Timers beside the escalation: the reminder of a lease, the law's clocks; many alerts at once, and too many.
#include "hotline/escalation.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/on_behalf.hpp"
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Timers : public Scenario {
 protected:
  Timers() { guard_interval = lateness = 10s; }  // hours of seconds would take long
  Handset station() { return facility("Than Uyen health station"); }
  Handset police() { return facility("Than Uyen police"); }
  void expect_pages(const std::string& part) {
    citizen("0912000191").expects(text(part));
    citizen("0962000192").expects(text(part));
  }
  Handset taken(const std::string& words) {
    citizen("0912345678").texts(words).expects(acknowledgement());
    return station().expects(alert()).replies("nhan {code}").expects(details());
  }
  void open_cases(int count, const std::string& service, const std::string& unit = "03595") {
    on_database([&](storage::Tx& tx) {
      hotline::Opening opening;
      opening.place = hotline::Place::known;
      opening.unit =
          tx.value<UnitId>("SELECT id FROM unit WHERE code = $1 AND valid_to IS NULL", unit).value();
      opening.services = {service};
      for (int i = 0; i < count; ++i) hotline::open_case(tx, engine().desk(), opening, now());
      return true;
    });
  }
  /// The clinic of Sin Ho stands behind whoever is asked now, in all plans.
  void ask_the_clinic_next() {
    on_database([](storage::Tx& tx) {
      tx.run("UPDATE referral SET step = 9 WHERE state = 'planned'");
      return tx.run(
          "INSERT INTO referral (id, case_id, facility_id, step, state) SELECT id + 1000000, id, (SELECT id "
          "FROM "
          "facility WHERE name = 'Sin Ho clinic'), 2, 'planned' FROM hotline_case");
    });
  }
  std::string clocks() {
    return on_database([](storage::Tx& tx) {
      std::string all;
      tx.each("SELECT kind, state FROM case_clock ORDER BY kind",
              [&](const storage::Row& row) { all += row.text(0) + ":" + row.text(1) + " "; });
      return all;
    });
  }
};

TEST_F(Timers, TheOwnerIsRemindedBeforeTheLeaseEndsAndOnce) {
  auto owner = taken("toi bi danh, o Than Uyen");
  clock.advance(3h + 29min);
  owner.expects(nothing());
  clock.advance(1min);
  owner.expects(text("con 30 phut"));
  clock.advance(28min);
  owner.expects(nothing());
  clock.advance(2min);
  police().expects(alert());
}

TEST_F(Timers, ASignOfLifeMovesTheReminder) {
  auto owner = taken("toi bi danh, o Than Uyen");
  clock.advance(3h);
  owner.replies("dang lam {code}").expects(text("Da ghi nhan dang lam"));
  clock.advance(1h);
  owner.expects(nothing());
  clock.advance(2h + 30min);
  owner.expects(text("con 30 phut"));
}

TEST_F(Timers, WhoHasTheCaseNoLongerIsNotReminded) {
  auto owner = taken("toi bi danh, o Than Uyen");
  owner.replies("xong {code}").expects(closed());
  clock.advance(5h);
  owner.expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM lease_reminder"), 0);
}

TEST_F(Timers, ACriticalCaseHasAShortLeaseAndAReminderInIt) {
  citizen("0912345678").texts("chong cam dao, o Than Uyen").expects(acknowledgement());
  auto owner = police().expects(alert()).replies("nhan {code}").expects(details());
  clock.advance(20min);
  owner.expects(text("con 10 phut"));
  clock.advance(10min);
  expect_pages("CHUA AI NHAN");
}

TEST_F(Timers, AChildsClocksRunFromTheReport) {
  auto owner = taken("danh con, o Than Uyen");
  EXPECT_EQ(clocks(), "child_measures:running forward:met ");
  const std::string code = owner.code();
  for (int hours = 3; hours <= 9; hours += 3) {
    clock.advance(3h);
    owner.texts("dang lam " + code).expects(text("Da ghi nhan dang lam"));
  }
  clock.advance(1h);
  const std::string warning = "Vu viec " + code + ": bao ve khan cap tre em, con 120 phut theo luat";
  owner.expects(text(warning));
  expect_pages(warning);
  owner.texts("dang lam " + code).expects(text("Da ghi nhan dang lam"));
  clock.advance(2h);
  owner.expects(text("bao ve khan cap tre em DA QUA HAN"));
  expect_pages("bao ve khan cap tre em DA QUA HAN");
  EXPECT_EQ(clocks(), "child_measures:overdue forward:met ");
  EXPECT_NE(log_text().find("alarm a legal time limit has passed"), std::string::npos);
}

TEST_F(Timers, WhatIsMetInTimeIsQuiet) {
  auto owner = taken("danh con, o Than Uyen");
  on_database([](storage::Tx& tx) {
    tx.run("UPDATE hotline_case SET due_at = due_at + 86400000");  // the lease is not what this is about
    return tx.run("DELETE FROM lease_reminder");
  });
  EXPECT_TRUE(on_database([&](storage::Tx& tx) -> Result<void> {
    const auto c = hotline::find_case(tx, owner.code());
    return hotline::meet_clock(tx, engine().desk(), c->id, hotline::ClockKind::child_measures, now());
  }));
  clock.advance(13h);
  EXPECT_EQ(clocks(), "child_measures:met forward:met ");
}

TEST_F(Timers, WhatIsNotPassedOnAtOnceIsToldToTheDesk) {
  hotline::Settings& settings = engine().desk().settings;
  settings.step_high = settings.duty_repeat = 6h;
  citizen("0912345678").texts("danh con, o Than Uyen").expects(acknowledgement());
  station().expects(alert());
  clock.advance(15min);
  expect_pages("chuyen tin ve tre em, con 15 phut");
  clock.advance(15min);
  expect_pages("chuyen tin ve tre em DA QUA HAN");
}

TEST_F(Timers, ANoContactDecisionHasTwelveHoursFromItsRequest) {
  auto owner = taken("toi bi danh, o Than Uyen");
  on_database([&](storage::Tx& tx) {
    tx.run("UPDATE hotline_case SET due_at = due_at + 86400000");
    tx.run("DELETE FROM lease_reminder");
    const auto c = hotline::find_case(tx, owner.code());
    return hotline::start_clock(tx, engine().desk(), c->id, hotline::ClockKind::no_contact, now() - 2h,
                                now());
  });
  clock.advance(8h);
  owner.expects(text("quyet dinh cam tiep xuc, con 120 phut"));
  expect_pages("quyet dinh cam tiep xuc");
  owner.texts("xong " + owner.code()).expects(closed());
  EXPECT_EQ(clocks(), "no_contact:ended ");
  clock.advance(3h);
}

TEST_F(Timers, ManyThatAreDueTogetherLeaveAsOneTextWithoutDetail) {
  open_cases(5, "police");
  for (int i = 0; i < 5; ++i) police().expects(alert());
  clock.advance(30min);
  for (const char* number : {"0912000191", "0962000192"}) {
    auto officer =
        citizen(number).expects(text("CHUA AI NHAN 5 vu viec: 482913, 482914, 482915, 482916, 482917."));
    EXPECT_EQ(officer.last().find("Than Uyen"), std::string::npos) << officer.last();
    officer.expects(nothing());
  }
  citizen("0912000191").texts("nhan 482915").expects(details());
  police().expects(taken_by_another());
}

TEST_F(Timers, ManyForOneFacilityLeaveAsOneTextAndAreAnsweredOneByOne) {
  open_cases(3, "medical");
  for (int i = 0; i < 3; ++i) station().expects(alert());
  ask_the_clinic_next();
  clock.advance(30min);
  auto clinic = facility("Sin Ho clinic").expects(text("3 vu viec dang cho: 482913, 482914, 482915."));
  clinic.texts("nhan").expects(hint());
  clinic.texts("nhan 482914").expects(details());
  station().expects(taken_by_another());
  clinic.texts("tu choi 482913").expects(declined());
  expect_pages("CHUA AI NHAN vu viec 482913");
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 1);
}

TEST_F(Timers, ADigestThatIsLostTakesAllItsCasesOn) {
  open_cases(4, "medical");
  for (int i = 0; i < 4; ++i) station().expects(alert());
  // Its phone is dead.
  sandbox().refuse(Phone::stored("+84912000104"));
  ask_the_clinic_next();
  clock.advance(30min);
  clock.advance(3s);
  expect_pages("CHUA AI NHAN 4 vu viec");
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_event WHERE kind = 'alert_failed'"), 4);
}

TEST_F(Timers, TooManyPagesAreHeldBackButNeverTheFirstOfACase) {
  engine().desk().settings.pages_per_hour = 4;
  engine().desk().settings.duty_repeat = 10min;
  open_cases(1, "medical", "03439");  // served by nobody: the desk at once
  expect_pages("CHUA AI NHAN");
  clock.advance(10min);
  expect_pages("CHUA AI NHAN");
  clock.advance(30min);
  citizen("0912000191").expects(nothing());
  EXPECT_EQ(count_details("held back"), 3);
  open_cases(1, "medical", "03439");
  expect_pages("CHUA AI NHAN vu viec 482914");
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE due_at IS NULL"), 0);
  clock.advance(31min);  // there is room again
  expect_pages("CHUA AI NHAN");
}

TEST_F(Timers, AFacilityWithTooManyAlertsIsPassedOver) {
  engine().desk().settings.alerts_per_hour = 1;
  engine().desk().settings.facilities_max = 1;
  open_cases(2, "police");  // the first alerts of two cases: both leave
  police().expects(alert()).expects(alert());
  auto first = police();
  first.texts("nhan 482913").expects(details());
  first.texts("xong 482913").expects(closed());
  EXPECT_TRUE(on_database([&](storage::Tx& tx) -> Result<void> {
    return hotline::act_on_behalf(tx, engine().desk(), "482913", hotline::Deed::reopen, {}, now());
  }));
  expect_pages("CHUA AI NHAN vu viec 482913");
  EXPECT_EQ(count_details("too many alerts to it within the hour"), 1);
}

}  // namespace
}  // namespace tongdai::test
