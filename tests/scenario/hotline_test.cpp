// A citizen's report and what becomes of it: no report is lost, and a human has it in the end.
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Hotline : public Scenario {
 protected:
  /// "Than Uyen" without accents, as people write.
  static constexpr const char* report = "toi bi danh, o Than Uyen";
  void report_from(std::string_view number) { citizen(number).texts(report).expects(acknowledgement()); }
  /// What the schema forbids and only a damaged database can hold.
  void lose_timers() {
    on_database([](storage::Tx& tx) {
      tx.run("PRAGMA ignore_check_constraints = ON");
      tx.run("UPDATE hotline_case SET due_at = NULL");
      return tx.run("PRAGMA ignore_check_constraints = OFF");
    });
  }
  /// After it: each scenario ends with a look at the timers.
  void mend_timers() {
    on_database([this](storage::Tx& tx) {
      return tx.run("UPDATE hotline_case SET due_at = $1 WHERE due_at IS NULL", now() + 1h);
    });
  }
  /// The auditor's page to each duty officer.
  void expect_audit_pages(const std::string& cases) {
    for (const char* officer : {"0912000191", "0962000192"}) {
      citizen(officer).expects(text(cases + " vu viec khong co nguoi theo doi"));
    }
  }
};

TEST_F(Hotline, AReportReachesTheFacilityThatCanHelp) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Hotline, TheAlertBeforeAcceptanceSaysNothingOfTheReporter) {
  citizen("0912345678")
      .texts("toi la Lo Thi May, bi danh, o ban Na Phat Than Uyen")
      .expects(acknowledgement());
  auto station = facility("Than Uyen health station").expects(alert());
  for (const char* secret : {"912345678", "Lo Thi May", "Na Phat", "ban "}) {
    EXPECT_EQ(station.last().find(secret), std::string::npos) << secret;
  }
}

TEST_F(Hotline, WhoAcceptsGetsTheDetailsWithoutTheNumber) {
  citizen("0912345678").texts("toi bi danh o Than Uyen, goi toi 0912 345 678").expects(acknowledgement());
  auto station =
      facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  EXPECT_EQ(station.last().find("345"), std::string::npos) << station.last();
  EXPECT_NE(station.last().find("bi danh"), std::string::npos) << station.last();
}

TEST_F(Hotline, AnUnansweredAlertGoesToTheNextFacility) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  clock.advance(10min);
  facility("Than Uyen police").expects(alert()).replies("nhan {code}").expects(details());
  facility("Than Uyen health station").expects(taken_by_another());
  citizen("0912345678").expects(nothing());
}

TEST_F(Hotline, ADeclineGoesToTheNextFacilityAtOnce) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert()).replies("tu choi {code}").expects(declined());
  facility("Than Uyen police").expects(alert());
}

TEST_F(Hotline, WhenThePlanIsUsedUpTheDutyOfficerIsPagedUntilAHumanTakesIt) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  clock.advance(10min);
  facility("Than Uyen police").expects(alert());
  clock.advance(10min);
  facility("Than Uyen women's union").expects(nothing());  // offers neither of the services
  for (int round = 0; round < 3; ++round) {
    citizen("0912000191").expects(duty_page());
    citizen("0962000192").expects(duty_page());
    clock.advance(10min);
  }
  citizen("0962000192").expects(duty_page());
  citizen("0912000191").expects(duty_page()).replies("nhan {code}").expects(details());
  facility("Than Uyen health station").expects(taken_by_another());
  facility("Than Uyen police").expects(taken_by_another());
  clock.advance(1h);  // nobody is paged any more
}

TEST_F(Hotline, AReportWithoutAPlaceIsAskedForItAndTheDutyOfficerKnowsMeanwhile) {
  citizen("0912345678").texts("cuu toi voi").expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  citizen("0912345678").texts("Than Uyên");
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Hotline, AnAmbiguousPlaceIsAskedNeverGuessed) {
  // Mường Than is the old commune, now in Than Uyên, and a new one.
  citizen("0912345678").texts("toi bi danh o muong than").expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE place = 'ambiguous' AND unit_id IS NULL"), 1);
}

TEST_F(Hotline, AnOldNameOfAPlaceIsUnderstood) {
  citizen("0912345678").texts("bi danh o xa Hua Nà").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Hotline, ASecondTextJoinsTheOpenCaseAndIsNotAnsweredAgain) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  citizen("0912345678").texts("no lai danh nua").expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_text"), 2);
}

TEST_F(Hotline, ALaterTextReachesWhoHoldsTheCase) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  citizen("0912345678").texts("no dang o ngoai cua");
  facility("Than Uyen health station").expects(text("ngoai cua"));
}

TEST_F(Hotline, ATextFromAnUnknownNumberNeverJoinsAnotherPersonsCase) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  report_from("0987654321");
  facility("Than Uyen health station").expects(alert());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'open'"), 2);
}

TEST_F(Hotline, ALongReportArrivesWhole) {
  std::string words = "o Than Uyen, toi bi danh. ";
  while (words.size() < 500) words += "chong toi ve nha la danh toi va cac con. ";
  citizen("0912345678").texts(words).expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  const auto stored = on_database([](storage::Tx& tx) {
    return tx.value<std::string>("SELECT unseal(key_id, sealed_text, text) FROM inbound");
  });
  EXPECT_EQ(stored, words);
}

TEST_F(Hotline, AFacilitysPersonCanReportToo) {
  facility("Sin Ho clinic").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Hotline, AnAcceptedCaseThatIsForgottenEscalatesAgain) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  clock.advance(4h);
  facility("Than Uyen health station").expects(text("con 30 phut"));
  facility("Than Uyen police").expects(alert()).replies("nhan {code}").expects(details());
  facility("Than Uyen health station").expects(taken_by_another());
}

