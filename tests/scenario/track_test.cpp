// Several services at once, each with its own facility and its own consent.
#include "hotline/ownership.hpp"
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Tracks : public Scenario {
 protected:
  Tracks() {
    hotline_settings = "[hotline.routing]\nown_track = [\"police\"]\n";
    guard_interval = lateness = 10s;  // hours of seconds would take long
  }
  Handset station() { return facility("Than Uyen health station"); }
  Handset police() { return facility("Than Uyen police"); }
  /// Violence: medical help and the police, both asked at once where they have tracks of their own.
  void report(const std::string& words = "toi bi danh, o Than Uyen") {
    citizen("0912345678").texts(words).expects(acknowledgement());
  }
  hotline::CaseView shown(std::string_view code) {
    return on_database([&](storage::Tx& tx) { return hotline::show_case(tx, code).value(); });
  }
  Result<void> consent(std::string_view code, const std::string& service, bool given) {
    return on_database([&](storage::Tx& tx) -> Result<void> {
      return hotline::record_consent(tx, engine().desk(), *hotline::find_case(tx, code), service, given,
                                     now());
    });
  }
};

class WithConsent : public Tracks {
 protected:
  WithConsent() { hotline_settings = "[hotline.routing]\nconsent = [\"police\"]\n"; }
  /// The duty officers are told that the reporter is to be asked.
  void expect_question() {
    citizen("0912000191").expects(text("can cong an, can nguoi bao tin dong y"));
    citizen("0962000192").expects(text("can cong an, can nguoi bao tin dong y"));
  }
};

TEST_F(Tracks, TwoServicesAreAskedAtOnceAndEachHasItsOwner) {
  report();
  auto one = station().expects(alert());
  auto other = police().expects(alert());
  EXPECT_EQ(other.last().find("y te"), std::string::npos) << "each is told its own part: " << other.last();
  one.replies("nhan {code}").expects(details());
  other.replies("nhan {code}").expects(details());
  citizen("0912345678").texts("no quay lai");
  one.expects(text("no quay lai"));
  other.expects(text("no quay lai"));
}

TEST_F(Tracks, ATrackEscalatesByItself) {
  report();
  station().expects(alert()).replies("nhan {code}").expects(details());
  police().expects(alert());
  clock.advance(10min);
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page()).replies("nhan {code}").expects(details());
  police().expects(taken_by_another());
  station().expects(nothing());
}

TEST_F(Tracks, ATracksOwnerWhoIsSilentLosesItAndIsRemindedBefore) {
  report();
  auto one = station().expects(alert()).replies("nhan {code}").expects(details());
  police().expects(alert()).replies("nhan {code}").expects(details());
  clock.advance(3h);
  one.replies("dang lam {code}").expects(text("Da ghi nhan dang lam"));
  clock.advance(1h);
  police().expects(text("con 30 phut"));
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  EXPECT_EQ(shown(one.code()).owner, "Than Uyen health station");
}

TEST_F(Tracks, TheCaseEndsWhenAllOfItIsDone) {
  report();
  auto one = station().expects(alert()).replies("nhan {code}").expects(details());
  const std::string code = one.code();
  auto other = police().expects(alert()).replies("nhan {code}").expects(details());
  one.replies("xong " + code).expects(closed());
  EXPECT_EQ(shown(code).c.state, hotline::CaseState::accepted);
  EXPECT_EQ(shown(code).owner, "Than Uyen police");
  other.replies("xong " + code).expects(closed());
  EXPECT_EQ(shown(code).c.state, hotline::CaseState::closed);
}

TEST_F(Tracks, ATrackThatIsDoneLeavesTheLeadAsItIs) {
  report();
  auto one = station().expects(alert()).replies("nhan {code}").expects(details());
  const std::string code = one.code();
  police()
      .expects(alert())
      .replies("nhan {code}")
      .expects(details())
      .replies("xong {code}")
      .expects(closed());
  EXPECT_EQ(shown(code).owner, "Than Uyen health station");
  EXPECT_EQ(shown(code).tracks[0].t.state, hotline::TrackState::closed);
  citizen("0912345678").texts("no quay lai");
  one.expects(text("no quay lai"));
}

TEST_F(Tracks, WhatIsNotTakenYetGoesOnAfterTheLeadIsDone) {
  report();
  auto one = station().expects(alert()).replies("nhan {code}").expects(details());
  const std::string code = one.code();
  police().expects(alert());
  one.replies("xong " + code).expects(closed());
  clock.advance(10min);
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  police().replies("nhan {code}").expects(details());
  citizen("0912000191").expects(taken_by_another());
  citizen("0962000192").expects(taken_by_another());
}

TEST_F(Tracks, ThePlaceThatIsLearntLaterBeginsTheTracksToo) {
  citizen("0912345678").texts("toi bi danh").expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  citizen("0912345678").texts("Than Uyen");
  station().expects(alert());
  police().expects(alert());
}

