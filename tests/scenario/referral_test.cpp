// How a case changes hands, and what a text that was long on its way still does.
#include "hotline/front_desk.hpp"
#include "hotline/on_behalf.hpp"
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using hotline::Deed;

class Referrals : public Scenario {
 protected:
  Referrals() { guard_interval = lateness = 10s; }  // hours of seconds would take long
  Handset station() { return facility("Than Uyen health station"); }
  Handset police() { return facility("Than Uyen police"); }

  /// A report that the health station has taken.
  Handset taken_by_station() {
    citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
    return station().expects(alert()).replies("nhan {code}").expects(details());
  }
  /// A text that the service got at `sent` and could handle only now.
  void late(const Handset& from, const std::string& words, TimePoint sent) {
    on_database([&](storage::Tx& tx) {
      inbox::InboundText text;
      text.sender = from.phone();
      text.text = words;
      text.received_at = sent;
      text.recognised = inbox::recognise(words, engine().config().words.commands);
      return hotline::receive_text(tx, engine().desk(), text, now());
    });
  }
  Result<void> desk_says(std::string_view code, Deed deed, const hotline::Behalf& behalf) {
    return on_database([&](storage::Tx& tx) -> Result<void> {
      return hotline::act_on_behalf(tx, engine().desk(), code, deed, behalf, now());
    });
  }
  hotline::CaseView shown(std::string_view code) {
    return on_database([&](storage::Tx& tx) { return hotline::show_case(tx, code).value(); });
  }
  std::string last_event(std::string_view code) {
    const auto e = shown(code).timeline.back();
    return e.kind + ": " + e.detail;
  }
};

TEST_F(Referrals, WhoGivesACaseOnGetsNothingOfItAnyMore) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("chuyen " + code + " cong an").expects(text("Da chuyen vu viec " + code));
  police().expects(alert());
  citizen("0912345678").texts("no dang o ngoai cua");
  first.expects(nothing());
  first.texts("xong " + code).expects(not_yours());
  first.texts("nhan " + code).expects(not_yours());
  first.texts("dang lam " + code).expects(not_yours());
  police().replies("nhan " + code).expects(details());
  citizen("0912345678").texts("cuu toi, o Than Uyen");
  police().expects(text("cuu toi"));
  first.expects(nothing());
}

TEST_F(Referrals, ACaseIsGivenOnToAFacilityByAPartOfItsName) {
  auto first = taken_by_station();
  first.replies("chuyen {code} women").expects(text("Da chuyen vu viec"));
  facility("Than Uyen women's union").expects(alert());
}

TEST_F(Referrals, WhoIsNotNamedClearlyIsNotGuessedAndTheCaseStays) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("chuyen " + code + " than uyen").expects(text("chua ro chuyen cho ai"));
  first.replies("chuyen " + code + " sin ho").expects(text("chua ro chuyen cho ai"));
  EXPECT_EQ(shown(code).owner, "Than Uyen health station");
}

TEST_F(Referrals, GivenOnToNobodyInParticularTheNextOfThePlanIsAsked) {
  auto first = taken_by_station();
  first.replies("chuyen {code}").expects(text("Da chuyen vu viec"));
  police().expects(alert());
}

TEST_F(Referrals, HandingBackAsksTheNextAndKeepsTheReasonWithoutNumbers) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("tra lai " + code + " het xe, goi 0912 000 555").expects(text("Da ghi nhan TRA LAI"));
  police().expects(alert());
  const auto events = shown(code).timeline;
  EXPECT_EQ(events[events.size() - 2].kind, "handed_back");
  EXPECT_EQ(events[events.size() - 2].detail, "het xe goi ***");
}

TEST_F(Referrals, ADeclineKeepsItsReason) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  auto first = station().expects(alert());
  first.replies("tu choi {code} dang mo").expects(declined());
  police().expects(alert());
  EXPECT_EQ(count_details("dang mo"), 1);
}

