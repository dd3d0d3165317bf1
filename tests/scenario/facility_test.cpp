// What facilities answer, and what they never learn.
#include "hotline/escalation.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Facilities : public Scenario {
 protected:
  void report_from(std::string_view number) {
    citizen(number).texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  }
};

TEST_F(Facilities, OfTwoWhoAcceptExactlyOneWins) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  clock.advance(10min);
  auto police = facility("Than Uyen police").expects(alert());
  police.replies("nhan {code}").expects(details());
  station.expects(taken_by_another()).replies("nhan {code}").expects(taken_by_another());
  EXPECT_EQ(count("SELECT COUNT(*) FROM referral WHERE state = 'accepted'"), 1);
}

TEST_F(Facilities, ACaseIsNotClosedOverWordsThatTheOwnerHasNotRead) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station");
  station.expects(alert()).replies("nhan {code}").expects(details());
  sandbox().world().throttles = 1;
  citizen("0912345678").texts("no dang quay lai");
  station.replies("xong {code}");
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 1);
  sandbox().world().throttles = 0;
  clock.advance(1min);
  station.expects(text("no dang quay lai")).expects(details()).replies("xong {code}").expects(closed());
}

TEST_F(Facilities, ALateYesCountsWhileNobodyElseHasIt) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  clock.advance(10min);
  facility("Than Uyen police").expects(alert());
  station.replies("nhan {code}").expects(details());
  facility("Than Uyen police").expects(taken_by_another());
}

TEST_F(Facilities, CommandsForgiveSpelling) {
  for (const char* words : {"NHẬN {code}", "nhan{code}", "Nhan: {code}.", "{code} nhan", "accept {code}"}) {
    report_from("0912345678");
    facility("Than Uyen health station")
        .expects(alert())
        .replies(words)
        .expects(details())
        .replies("xong {code}")
        .expects(closed());
    clock.advance(11min);
  }
}

TEST_F(Facilities, ABareWordIsEnoughWhileThereIsOneCase) {
  report_from("0912345678");
  facility("Than Uyen health station").expects(alert()).replies("nhan").expects(details());
}

TEST_F(Facilities, WithoutACodeAndWithTwoCasesNothingIsGuessed) {
  report_from("0912345678");
  report_from("0987654321");
  facility("Than Uyen health station").expects(alert()).expects(alert()).replies("nhan").expects(hint());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 0);
}

TEST_F(Facilities, AForeignCodeTellsNothing) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  facility("Sin Ho clinic").texts("nhan " + station.code()).expects(unknown_code());
  facility("Sin Ho clinic").texts("nhan 999999").expects(unknown_code());
}

TEST_F(Facilities, ACitizenCannotCommand) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  citizen("0987654321").texts("nhan " + station.code()).expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 0);
}

TEST_F(Facilities, WhoIsConnectedToThePerpetratorIsLeftOutAlsoAtTheEnd) {
  on_database([&](storage::Tx& tx) {
    hotline::Opening opening;
    opening.urgency = hotline::Urgency::critical;
    opening.place = hotline::Place::known;
    opening.unit = *tx.value<UnitId>("SELECT id FROM unit WHERE code = '03595' AND valid_to IS NULL");
    opening.services = {"medical", "police"};
    opening.conflicts = {
        *tx.value<FacilityId>("SELECT id FROM facility WHERE name = 'Than Uyen health station'")};
    return hotline::open_case(tx, engine().desk(), opening, now());
  });
  facility("Than Uyen police").expects(alert());
  clock.advance(5min);
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  facility("Than Uyen health station").expects(nothing());
}

TEST_F(Facilities, OnlyTheOwnerCloses) {
  report_from("0912345678");
  auto station = facility("Than Uyen health station").expects(alert());
  clock.advance(10min);
  facility("Than Uyen police").expects(alert()).replies("nhan {code}").expects(details());
  station.expects(taken_by_another()).replies("xong {code}").expects(not_yours());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 1);
}

TEST_F(Facilities, HandingACaseBackAsksTheNext) {
  report_from("0912345678");
  facility("Than Uyen health station")
      .expects(alert())
      .replies("nhan {code}")
      .expects(details())
      .replies("tu choi {code}")
      .expects(declined());
  facility("Than Uyen police").expects(alert());
}

}  // namespace
}  // namespace tongdai::test
