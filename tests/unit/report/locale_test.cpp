#include "report/locale.hpp"

#include <gtest/gtest.h>

namespace tongdai::report {
namespace {

const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
const TimePoint evening = parse_rfc3339("2021-11-24T20:05:00Z").value();  // the next day there

TEST(Locale, Numbers) {
  EXPECT_EQ(print_number(1234567, 0, Language::vi), "1.234.567");
  EXPECT_EQ(print_number(1234567, 0, Language::en), "1,234,567");
  EXPECT_EQ(print_number(1234.5, 2, Language::vi), "1.234,5");
  EXPECT_EQ(print_number(0, 0, Language::en), "0");
}

TEST(Locale, Shares) {
  EXPECT_EQ(print_share(0.985, Language::vi), "98,5%");
  EXPECT_EQ(print_share(1, Language::en), "100.0%");
}

TEST(Locale, DatesAreOfTheZonesCalendar) {
  EXPECT_EQ(print_date(evening, zone, Language::vi), "25/11/2021");
  EXPECT_EQ(print_date(evening, zone, Language::en), "25 November 2021");
  EXPECT_EQ(print_moment(evening, zone, Language::vi), "03:05 25/11/2021");
}

TEST(Locale, Intervals) {
  EXPECT_EQ(print_interval("2021-11", Language::vi), "11/2021");
  EXPECT_EQ(print_interval("2021-11", Language::en), "November 2021");
  EXPECT_EQ(print_interval("2021-W46", Language::vi), "Tuần 46/2021");
  EXPECT_EQ(print_interval("shelter", Language::vi), "shelter");
}

}  // namespace
}  // namespace tongdai::report
