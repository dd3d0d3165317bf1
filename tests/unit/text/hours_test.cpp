#include "text/hours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/toml_file.hpp"

namespace tongdai::text {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TimeZone zone(std::string_view name = "Asia/Ho_Chi_Minh") {
  return TimeZone::find(name).value();
}

TimePoint at(std::string_view written) {
  return parse_rfc3339(written).value();
}

Hours hours(const std::vector<std::string>& windows, std::string_view in = "Asia/Ho_Chi_Minh") {
  return {DayWindows::parse(windows).value(), zone(in)};
}

std::string faults(std::string_view toml) {
  config::Faults found;
  static_cast<void>(Holidays::read(config::read_toml(toml).value(), found));
  return config::print(found, "h.toml");
}

std::shared_ptr<const Holidays> holidays(std::string_view toml) {
  config::Faults found;
  auto read = std::make_shared<Holidays>(Holidays::read(config::read_toml(toml).value(), found));
  EXPECT_EQ(config::print(found, ""), "");
  return read;
}

constexpr std::string_view decree = R"toml(
[[holiday]]
date = "2026-09-02"
name = "Quốc khánh"
[[holiday]]
from = 2026-02-16
to = 2026-02-20
name = "Tết"
)toml";

TEST(Hours, GoByTheDayOfTheWeek) {
  const Hours week = hours({"Mon-Fri 07:00-11:30", "Sat,Sun 08:00-11:00"});
  EXPECT_TRUE(week.open_at(at("2026-11-27T11:29:00+07:00")));  // a Friday
  EXPECT_FALSE(week.open_at(at("2026-11-28T07:30:00+07:00")));
  EXPECT_EQ(week.next_open(at("2026-11-27T12:00:00+07:00")), at("2026-11-28T08:00:00+07:00"));
  EXPECT_EQ(week.closes_at(at("2026-11-28T08:00:00+07:00")), at("2026-11-28T11:00:00+07:00"));
  EXPECT_EQ(week.closes_at(at("2026-11-28T12:00:00+07:00")), at("2026-11-28T12:00:00+07:00"));
}

TEST(Hours, WindowsThatTouchAreOne) {
  EXPECT_EQ(hours({"07:00-12:00", "12:00-13:00"}).closes_at(at("2026-11-28T08:00:00+07:00")),
            at("2026-11-28T13:00:00+07:00"));
  EXPECT_EQ(hours({"Sat 20:00-24:00", "Sun 00:00-01:00"}).closes_at(at("2026-11-28T21:00:00+07:00")),
            at("2026-11-29T01:00:00+07:00"));
}

TEST(Hours, AroundTheClockNeverClose) {
  EXPECT_EQ(hours({}).closes_at(at("2026-11-28T12:00:00+07:00")), TimePoint::max());
  EXPECT_EQ(hours({"00:00-24:00"}).closes_at(at("2026-11-28T12:00:00+07:00")), TimePoint::max());
}

TEST(Hours, SkipHolidaysWholeDays) {
  const Hours day(DayWindows::parse({"07:00-22:00"}).value(), zone(), holidays(decree));
  EXPECT_FALSE(day.open_at(at("2026-09-02T12:00:00+07:00")));
  EXPECT_TRUE(day.open_at(at("2026-09-03T12:00:00+07:00")));
  EXPECT_EQ(day.next_open(at("2026-02-15T22:00:00+07:00")), at("2026-02-21T07:00:00+07:00"));
  const Hours night(DayWindows::parse({"20:00-02:00"}).value(), zone(), holidays(decree));
  EXPECT_EQ(night.closes_at(at("2026-09-01T23:00:00+07:00")), at("2026-09-02T00:00:00+07:00"));
}

TEST(Hours, GiveTheirSpans) {
  const auto spans = hours({"07:00-11:30", "13:30-22:00"})
                         .spans(at("2026-11-28T10:00:00+07:00"), at("2026-11-29T08:00:00+07:00"));
  ASSERT_THAT(spans, SizeIs(3));
  EXPECT_EQ(spans[0].from, at("2026-11-28T10:00:00+07:00"));
  EXPECT_EQ(spans[1].to, at("2026-11-28T22:00:00+07:00"));
  EXPECT_EQ(spans[2].to, at("2026-11-29T08:00:00+07:00"));
}

TEST(Hours, AnHourThatTheClocksSkipNeverOpens) {
  const Hours night = hours({"02:00-03:00"}, "Europe/Berlin");  // skipped on 2026-03-29
  EXPECT_EQ(night.next_open(at("2026-03-28T12:00:00+01:00")), at("2026-03-30T02:00:00+02:00"));
}

TEST(Hours, AnHourThatComesTwiceIsOpenTwice) {
  const Hours night = hours({"02:00-03:00"}, "Europe/Berlin");  // twice on 2026-10-25
  EXPECT_EQ(night.closes_at(at("2026-10-25T02:00:00+02:00")), at("2026-10-25T03:00:00+01:00"));
  const Hours half = hours({"02:00-02:30"}, "Europe/Berlin");
  EXPECT_EQ(half.closes_at(at("2026-10-25T02:00:00+02:00")), at("2026-10-25T02:30:00+02:00"));
  EXPECT_EQ(half.next_open(at("2026-10-25T02:30:00+02:00")), at("2026-10-25T02:00:00+01:00"));
}

