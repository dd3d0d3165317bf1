// Who is asked first, who is left out, and why: kept with the case.
#include "directory/facilities.hpp"
#include "hotline/escalation.hpp"
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Routing : public Scenario {
 protected:
  Routing() { guard_interval = lateness = 10s; }  // a day of seconds would take long
  void facilities(const std::string& rows) {
    std::istringstream in("name,type,services,units,phone,hours,weight,languages\n" + rows);
    const auto report = on_database([&](storage::Tx& tx) {
      return directory::import_facilities(tx, engine().ids(), in, engine().config().plan, now()).value();
    });
    EXPECT_EQ(report.rejected, 0);
  }
  hotline::CaseView open(const std::string& service, const std::string& language = "",
                         std::vector<std::string> conflicts = {}) {
    return on_database([&](storage::Tx& tx) {
      hotline::Opening opening;
      opening.place = hotline::Place::known;
      opening.unit =
          tx.value<UnitId>("SELECT id FROM unit WHERE code = '03595' AND valid_to IS NULL").value();
      opening.services = {service};
      opening.language = language;
      for (const std::string& name : conflicts) {
        opening.conflicts.push_back(
            tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", name).value());
      }
      const auto id = hotline::open_case(tx, engine().desk(), opening, now());
      return hotline::show_case(tx, hotline::find_case(tx, id)->code).value();
    });
  }
  void expect_desk() {
    citizen("0912000191").expects(duty_page());
    citizen("0962000192").expects(duty_page());
  }
};

TEST_F(Routing, AHouseThatSaidItIsFullIsLeftOutAndTheReasonIsKept) {
  facility("Than Uyen women's union").texts("het giuong").expects(text("Da ghi 0 giuong"));
  const auto shown = open("shelter");
  expect_desk();
  ASSERT_EQ(shown.left_out.size(), 1U);
  EXPECT_EQ(shown.left_out[0].facility, "Than Uyen women's union");
  EXPECT_EQ(shown.left_out[0].why, "no bed is free, as they said at 2026-11-25 09:00");
}

TEST_F(Routing, AFullHouseStillHelpsWithWhatNeedsNoBed) {
  facility("Than Uyen women's union").texts("het giuong").expects(text("Da ghi 0 giuong"));
  open("counselling");
  facility("Than Uyen health station").expects(alert()).replies("tu choi {code}").expects(declined());
  facility("Than Uyen women's union").expects(alert());
}

TEST_F(Routing, WhatWasSaidOfBedsIsBelievedForSomeHoursOnly) {
  facility("Than Uyen women's union").texts("het giuong").expects(text("Da ghi 0 giuong"));
  clock.advance(24h);
  EXPECT_TRUE(open("shelter").left_out.empty());
  facility("Than Uyen women's union").expects(alert());
}

TEST_F(Routing, FreeBedsStandInThePlan) {
  facility("Than Uyen women's union").texts("giuong 3").expects(text("Da ghi 3 giuong"));
  EXPECT_EQ(open("shelter").referrals[0].why, "shelter; serves the unit; 3 beds free");
  facility("Than Uyen women's union").expects(alert());
}

TEST_F(Routing, AmongEqualsTheAdministratorsWeightDecides) {
  facilities("Second clinic,clinic,medical,03595,0912000131,24/7,90,\n");
  const auto shown = open("medical");
  citizen("0912000131").expects(alert());
  EXPECT_EQ(shown.referrals[0].why, "medical; serves the unit; weight 90");
  EXPECT_EQ(shown.referrals[1].facility, "Than Uyen health station");
}

TEST_F(Routing, AWeightDoesNotBringTheFarBeforeTheNear) {
  facilities("Province clinic,clinic,medical,12,0912000131,24/7,100,\n");
  EXPECT_EQ(open("medical").referrals[1].why, "medical; serves the area, 1 level up; weight 100");
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Routing, WhoSpeaksTheReportersLanguageIsAskedFirst) {
  facilities("Hmong clinic,clinic,medical,12,0912000131,24/7,,vi;hmn\n");
  EXPECT_EQ(open("medical", "hmn").referrals[0].facility, "Hmong clinic");
  citizen("0912000131").expects(alert());
  EXPECT_EQ(open("medical").referrals[0].facility, "Than Uyen health station");
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Routing, WhoIsInConflictStandsAmongThoseLeftOut) {
  const auto shown = open("medical", "", {"Than Uyen health station"});
  expect_desk();
  ASSERT_EQ(shown.left_out.size(), 1U);
  EXPECT_EQ(shown.left_out[0].why, "connected to the alleged perpetrator");
}

TEST_F(Routing, APlanIsNoLongerThanTheSettingsSay) {
  engine().desk().settings.facilities_max = 1;
  facilities("Province clinic,clinic,medical,12,0912000131,24/7,,\n");
  const auto shown = open("medical");
  facility("Than Uyen health station").expects(alert());
  EXPECT_EQ(shown.referrals.size(), 2U);
  ASSERT_EQ(shown.left_out.size(), 1U);
  EXPECT_EQ(shown.left_out[0].facility, "Province clinic");
}

}  // namespace
}  // namespace tongdai::test
