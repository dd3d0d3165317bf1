#include "text/time_zone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tongdai::text {
namespace {

TimePoint at(std::string_view rfc3339) {
  return parse_rfc3339(rfc3339).value();
}
TimeZone zone(std::string_view name) {
  return TimeZone::find(name).value();
}

TEST(TimeZone, IsFoundByItsName) {
  EXPECT_TRUE(TimeZone::find("Asia/Ho_Chi_Minh"));
  EXPECT_TRUE(TimeZone::find("Asia/Saigon"));
  EXPECT_TRUE(TimeZone::find("UTC"));
  for (const std::string_view name : {"", "Asia/Lai_Chau", "GMT+7", "+07:00", "Etc/Unknown", "\xff"}) {
    ASSERT_FALSE(TimeZone::find(name)) << name;
    EXPECT_EQ(TimeZone::find(name).error().code, Code::invalid);
  }
}

TEST(TimeZone, ShowsLocalTime) {
  const LocalTime local = zone("Asia/Ho_Chi_Minh").local(at("2021-11-24T18:30:59.999Z"));
  EXPECT_EQ(local.year, 2021);
  EXPECT_EQ(local.month, 11);
  EXPECT_EQ(local.day, 25);
  EXPECT_EQ(local.weekday, 4);  // a Thursday
  EXPECT_EQ(local.minute_of_day, 90);
  EXPECT_EQ(zone("Asia/Ho_Chi_Minh").print(at("2021-11-25T00:00:00Z")), "2021-11-25 07:00");
}

TEST(TimeZone, NextAtIsTodayOrTomorrow) {
  const TimeZone vietnam = zone("Asia/Ho_Chi_Minh");
  EXPECT_EQ(vietnam.next_at(at("2021-11-25T06:59:59.999+07:00"), 420), at("2021-11-25T07:00:00+07:00"));
  EXPECT_EQ(vietnam.next_at(at("2021-11-25T07:00:00+07:00"), 420), at("2021-11-25T07:00:00+07:00"));
  EXPECT_EQ(vietnam.next_at(at("2021-11-25T07:00:00.001+07:00"), 420), at("2021-11-26T07:00:00+07:00"));
}

TEST(TimeZone, NextAtKnowsBothMidnights) {
  const TimeZone vietnam = zone("Asia/Ho_Chi_Minh");
  const TimePoint midnight = at("2021-11-25T00:00:00+07:00");
  EXPECT_EQ(vietnam.next_at(midnight, 0), midnight);
  EXPECT_EQ(vietnam.next_at(midnight, 1440), midnight + 24h);
  EXPECT_EQ(vietnam.next_at(midnight + 1ms, 0), midnight + 24h);
}

TEST(TimeZone, NextAtFollowsTheClocksForward) {
  const TimeZone paris = zone("Europe/Paris");  // 2021-03-28: 02:00 becomes 03:00
  EXPECT_EQ(paris.next_at(at("2021-03-27T12:00:00+01:00"), 420), at("2021-03-28T07:00:00+02:00"));
  EXPECT_EQ(paris.next_at(at("2021-03-28T01:45:00+01:00"), 150), at("2021-03-28T03:30:00+02:00"));
}

TEST(TimeZone, NextAtFollowsTheClocksBack) {
  const TimeZone paris = zone("Europe/Paris");  // 2021-10-31: 03:00 becomes 02:00
  EXPECT_EQ(paris.next_at(at("2021-10-31T01:00:00+02:00"), 150), at("2021-10-31T02:30:00+02:00"));
  EXPECT_EQ(paris.next_at(at("2021-10-31T02:45:00+02:00"), 150), at("2021-10-31T02:30:00+01:00"));
  EXPECT_EQ(paris.next_at(at("2021-10-31T02:45:00+01:00"), 150), at("2021-11-01T02:30:00+01:00"));
}

RC_GTEST_PROP(TimeZoneProperty, NextAtNeverGoesBackAndComesWithinTwoDays, ()) {
  const TimeZone paris = zone("Europe/Paris");
  const TimePoint t = from_unix_ms(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
  const int minute = *rc::gen::inRange(0, 1441);
  const TimePoint next = paris.next_at(t, minute);
  RC_ASSERT(next >= t);
  RC_ASSERT(next - t <= 49h);
}

}  // namespace
}  // namespace tongdai::text
