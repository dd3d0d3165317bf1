// When campaigns may leave: days of the week, holidays, and the hours between.
#include <fmt/format.h>

#include <fstream>

#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class CampaignHours : public Scenario {
 protected:
  CampaignHours() {
    campaign_settings = "holidays = \"holidays.toml\"";
    first_moment = "2026-09-01T23:59:00+07:00";  // a Tuesday, the eve of the National Day
    guard_interval = 10s;                        // a day of seconds would take long
    std::ofstream(folder() / "holidays.toml")
        << "[[holiday]]\ndate = \"2026-09-02\"\nname = \"Quốc khánh\"\n";
  }
  void people(int n) {
    std::string csv = "phone,name,unit,language,groups\n";
    for (int i = 0; i < n; ++i) csv += fmt::format("09880{:05},Nguoi {},03595,vi,phu-nu\n", i, i);
    add_contacts(csv);
  }
  CampaignId launched(const std::string& schedule) {
    return launch(
        "title = \"T\"\nclass = \"social_policy\"\n[audience]\ngroups = [\"phu-nu\"]\n[[text]]\n"
        "body = \"Cham dut bao luc\"\n[schedule]\n" +
        schedule);
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }
  void nobody_has_it(int n) {
    for (int i = 0; i < n; ++i) person(i).expects(nothing());
  }
  void everybody_has_it(int n) {
    for (int i = 0; i < n; ++i) person(i).expects(text("Cham dut bao luc"));
  }
  void until(std::string_view moment) { clock.advance(parse_rfc3339(moment).value() - now()); }
};

/// Where seconds count.
class CampaignSeconds : public CampaignHours {
 protected:
  CampaignSeconds() { guard_interval = 1s; }
};

TEST_F(CampaignHours, NothingLeavesOnAHolidayThatIsSkippedAndOnTheNextDayItDoes) {
  people(5);
  launched("windows = [\"00:00-22:00\"]\nholidays = \"skip\"\n");
  until("2026-09-02T12:00:00+07:00");
  nobody_has_it(5);
  until("2026-09-02T23:59:30+07:00");
  nobody_has_it(5);
  until("2026-09-03T00:00:30+07:00");
  everybody_has_it(5);
}

TEST_F(CampaignHours, AHolidayIsADayLikeAnyOtherUnlessItIsSkipped) {
  people(5);
  launched("start = 2026-09-02T07:00:00+07:00\n");
  until("2026-09-02T07:01:00+07:00");
  everybody_has_it(5);
}

TEST_F(CampaignSeconds, ABlastThatAHolidayCutsGoesOnTheDayAfter) {
  people(6);
  launched("windows = [\"00:00-24:00\"]\nholidays = \"skip\"\nrate = 1\nstart = 2026-09-01T23:59:54+07:00\n");
  until("2026-09-02T00:05:00+07:00");
  std::size_t before = 0;
  for (int i = 0; i < 6; ++i) before += unread(person(i));
  EXPECT_GT(before, 0U);
  EXPECT_LT(before, 6U);
  crash(23h + 45min);  // the day in one step; and a start on a holiday sends nothing either
  until("2026-09-02T23:59:50+07:00");
  std::size_t on_the_day = 0;
  for (int i = 0; i < 6; ++i) on_the_day += unread(person(i));
  EXPECT_EQ(on_the_day, before);
  until("2026-09-03T00:01:00+07:00");
  everybody_has_it(6);
}

TEST_F(CampaignHours, TheDaysOfTheWeekCount) {
  people(3);
  launched("windows = [\"Tue 07:00-11:00\", \"Wed,Sat 08:00-11:00\"]\n");
  until("2026-09-02T07:59:00+07:00");
  nobody_has_it(3);
  until("2026-09-02T08:01:00+07:00");
  everybody_has_it(3);
}

}  // namespace
}  // namespace tongdai::test