TEST_F(Referrals, ASignOfLifeBeginsTheLeaseAnew) {
  auto first = taken_by_station();
  clock.advance(3h);
  first.replies("dang lam {code}").expects(text("Da ghi nhan dang lam"));
  clock.advance(3h);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 1);
  clock.advance(1h);
  first.expects(text("con 30 phut"));
  police().expects(alert());
}

TEST_F(Referrals, WhoClosedACaseTooEarlyReopensIt) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("xong " + code).expects(closed());
  police().texts("mo lai " + code).expects(unknown_code());
  first.replies("mo lai " + code).expects(details());
  EXPECT_EQ(shown(code).owner, "Than Uyen health station");
  clock.advance(4h);  // its lease runs, and behind it is a plan
  first.expects(text("con 30 phut"));
  police().expects(alert());
}

TEST_F(Referrals, TheDeskReopensACaseWithANewPlan) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("xong " + code).expects(closed());
  EXPECT_TRUE(desk_says(code, Deed::reopen, {}));
  first.expects(alert()).replies("nhan " + code).expects(details());
}

TEST_F(Referrals, ACaseStaysClosedWhileItsReporterHasAnother) {
  auto first = taken_by_station();
  const std::string code = first.code();
  first.replies("xong " + code).expects(closed());
  clock.advance(11min);
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  first.expects(alert());
  first.texts("mo lai " + code).expects(closed());
  EXPECT_EQ(desk_says(code, Deed::reopen, {}).error().code, Code::conflict);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state <> 'closed'"), 1);
}

TEST_F(Referrals, BedsAreCountedForWhoHasBeds) {
  auto union_ = facility("Than Uyen women's union");
  union_.texts("con 3 giuong").expects(text("Da ghi 3 giuong"));
  EXPECT_EQ(count("SELECT free FROM facility_beds"), 3);
  union_.texts("het giuong").expects(text("Da ghi 0 giuong"));
  EXPECT_EQ(count("SELECT free FROM facility_beds"), 0);
  late(union_, "giuong 5", now() - 10min);
  union_.expects(text("Da ghi 5 giuong"));
  EXPECT_EQ(count("SELECT free FROM facility_beds"), 0) << "an older word changes nothing";
  station().texts("giuong 3").expects(text("Chua ro so giuong"));
}

TEST_F(Referrals, AnOldYesDoesNotOvertakeALaterNo) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  auto first = station().expects(alert());
  const std::string code = first.code();
  clock.advance(2min);
  first.replies("tu choi " + code).expects(declined());
  police().expects(alert());
  late(first, "nhan " + code, now() - 1min);
  first.expects(text("den muon"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 0);
}

TEST_F(Referrals, WhatWasDoneInTimeIsDoneThoughItsTextCameLate) {
  auto first = taken_by_station();
  const std::string code = first.code();
  clock.advance(4h);
  first.expects(text("con 30 phut"));
  police().expects(alert());
  late(first, "xong " + code, now() - 10min);
  first.expects(closed());
  police().expects(taken_by_another());
  EXPECT_EQ(shown(code).c.state, hotline::CaseState::closed);
}

TEST_F(Referrals, AnotherWhoHasItMeanwhileIsNotClosedUnder) {
  auto first = taken_by_station();
  const std::string code = first.code();
  clock.advance(4h);
  first.expects(text("con 30 phut"));
  police().expects(alert()).replies("nhan {code}").expects(details());
  first.expects(taken_by_another());
  late(first, "xong " + code, now() - 10min);
  first.expects(not_yours());
  EXPECT_EQ(shown(code).owner, "Than Uyen police");
}

TEST_F(Referrals, ADoneThatWasSentAfterTheLeaseEndedClosesNothing) {
  auto first = taken_by_station();
  const std::string code = first.code();
  clock.advance(4h);
  first.expects(text("con 30 phut"));
  police().expects(alert());
  first.replies("xong " + code).expects(not_yours());
  EXPECT_EQ(shown(code).c.state, hotline::CaseState::open);
}