class HotlineOverADay : public Hotline {
 protected:
  HotlineOverADay() { guard_interval = lateness = 10s; }  // a day of seconds would take long
};

TEST_F(HotlineOverADay, AClosedCaseIsQuietAndALaterTextOpensANewOne) {
  report_from("0912345678");
  facility("Than Uyen health station")
      .expects(alert())
      .replies("nhan {code}")
      .expects(details())
      .replies("xong {code}")
      .expects(closed());
  clock.advance(24h);
  citizen("0912345678").expects(nothing());
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  EXPECT_EQ(count("SELECT COUNT(DISTINCT code) FROM hotline_case"), 2);
}

TEST_F(HotlineOverADay, AStepWithNobodyOnDutyIsSkippedAtOnce) {
  clock.advance(9h);  // 18:00: the Women's Union, the only one that shelters, works until 17:00
  citizen("0912345678").texts("khong co cho o, o Than Uyen").expects(acknowledgement());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  EXPECT_EQ(count("SELECT COUNT(*) FROM referral WHERE state = 'unreachable'"), 1);
}

TEST_F(Hotline, AReportFromWhereNobodyServesPagesTheDesk) {
  citizen("0912345678").texts("toi bi danh, o Thu Lum").expects(acknowledgement());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
}

TEST_F(Hotline, ATextThatCannotBeHandledIsKeptAndPagesTheDesk) {
  on_database([](storage::Tx& tx) { return tx.run("ALTER TABLE unit_name RENAME TO lost"); });
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(nothing());
  citizen("0912000191").expects(text("chua xu ly duoc"));
  citizen("0962000192").expects(text("chua xu ly duoc"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound"), 1);
}

TEST_F(Hotline, AnOpenCaseWithoutATimerPagesTheDutyOfficersOnceAnHour) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  lose_timers();
  clock.advance(1min);
  expect_audit_pages("1");
  EXPECT_NE(log_text().find("alarm open cases without owner or timer forgotten=1 without_desk=0"),
            std::string::npos);
  clock.advance(58min);
  citizen("0912000191").expects(nothing());
  citizen("0962000192").expects(nothing());
  clock.advance(2min);
  expect_audit_pages("1");
  mend_timers();
}

TEST_F(Hotline, AClockThatLeapsForwardForgetsNoCaseAndAlarmsNobodyOfIt) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  time().advance(55s);  // the next audit turns at once, the timers in a moment
  time().jump_wall(20min);
  clock.advance(20s);
  facility("Than Uyen police").expects(alert());
  citizen("0912000191").expects(nothing());
}

TEST_F(Hotline, AnAcceptedCaseWithoutALeasePagesTheDutyOfficers) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  lose_timers();
  clock.advance(1min);
  expect_audit_pages("1");
  mend_timers();
}

TEST_F(Hotline, APlanThatDoesNotEndAtTheDutyDeskPagesTheDutyOfficers) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  on_database([this](storage::Tx& tx) {
    return tx.run("DELETE FROM referral WHERE facility_id = $1", engine().desk().duty_desk);
  });
  clock.advance(1min);
  expect_audit_pages("1");
}

TEST_F(Hotline, ADeskThatWasAskedTwiceGivesBackWhatItHas) {
  citizen("0912345678").texts("cuu toi voi").expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  citizen("0912345678").texts("Sin Ho");
  facility("Sin Ho clinic").expects(alert()).replies("tu choi {code}").expects(declined());
  citizen("0962000192").expects(duty_page());
  auto officer = duty_officer();
  officer.expects(duty_page()).replies("nhan {code}").expects(details());
  officer.replies("tu choi {code}").expects(declined()).expects(duty_page());
  citizen("0962000192").expects(duty_page());
  EXPECT_EQ(count("SELECT COUNT(*) FROM referral WHERE state = 'accepted'"), 0);
}

TEST_F(Hotline, ACodeIsNotUsedAgainWhileItsCaseIsKept) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  station.replies("nhan {code}").expects(details()).replies("xong {code}").expects(closed());
  repeat_last_code();
  report_from("0912345679");
  facility("Than Uyen health station").expects(alert());
  EXPECT_EQ(count("SELECT COUNT(DISTINCT code) FROM hotline_case"), 2);
}

TEST_F(Hotline, TheListOfCasesGoesOnWhereAPageEnded) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  citizen("0912345679").texts("chong cam dao doa giet, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen police").expects(alert());
  report_from("0912345670");
  facility("Than Uyen health station").expects(alert());
  const auto codes = on_database([](storage::Tx& tx) {
    std::vector<std::string> read;
    hotline::CasePlace after;
    for (auto page = hotline::list_cases(tx, {}, after, 1); !page.empty();
         page = hotline::list_cases(tx, {}, after, 1)) {
      read.push_back(page.front().c.code);
      after = {static_cast<int>(page.front().c.urgency), page.front().c.id.value};
    }
    return read;
  });
  EXPECT_EQ(codes, (std::vector<std::string>{"482914", "482913", "482915"}));  // the most urgent first
}

TEST_F(Hotline, AFailedAlertAdvancesTheEscalation) {
  sandbox().refuse(Phone::stored("+84912000101"));
  report_from("0912345678");
  clock.advance(3s);
  facility("Than Uyen police").expects(alert());
}

TEST_F(Hotline, AnAlertThatIsNotDeliveredAdvancesTheEscalation) {
  sandbox().world().undelivered = 1;
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert());
  sandbox().world().undelivered = 0;
  clock.advance(3s);
  facility("Than Uyen police").expects(alert());
}

}  // namespace
}  // namespace tongdai::test
