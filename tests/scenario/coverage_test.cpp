// Who is on duty decides who is asked, and a gap is told before a report falls into it (FIELD 5.25).
#include "directory/duty.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Coverage : public Scenario {
 protected:
  Coverage() { guard_interval = lateness = 10s; }  // a day of seconds would take long
  void shifts(const std::string& rows) {
    std::istringstream in("facility,phone,from,to,duty\n" + rows);
    const auto report = on_database([&](storage::Tx& tx) {
      return directory::import_duty(tx, in, engine().config().plan, engine().config().zone).value();
    });
    EXPECT_EQ(report.rejected, 0);
  }
  void expect_pages(const std::string& part) {
    citizen("0912000191").expects(text(part));
    citizen("0962000192").expects(text(part));
  }
};

class WatchedShelter : public Coverage {
 protected:
  WatchedShelter() { hotline_settings = "watched_services = [\"shelter\"]\n"; }
};

TEST_F(Coverage, WhoIsOffIsNotAskedAndTheNextIsAskedAtOnce) {
  shifts("Than Uyen health station,0912000101,2026-11-25 08:00,2026-11-25 12:00,off\n");
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  facility("Than Uyen police").expects(alert());
}

TEST_F(Coverage, TheDeskIsToldOnceWhereNobodyWillBeOnDuty) {
  clock.advance(16min);
  shifts("Sin Ho clinic,0912000104,2026-11-26 07:00,2026-11-26 20:00,off\n");
  clock.advance(15min);
  expect_pages("khong co nguoi truc: Xa Sin Ho tu 2026-11-26 07:00");
  EXPECT_NE(log_text().find("alarm nobody will be on duty for an area gaps=1"), std::string::npos);
  clock.advance(24h);
  citizen("0912000191").expects(nothing());
}

TEST_F(Coverage, AGapThatWasClosedAndOpensAgainIsToldAgain) {
  const std::string off = "Sin Ho clinic,0912000104,2026-11-26 07:00,2026-11-26 20:00,";
  shifts(off + "off\n");
  clock.advance(15min);
  expect_pages("Sin Ho");
  shifts(off + "remove\n");
  clock.advance(15min);
  shifts(off + "off\n");
  clock.advance(15min);
  expect_pages("Sin Ho");
}

TEST_F(Coverage, AGapFurtherAheadThanADayWaits) {
  shifts("Sin Ho clinic,0912000104,2026-11-27 07:00,2026-11-27 20:00,off\n");
  clock.advance(12h);
  citizen("0912000191").expects(nothing());
  clock.advance(12h);
  expect_pages("Sin Ho");
}

TEST_F(WatchedShelter, AServiceThatIsWatchedIsToldByItself) {
  clock.advance(15min);
  // The Women's Union shelters until five.
  expect_pages("Xa Than Uyen (noi tam lanh) tu 2026-11-25 17:00");
}

}  // namespace
}  // namespace tongdai::test
