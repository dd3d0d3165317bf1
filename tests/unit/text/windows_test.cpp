#include "text/windows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tongdai::text {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const TimeZone& vietnam() {
  static const TimeZone zone = TimeZone::find("Asia/Ho_Chi_Minh").value();
  return zone;
}

TimePoint at(std::string_view clock) {
  return parse_rfc3339("2021-11-25T" + std::string(clock) + ":00+07:00").value();
}

DayWindows windows(const std::vector<std::string>& written) {
  return DayWindows::parse(written).value();
}

TEST(DayWindows, AreOpenFromTheirFirstMinuteToBeforeTheLast) {
  const DayWindows day = windows({"07:00-11:30", "13:30-22:00"});
  EXPECT_FALSE(day.open_at(at("06:59"), vietnam()));
  EXPECT_TRUE(day.open_at(at("07:00"), vietnam()));
  EXPECT_TRUE(day.open_at(at("11:29"), vietnam()));
  EXPECT_FALSE(day.open_at(at("11:30"), vietnam()));
  EXPECT_FALSE(day.open_at(at("22:00"), vietnam()));
  EXPECT_THAT(day.written(), ElementsAre("07:00-11:30", "13:30-22:00"));
}

TEST(DayWindows, MayPassMidnight) {
  const DayWindows night = windows({"22:00-06:00"});
  EXPECT_TRUE(night.open_at(at("23:59"), vietnam()));
  EXPECT_TRUE(night.open_at(at("00:00"), vietnam()));
  EXPECT_FALSE(night.open_at(at("06:00"), vietnam()));
  EXPECT_EQ(night.next_open(at("12:00"), vietnam()), at("22:00"));
}

TEST(DayWindows, PastMidnightBelongToTheDayTheyBeginOn) {  // 2021-11-25 is a Thursday
  const DayWindows night = windows({"Thu 22:00-06:00"});
  EXPECT_TRUE(night.open_at(at("22:00"), vietnam()));
  EXPECT_FALSE(night.open_at(at("03:00"), vietnam())) << "that is Wednesday's night";
  EXPECT_TRUE(night.open_at(at("03:00") + 24h, vietnam()));
  EXPECT_FALSE(night.open_at(at("22:00") + 24h, vietnam()));
  EXPECT_EQ(night.next_open(at("06:00") + 24h, vietnam()), at("22:00") + 24h * 7);
  EXPECT_TRUE(windows({"Sat 22:00-06:00"}).within(windows({"Sat 22:00-24:00", "Sun 00:00-06:00"})));
  EXPECT_FALSE(windows({"Sat 22:00-06:00"}).within(windows({"Sat 22:00-24:00", "Mon 00:00-06:00"})));
}

TEST(DayWindows, MayEndAtMidnight) {
  for (const std::string written : {"20:00-24:00", "20:00-00:00"}) {
    EXPECT_TRUE(windows({written}).open_at(at("23:59"), vietnam())) << written;
    EXPECT_FALSE(windows({written}).open_at(at("00:00"), vietnam())) << written;
  }
  EXPECT_TRUE(windows({"00:00-24:00"}).within(windows({"00:00-12:00", "12:00-24:00"})));
}

TEST(DayWindows, OpenNextAtTheNearestOpening) {
  const DayWindows day = windows({"13:30-22:00", "07:00-11:30"});
  EXPECT_EQ(day.next_open(at("08:15"), vietnam()), at("08:15"));
  EXPECT_EQ(day.next_open(at("11:30"), vietnam()), at("13:30"));
  EXPECT_EQ(day.next_open(at("22:00"), vietnam()), at("07:00") + 24h);
}

TEST(DayWindows, WithoutAnyAreAlwaysOpen) {
  const DayWindows always = windows({});
  EXPECT_TRUE(always.open_at(at("03:00"), vietnam()));
  EXPECT_EQ(always.next_open(at("03:00"), vietnam()), at("03:00"));
  EXPECT_FALSE(always.within(windows({"07:00-22:00"})));
  EXPECT_TRUE(windows({"07:00-22:00"}).within(always));
}

TEST(DayWindows, TellWhetherTheyOnlyNarrow) {
  const DayWindows legal = windows({"07:00-22:00"});
  EXPECT_TRUE(windows({"07:00-11:30", "13:30-22:00"}).within(legal));
  EXPECT_FALSE(windows({"06:59-08:00"}).within(legal));
  EXPECT_FALSE(windows({"22:00-06:00"}).within(legal));
  EXPECT_TRUE(windows({"Mon-Fri 07:00-22:00"}).within(legal));
  EXPECT_FALSE(windows({"Mon-Fri 07:00-22:00", "Sun 06:00-07:00"}).within(legal));
}

TEST(DayWindows, RefuseOtherFormsAndNameThem) {
  for (const std::string written :
       {"", "7:00-11:30", "07:00", "07:00-", "07:00-24:01", "24:00-07:00", "07:60-08:00", "07:00-07:00",
        "07:00 - 08:00", "07-00-08:00", "25:00-26:00", "07:00-08:00x", "Mo 07:00-08:00", "Mon 07:00",
        "Mon- 07:00-08:00", " 07:00-08:00", "Mon,Tue, 07:00-08:00"}) {
    const auto refused = DayWindows::parse({"07:00-22:00", written});
    ASSERT_FALSE(refused) << written;
    EXPECT_EQ(refused.error().code, Code::invalid);
    EXPECT_THAT(refused.error().what, HasSubstr("\"" + written + "\""));
  }
}

RC_GTEST_PROP(DayWindowsProperty, AreOpenAtTheirNextOpening, ()) {
  const DayWindows day = windows({"07:00-11:30", "22:00-01:15"});
  const TimePoint t = from_unix_ms(*rc::gen::inRange<std::int64_t>(1'500'000'000'000, 1'900'000'000'000));
  const TimePoint next = day.next_open(t, vietnam());
  RC_ASSERT(next >= t);
  RC_ASSERT(day.open_at(next, vietnam()));
  if (next > t) RC_ASSERT(!day.open_at(next - 1ms, vietnam()));
}

}  // namespace
}  // namespace tongdai::text