TEST_F(WithConsent, ThePoliceAreAskedOnlyIfTheReporterAgrees) {
  report();
  expect_question();
  auto one = station().expects(alert());
  const std::string code = one.code();
  clock.advance(10min);  // not by escalation either
  police().expects(nothing());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  ASSERT_TRUE(consent(code, "police", true));
  police().expects(alert());
  EXPECT_EQ(shown(code).tracks[0].t.consent, hotline::Consent::given);
}

TEST_F(WithConsent, WhoRefusedIsNotAskedForWhateverHappens) {
  report();
  expect_question();
  const std::string code = station().expects(alert()).code();
  ASSERT_TRUE(consent(code, "police", false));
  citizen("0912345678").texts("no cam dao");
  police().expects(nothing());
}

TEST_F(WithConsent, DangerToLifeWaivesTheConsent) {
  report();
  expect_question();
  station().expects(alert());
  citizen("0912345678").texts("no cam dao");
  police().expects(alert());
}

TEST_F(WithConsent, AChildWaivesTheConsent) {
  report("danh con, o Than Uyen");
  station().expects(alert());
  police().expects(alert());
}

TEST_F(WithConsent, WhenNobodyMayBeAskedTheDeskHasTheCase) {
  report("goi cong an, o Than Uyen");
  expect_question();
  police().expects(nothing());
  station().expects(alert());  // whoever serves the place, but the police
}

TEST_F(WithConsent, ConsentMayAddAServiceThatNobodyThoughtOf) {
  report();
  expect_question();
  const std::string code = station().expects(alert()).code();
  ASSERT_TRUE(consent(code, "shelter", true));
  facility("Than Uyen women's union").expects(alert());
  EXPECT_EQ(consent(code, "shelter", true).error().code, Code::not_allowed);
  EXPECT_EQ(consent(code, "medical", true).error().code, Code::not_allowed);
  EXPECT_EQ(consent(code, "nothing", true).error().code, Code::invalid);
}

TEST_F(WithConsent, WhoHasTheCaseCannotGiveItToWhomTheReporterDidNotAgreeTo) {
  report();
  expect_question();
  auto one = station().expects(alert()).replies("nhan {code}").expects(details());
  const std::string code = one.code();
  one.replies("chuyen " + code + " cong an").expects(text("chua dong y"));
  one.replies("chuyen " + code + " police").expects(text("chua dong y"));
  one.replies("chuyen " + code + " than uyen police").expects(text("chua dong y"));
  police().expects(nothing());
  EXPECT_EQ(shown(code).owner, "Than Uyen health station");
  ASSERT_TRUE(consent(code, "police", true));
  police().expects(alert());
}

TEST_F(WithConsent, WhereOnlyThoseServeWhoNeedConsentADangerToLifeReachesThem) {
  on_database([](storage::Tx& tx) {
    return tx.run(
        "DELETE FROM facility_unit WHERE facility_id <> (SELECT id FROM facility WHERE name = "
        "'Than Uyen police')");
  });
  report("no cam dao, chay mau, o Than Uyen");
  police().expects(alert()).expects(alert());  // for what they are for, and for want of anybody else
}

TEST_F(Tracks, WhatTheLeadIsAskedForAlreadyStaysWithIt) {
  citizen("0912345678").texts("goi cong an, o Than Uyen").expects(acknowledgement());
  police().expects(alert());
  citizen("0912345678").texts("toi chay mau, can bac si");
  police().expects(nothing());
}

TEST_F(Tracks, OneFacilityAnswersForEachPartByItself) {
  on_database([](storage::Tx& tx) {
    return tx.run(
        "INSERT INTO facility_service SELECT id, 'police' FROM facility WHERE name = 'Than Uyen health "
        "station'");
  });
  report();
  auto one = station().expects(alert()).expects(alert());
  one.replies("nhan {code}").expects(details());
  one.replies("nhan {code}").expects(details());
  EXPECT_EQ(count("SELECT COUNT(*) FROM referral WHERE state = 'accepted'"), 2);
  one.replies("xong {code}").expects(closed());
  one.replies("xong {code}").expects(closed());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'closed'"), 1);
}

TEST_F(Tracks, ADangerToLifeShortensTheLeasesOfAllParts) {
  report();
  station().expects(alert()).replies("nhan {code}").expects(details());
  police().expects(alert()).replies("nhan {code}").expects(details());
  citizen("0912345678").texts("no cam dao");
  station().expects(text("no cam dao"));
  police().expects(text("no cam dao"));
  clock.advance(20min);
  station().expects(text("con 10 phut")).replies("dang lam {code}").expects(text("Da ghi nhan dang lam"));
  police().expects(text("con 10 phut")).replies("dang lam {code}").expects(text("Da ghi nhan dang lam"));
}

TEST_F(Tracks, ClosingTheCaseAtTheDeskEndsItsTracks) {
  report();
  const std::string code = station().expects(alert()).code();
  police().expects(alert());
  on_database([&](storage::Tx& tx) {
    return hotline::close_case(tx, engine().desk(), *hotline::find_case(tx, code), {}, "", now()).has_value();
  });
  clock.advance(24h);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_track WHERE state <> 'closed'"), 0);
}

}  // namespace
}  // namespace tongdai::test