TEST(Hours, AWindowThatTheClocksCutShortClosesWithThem) {
  const Hours night = hours({"01:00-02:30"}, "Europe/Berlin");
  EXPECT_EQ(night.closes_at(at("2026-03-29T01:30:00+01:00")), at("2026-03-29T03:00:00+02:00"));
}

/// Minute by minute, which is slow and plain: the truth that the fast way is held against.
RC_GTEST_PROP(HoursProperty, AreWhatEveryMinuteSays, ()) {
  const std::string name = *rc::gen::element<std::string>(
      "Europe/Berlin", "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "America/Sao_Paulo");
  using Written = std::vector<std::string>;
  const Hours day =
      hours(*rc::gen::element(Written{"07:00-11:30", "13:30-22:00"}, Written{"22:00-06:00"},
                              Written{"Mon-Fri 01:30-02:15"}, Written{"Sun 00:30-03:30", "Sun 12:00-24:00"},
                              Written{"Sat 23:00-02:30"}, Written{"00:00-24:00"}),
            name);
  // Around the changes of the clocks more often than elsewhere.
  const std::int64_t change = *rc::gen::element<std::int64_t>(
      to_unix_ms(at("2026-03-29T01:00:00Z")), to_unix_ms(at("2026-10-25T01:00:00Z")),
      to_unix_ms(at("2026-03-08T07:00:00Z")), to_unix_ms(at("2026-11-01T06:00:00Z")),
      to_unix_ms(at("2018-11-04T03:00:00Z")), to_unix_ms(at("2026-04-04T15:00:00Z")));
  const TimePoint t = from_unix_ms(change + *rc::gen::inRange<std::int64_t>(-90'000'000, 90'000'000));
  const TimePoint opens = day.next_open(t), closes = day.closes_at(t);
  RC_ASSERT(opens >= t);
  RC_ASSERT(closes >= t);
  const auto first_minute = std::chrono::ceil<std::chrono::minutes>(t);
  for (TimePoint m = first_minute; m < t + std::chrono::days{2}; m += 1min) {
    if (m < opens) RC_ASSERT(!day.open_at(m));
    if (m < closes) RC_ASSERT(day.open_at(m));
  }
  if (opens != TimePoint::max()) RC_ASSERT(day.open_at(opens));
  if (closes != TimePoint::max()) RC_ASSERT(!day.open_at(closes));
}

TEST(Holidays, AreNamedByTheirDays) {
  const auto decreed = holidays(decree);
  EXPECT_EQ(decreed->on(parse_date("2026-09-02").value()), "Quốc khánh");
  EXPECT_EQ(decreed->on(parse_date("2026-02-16").value()), "Tết");
  EXPECT_EQ(decreed->on(parse_date("2026-02-20").value()), "Tết");
  EXPECT_EQ(decreed->on(parse_date("2026-02-21").value()), std::nullopt);
}

TEST(Holidays, NameTheirFaults) {
  EXPECT_EQ(faults(""), "h.toml:1: holiday: is required: one [[holiday]] each\n");
  EXPECT_EQ(faults("[[holiday]]\ndate = \"2.9.2026\"\nname = \"A\"\n"),
            "h.toml:2: holiday[0].date: must be a day such as \"2026-09-02\", got \"2.9.2026\"\n");
  EXPECT_EQ(faults("[[holiday]]\ndate = \"2026-02-30\"\nname = \"A\"\n"),
            "h.toml:2: holiday[0].date: must be a day such as \"2026-09-02\", got \"2026-02-30\"\n");
  EXPECT_EQ(faults("[[holiday]]\nfrom = \"2026-02-16\"\nname = \"A\"\n"),
            "h.toml:1: holiday[0].date: is required, or from and to\n");
  EXPECT_EQ(faults("[[holiday]]\nfrom = \"2026-02-16\"\nto = \"2026-02-15\"\nname = \"A\"\n"),
            "h.toml:3: holiday[0].to: must not be before from\n");
  EXPECT_EQ(faults("[[holiday]]\nfrom = \"2026-02-16\"\nto = \"2027-02-15\"\nname = \"A\"\n"),
            "h.toml:3: holiday[0].to: must be within 31 days\n");
  EXPECT_EQ(faults("[[holiday]]\ndate = \"2026-02-16\"\n"), "h.toml:1: holiday[0].name: is required\n");
}

TEST(Dates, AreOfTheCalendar) {
  for (const char* written :
       {"2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-01x", "-026-01-01"}) {
    EXPECT_EQ(parse_date(written), std::nullopt) << written;
  }
  EXPECT_EQ(print(parse_date("2028-02-29").value()), "2028-02-29");
}

TEST(Dates, BeginWhereTheirZoneSays) {
  EXPECT_EQ(begin_of(parse_date("2026-09-02").value(), zone()), at("2026-09-02T00:00:00+07:00"));
  EXPECT_EQ(begin_of(parse_date("2026-10-26").value(), zone("Europe/Berlin")),
            at("2026-10-26T00:00:00+01:00"));
  // Midnight was skipped there.
  EXPECT_EQ(begin_of(parse_date("2018-11-04").value(), zone("America/Sao_Paulo")),
            at("2018-11-04T01:00:00-02:00"));
  EXPECT_EQ(begin_of(parse_date("2026-09-02").value(), zone("Pacific/Kiritimati")),
            at("2026-09-02T00:00:00+14:00"));
}

}  // namespace
}  // namespace tongdai::text
