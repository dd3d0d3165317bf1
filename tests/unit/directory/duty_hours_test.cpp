#include "directory/duty_hours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tongdai::directory {
namespace {

using ::testing::HasSubstr;

// 2026-11-23 is a Monday.
constexpr std::string_view monday = "2026-11-23", tuesday = "2026-11-24", friday = "2026-11-27",
                           saturday = "2026-11-28", sunday = "2026-11-29";

bool on_duty(std::string_view hours, std::string_view day, std::string_view time) {
  const auto zone = text::TimeZone::find("Asia/Ho_Chi_Minh");
  const auto at = parse_rfc3339(std::string(day) + "T" + std::string(time) + ":00+07:00");
  return DutyHours::parse(hours).value().on_duty(at.value(), *zone);
}

std::string fault(std::string_view hours) {
  const auto parsed = DutyHours::parse(hours);
  return parsed ? "" : parsed.error().what;
}

TEST(DutyHours, AroundTheClock) {
  EXPECT_TRUE(on_duty("24/7", sunday, "03:00"));
}

TEST(DutyHours, HoursWithoutDaysAreEveryDays) {
  EXPECT_TRUE(on_duty("07:30-17:00", sunday, "07:30"));
  EXPECT_FALSE(on_duty("07:30-17:00", sunday, "07:29"));
  EXPECT_TRUE(on_duty("07:30-17:00", monday, "16:59"));
  EXPECT_FALSE(on_duty("07:30-17:00", monday, "17:00"));
}

TEST(DutyHours, ARangeOfDays) {
  EXPECT_TRUE(on_duty("Mon-Fri 07:30-17:00", monday, "08:00"));
  EXPECT_TRUE(on_duty("Mon-Fri 07:30-17:00", friday, "08:00"));
  EXPECT_FALSE(on_duty("Mon-Fri 07:30-17:00", saturday, "08:00"));
}

TEST(DutyHours, AListOfDays) {
  EXPECT_TRUE(on_duty("Sat,Sun 08:00-20:00", sunday, "08:00"));
  EXPECT_FALSE(on_duty("Sat,Sun 08:00-20:00", monday, "08:00"));
  EXPECT_TRUE(on_duty("Mon,Fri-Sun 08:00-20:00", saturday, "08:00"));
}

TEST(DutyHours, ARangeGoesOverTheWeeksEnd) {
  EXPECT_TRUE(on_duty("Fri-Mon 08:00-20:00", sunday, "08:00"));
  EXPECT_TRUE(on_duty("Fri-Mon 08:00-20:00", monday, "08:00"));
  EXPECT_FALSE(on_duty("Fri-Mon 08:00-20:00", tuesday, "08:00"));
}

TEST(DutyHours, ANightBelongsToTheDayOnWhichItBegins) {
  EXPECT_TRUE(on_duty("Fri 22:00-06:00", friday, "23:00"));
  EXPECT_TRUE(on_duty("Fri 22:00-06:00", saturday, "05:59"));
  EXPECT_FALSE(on_duty("Fri 22:00-06:00", saturday, "06:00"));
  EXPECT_FALSE(on_duty("Fri 22:00-06:00", friday, "05:00"));
  EXPECT_FALSE(on_duty("Fri 22:00-06:00", saturday, "23:00"));
}

TEST(DutyHours, TheNightOfSaturdayEndsOnSunday) {
  EXPECT_TRUE(on_duty("Sat 22:00-06:00", sunday, "05:00"));
}

TEST(DutyHours, ADayMayEndAtMidnight) {
  EXPECT_TRUE(on_duty("Sun 00:00-24:00", sunday, "00:00"));
  EXPECT_TRUE(on_duty("Sun 00:00-24:00", sunday, "23:59"));
  EXPECT_FALSE(on_duty("Sun 00:00-24:00", monday, "00:00"));
}

TEST(DutyHours, SeveralPiecesAddUp) {
  constexpr std::string_view hours = "Mon-Fri 07:30-11:30; Mon-Fri 13:30-17:00 ;Sat,Sun 08:00-20:00;";
  EXPECT_TRUE(on_duty(hours, monday, "11:00"));
  EXPECT_FALSE(on_duty(hours, monday, "12:00"));
  EXPECT_TRUE(on_duty(hours, monday, "14:00"));
  EXPECT_TRUE(on_duty(hours, saturday, "12:00"));
}

TEST(DutyHours, NoHoursAtAllAreAFault) {
  EXPECT_THAT(fault(""), HasSubstr("must name hours, such as 24/7"));
  EXPECT_THAT(fault(" ; "), HasSubstr("must name hours, such as 24/7"));
}

TEST(DutyHours, AFaultNamesThePiece) {
  for (const std::string piece :
       {"always", "Mon", "Mon 8:00-17:00", "mon 08:00-17:00", "Mon-Xyz 08:00-17:00", "Mon- 08:00-17:00",
        "Mon 08:00-08:00", "Mon 24:00-08:00", "Mon 08:60-17:00", "Mon 08:00-24:01", "Mon 08.00-17.00",
        "08:00", "Mon 08:00-17:00 Tue", "Mon, 08:00-17:00x", "Mon,,Tue 08:00-17:00", ",Mon 08:00-17:00",
        "Mon, Tue 08:00-17:00"}) {
    const std::string what = fault("24/7;" + piece);
    EXPECT_THAT(what, HasSubstr("must be hours such as 24/7 or Mon-Fri 07:30-17:00")) << piece;
  }
  EXPECT_THAT(fault("24/7;Mon 8:00-17:00"), HasSubstr("got \"Mon 8:00-17:00\""));
}

TEST(DutyHours, ABlankBetweenHoursIsAFault) {
  EXPECT_THAT(fault("Mon 08:00 - 17:00"), HasSubstr("got \"Mon 08:00 - 17:00\""));
}

}  // namespace
}  // namespace tongdai::directory
