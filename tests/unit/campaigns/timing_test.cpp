#include "campaigns/timing.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const TimePoint seven = parse_rfc3339("2021-11-15T07:00:00+07:00").value();
const TimePoint far = seven + std::chrono::days(30);

text::Hours hours(const std::vector<std::string>& windows = {}) {
  return {text::DayWindows::parse(windows).value(), text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
}
/// Open always, for a month.
Stream stream(std::vector<double> parts, double rate = 0) {
  return {hours(), seven, far, rate, std::move(parts)};
}
/// When the first of them is done, in seconds from seven o'clock; -1 if it never is.
double done_after(const std::vector<Stream>& streams, const std::vector<double>& gateways) {
  const auto finish = play(streams, gateways, seven).finish;
  return finish ? std::chrono::duration<double>(*finish - seven).count() : -1;
}

TEST(Timing, OneStreamHasAllOfItsGateway) {
  EXPECT_EQ(done_after({stream({600})}, {4}), 150);
}

TEST(Timing, TheSlowestGatewayIsTheLast) {
  EXPECT_EQ(done_after({stream({100, 100})}, {10, 2}), 50);
}

TEST(Timing, TwoWithoutARateShareAGatewayEvenly) {
  // 300 parts each in 600 s; then the first is alone with its other 300.
  EXPECT_EQ(done_after({stream({600}), stream({300})}, {1}), 900);
  EXPECT_EQ(done_after({stream({300}), stream({600})}, {1}), 600);
}

TEST(Timing, ThoseAtOtherGatewaysAreNotInTheWay) {
  EXPECT_EQ(done_after({stream({600, 0}), stream({0, 9000})}, {1, 1}), 600);
}

TEST(Timing, ACampaignsOwnRateIsTakenFirst) {
  EXPECT_EQ(done_after({stream({600}), stream({10'000}, 4)}, {10}), 100);
  EXPECT_EQ(done_after({stream({400}, 4), stream({10'000})}, {10}), 100);
}

TEST(Timing, OwnRatesThatAGatewayCannotCarryAreScaledDown) {
  EXPECT_EQ(done_after({stream({100}, 10), stream({3000}, 30)}, {10}), 40);
  EXPECT_EQ(done_after({stream({100}, 500)}, {10}), 10);
}

TEST(Timing, AnOwnRateIsOverAllGateways) {
  EXPECT_EQ(done_after({stream({30, 10}, 4)}, {100, 100}), 10);
  // The first carries one a second in place of three.
  EXPECT_EQ(done_after({stream({30, 10}, 4)}, {1, 100}), 30);
}

TEST(Timing, APausedGatewaySendsNothingAndTheOthersGoOn) {
  const Course course = play({stream({600, 50})}, {1, 0}, seven);
  EXPECT_EQ(course.finish, std::nullopt);
  EXPECT_THAT(course.missed, ElementsAre(0, 50));
}

TEST(Timing, WhatDoesNotLeaveBeforeTheEndIsMissed) {
  Stream first = stream({300});
  first.end = seven + 100s;
  const Course course = play({first}, {1}, seven);
  EXPECT_EQ(course.finish, std::nullopt);
  EXPECT_THAT(course.missed, ElementsAre(200));
}

TEST(Timing, NothingLeavesBeforeTheStart) {
  Stream first = stream({60});
  first.start = seven + 1h;
  EXPECT_EQ(done_after({first}, {1}), 3660);
  first.parts = {0};
  EXPECT_EQ(done_after({first}, {1}), 3600);
}

TEST(Timing, ANeighbourTakesItsShareOnlyWhileItRuns) {
  Stream later = stream({1000});
  later.start = seven + 100s;
  EXPECT_EQ(done_after({stream({200}), later}, {1}), 300);
  later.start = seven;
  later.end = seven + 100s;  // 50 parts of the first are out by then
  EXPECT_EQ(done_after({stream({200}), later}, {1}), 250);
}

TEST(Timing, ANeighbourTakesItsShareOnlyInItsOwnHours) {
  Stream neighbour = stream({100'000});
  neighbour.hours = hours({"07:10-08:00"});
  EXPECT_EQ(done_after({stream({1200}), neighbour}, {1}), 1800);
}

TEST(Timing, TwoStreamsGoOnTheNextDayTogether) {
  Stream first = stream({1800}), second = stream({100'000});
  first.hours = second.hours = hours({"07:00-07:30"});
  EXPECT_EQ(done_after({first, second}, {1}), 24 * 3600 + 1800);
}

TEST(Timing, WhereNothingEverOpensItNeverEnds) {
  Stream first = stream({10});
  first.hours = {text::DayWindows::parse({"Mon 07:00-08:00"}).value(), hours().zone()};
  first.start = seven + 2h;
  first.end = seven + std::chrono::days(3);
  const Course course = play({first}, {1}, seven);
  EXPECT_EQ(course.finish, std::nullopt);
  EXPECT_THAT(course.missed, ElementsAre(10));
}

std::vector<double> some_parts() {
  return {static_cast<double>(*rc::gen::inRange(0, 5000)), static_cast<double>(*rc::gen::inRange(0, 5000))};
}
Stream some_stream() {
  Stream s = stream(some_parts(), *rc::gen::inRange(0, 20));
  if (*rc::gen::arbitrary<bool>()) s.hours = hours({"07:00-11:30", "13:30-22:00"});
  s.start += std::chrono::minutes(*rc::gen::inRange(0, 600));
  return s;
}

RC_GTEST_PROP(Timing, NoGatewayCarriesMoreThanItsRate, ()) {
  const Stream first = some_stream();
  const std::vector<double> rates{static_cast<double>(*rc::gen::inRange(1, 30)),
                                  static_cast<double>(*rc::gen::inRange(1, 30))};
  const auto finish = play({first, some_stream()}, rates, seven).finish;
  RC_ASSERT(finish.has_value());
  const double took = std::chrono::duration<double>(*finish - first.start).count();
  for (std::size_t g = 0; g < rates.size(); ++g) RC_ASSERT(took * rates[g] >= first.parts[g] - 1e-3);
  if (first.rate_parts_per_s > 0)
    RC_ASSERT(took * first.rate_parts_per_s >= first.parts[0] + first.parts[1] - 1e-3);
}

RC_GTEST_PROP(Timing, ANeighbourNeverMakesItSooner, ()) {
  const Stream first = some_stream();
  const std::vector<double> rates{static_cast<double>(*rc::gen::inRange(1, 30)),
                                  static_cast<double>(*rc::gen::inRange(1, 30))};
  const auto alone = play({first}, rates, seven).finish;
  const auto beside = play({first, some_stream()}, rates, seven).finish;
  RC_ASSERT(alone.has_value() && beside.has_value());
  RC_ASSERT(*beside + 50ms >= *alone);  // each step is rounded up to a millisecond
}

}  // namespace
}  // namespace tongdai::campaigns