TEST_F(Referrals, TheDeskActsForAFacilityThatCalled) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  const std::string code = station().expects(alert()).code();
  ASSERT_TRUE(desk_says(code, Deed::accept, {"Sin Ho clinic", "", ""}));
  facility("Sin Ho clinic").expects(details());
  station().expects(taken_by_another());
  ASSERT_TRUE(desk_says(code, Deed::progress, {}));
  EXPECT_EQ(last_event(code), "renewed: ");
  ASSERT_TRUE(desk_says(code, Deed::transfer, {"", "Than Uyen police", "knows them"}));
  police().expects(alert());
  EXPECT_EQ(desk_says(code, Deed::hand_back, {}).error().code, Code::not_allowed) << "nobody has it";
  ASSERT_TRUE(desk_says(code, Deed::decline, {"Than Uyen police", "", "no car"}));
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
}

TEST_F(Referrals, WhoCameTooLateIsWelcomeWhenNobodyHasItAnyMore) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  auto first = station().expects(alert());
  clock.advance(10min);
  police().expects(alert()).replies("nhan {code}").expects(details());
  first.expects(taken_by_another());
  police().replies("tra lai {code}").expects(text("Da ghi nhan TRA LAI"));
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  first.replies("nhan {code}").expects(details());
  citizen("0912000191").expects(taken_by_another());
  citizen("0962000192").expects(taken_by_another());
}

TEST_F(Referrals, ACaseThatIsThrownToAndFroEndsAtTheDesk) {
  auto first = taken_by_station();
  const std::string code = first.code();
  auto other = police();
  for (int i = 0; i < 4; ++i) {
    first.replies("chuyen " + code + " cong an").expects(text("Da chuyen"));
    other.expects(alert()).replies("nhan " + code).expects(details());
    other.replies("chuyen " + code + " y te").expects(text("Da chuyen"));
    first.expects(alert()).replies("nhan " + code).expects(details());
  }
  first.replies("chuyen " + code + " cong an").expects(text("Da chuyen"));
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
}

TEST_F(Referrals, WhoBelongsToAFacilityInConflictAsWellLearnsNothing) {
  on_database([](storage::Tx& tx) {
    return tx.run(
        "INSERT INTO facility_contact (facility_id, ordinal, phone, hours) SELECT id, 9, '+84912000104', "
        "'24/7' "
        "FROM facility WHERE name = 'Than Uyen health station'");
  });
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  auto shared = facility("Sin Ho clinic").expects(alert());
  const std::string code = station().expects(alert()).code();
  on_database([](storage::Tx& tx) {
    return tx.run(
        "INSERT INTO case_conflict SELECT (SELECT id FROM hotline_case), id FROM facility WHERE name = "
        "'Sin Ho clinic'");
  });
  shared.texts("nhan " + code).expects(unknown_code());
  ASSERT_TRUE(desk_says(code, Deed::accept, {"Than Uyen health station", "", ""}));
  station().expects(details());
  citizen("0912345678").texts("no quay lai");
  station().expects(text("no quay lai"));
  shared.expects(nothing());
  clock.advance(4h);
  station().expects(text("con 30 phut"));
  police().expects(alert());
}

TEST_F(Referrals, TheDeskIsToldWhatItCannotDo) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  const std::string code = station().expects(alert()).code();
  on_database([&](storage::Tx& tx) {
    return tx.run(
        "INSERT INTO case_conflict SELECT (SELECT id FROM hotline_case), id FROM facility WHERE name = "
        "'Sin Ho clinic'");
  });
  EXPECT_EQ(desk_says("999999", Deed::accept, {"Than Uyen police", "", ""}).error().code, Code::not_found);
  EXPECT_EQ(desk_says(code, Deed::accept, {"Nobody", "", ""}).error().code, Code::not_found);
  EXPECT_EQ(desk_says(code, Deed::accept, {"Sin Ho clinic", "", ""}).error().code, Code::refused);
  EXPECT_EQ(desk_says(code, Deed::accept, {}).error().code, Code::invalid);
  EXPECT_EQ(desk_says(code, Deed::decline, {"Than Uyen police", "", ""}).error().code, Code::not_allowed);
  EXPECT_EQ(desk_says(code, Deed::reopen, {}).error().code, Code::not_allowed);
}

}  // namespace
}  // namespace tongdai::test
