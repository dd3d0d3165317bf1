#include "campaigns/forecast.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/toml_file.hpp"

namespace tongdai::campaigns {
namespace {

const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();

TimePoint at(std::string_view local) {
  return parse_rfc3339(std::string(local) + ":00+07:00").value();
}
text::Hours hours(const std::vector<std::string>& windows) {
  return {text::DayWindows::parse(windows).value(), zone};
}

/// "2021-11-15 07:10", or "" if it would not end.
std::string finish(const std::vector<std::string>& windows, std::string_view from, std::string_view end,
                   Duration work) {
  const double seconds = std::chrono::duration<double>(work).count();
  const auto time = finish_time(hours(windows), at(from), at(end), seconds);
  return time ? zone.print(*time) : "";
}

constexpr std::string_view far = "2021-12-15T22:00";

TEST(FinishTime, WithinOneWindow) {
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T07:00", far, 10min), "2021-11-15 07:10");
}

TEST(FinishTime, IsExactBelowAMinute) {
  EXPECT_EQ(finish_time(hours({"07:00-22:00"}), at("2021-11-15T07:00"), at(far), 1.5),
            at("2021-11-15T07:00") + 1500ms);
}

TEST(FinishTime, NothingToSendEndsAtOnce) {
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T08:00", far, 0min), "2021-11-15 08:00");
}

TEST(FinishTime, WaitsForTheWindow) {
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T05:00", far, 10min), "2021-11-15 07:10");
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T23:00", far, 10min), "2021-11-16 07:10");
}

TEST(FinishTime, GoesOnInTheNextWindow) {
  EXPECT_EQ(finish({"07:00-11:30", "13:30-22:00"}, "2021-11-15T11:00", far, 60min), "2021-11-15 14:00");
}

TEST(FinishTime, GoesOnTheNextDay) {
  EXPECT_EQ(finish({"07:00-08:00"}, "2021-11-15T07:00", far, 150min), "2021-11-17 07:30");
}

TEST(FinishTime, AWindowMayPassMidnight) {
  EXPECT_EQ(finish({"22:00-06:00"}, "2021-11-15T21:00", far, 3h), "2021-11-16 01:00");
}

TEST(FinishTime, NoWindowsMeanAlways) {
  EXPECT_EQ(finish({}, "2021-11-15T23:00", far, 2h), "2021-11-16 01:00");
}

TEST(FinishTime, ExactlyAtTheEndIsInTime) {
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T07:00", "2021-11-15T08:00", 60min), "2021-11-15 08:00");
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T07:00", "2021-11-15T08:00", 61min), "");
}

TEST(FinishTime, BeyondTheEndIsNever) {
  EXPECT_EQ(finish({"07:00-08:00"}, "2021-11-15T07:00", "2021-11-17T07:10", 150min), "");
  EXPECT_EQ(finish({"07:00-22:00"}, "2021-11-15T07:00", "2021-11-15T07:00", 1min), "");
}

TEST(FinishTime, OfAMinuteThatTheWindowCutsOnlyTheRestCounts) {
  // From 07:59:30 half a minute is left of the window.
  const auto time = finish_time(hours({"07:00-08:00"}), at("2021-11-15T07:59") + 30s, at(far), 60);
  EXPECT_EQ(time, at("2021-11-16T07:00") + 30s);
}

TEST(FinishTime, GoesByTheDayOfTheWeek) {  // 2021-11-19 is a Friday
  EXPECT_EQ(finish({"Mon-Fri 07:00-08:00"}, "2021-11-19T07:30", far, 60min), "2021-11-22 07:30");
}

TEST(FinishTime, SkipsHolidaysOnlyWhereTheScheduleSaysSo) {
  config::Faults faults;
  const auto holidays = std::make_shared<text::Holidays>(text::Holidays::read(
      config::read_toml("[[holiday]]\nfrom = \"2021-11-16\"\nto = \"2021-11-17\"\nname = \"H\"\n").value(),
      faults));
  ASSERT_TRUE(faults.empty());
  const Almanac almanac{zone, holidays};
  Schedule schedule;
  schedule.windows = text::DayWindows::parse({"07:00-08:00"}).value();
  const auto end_of = [&] {
    return finish_time(almanac.hours(schedule), at("2021-11-15T07:30"), at(far), 3600);
  };
  EXPECT_EQ(end_of(), at("2021-11-16T07:30"));
  schedule.skip_holidays = true;
  EXPECT_EQ(end_of(), at("2021-11-18T07:30"));
}

RC_GTEST_PROP(FinishTime, MoreWorkNeverEndsSooner, ()) {
  const auto day = hours({"07:00-11:30", "13:30-22:00"});
  const int less = *rc::gen::inRange(0, 100'000), more = less + *rc::gen::inRange(0, 100'000);
  const TimePoint from = at("2021-11-15T00:00") + std::chrono::minutes(*rc::gen::inRange(0, 1440));
  const auto a = finish_time(day, from, at(far), less), b = finish_time(day, from, at(far), more);
  RC_ASSERT(a.has_value() || !b.has_value());
  if (a && b) RC_ASSERT(*a <= *b);
  if (a) RC_ASSERT(*a >= from + std::chrono::seconds(less));
}

}  // namespace
}  // namespace tongdai::campaigns
