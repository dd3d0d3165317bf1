#include "core/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tongdai {
namespace {

std::string again(std::string_view text) {
  const auto time = parse_rfc3339(text);
  return time ? to_rfc3339(*time) : std::string(to_string(time.error().code));
}

TEST(Rfc3339, IsWrittenInUtcWithMilliseconds) {
  EXPECT_EQ(to_rfc3339(from_unix_ms(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(from_unix_ms(1'637'798'400'007)), "2021-11-25T00:00:00.007Z");
}

TEST(Rfc3339, IsReadWithAnyOffset) {
  EXPECT_EQ(again("2021-11-25T07:00:00+07:00"), "2021-11-25T00:00:00.000Z");
  EXPECT_EQ(again("2021-11-24T19:30:00-04:30"), "2021-11-25T00:00:00.000Z");
  EXPECT_EQ(again("2021-11-25t00:00:00z"), "2021-11-25T00:00:00.000Z");
  EXPECT_EQ(again("2021-11-25 00:00:00Z"), "2021-11-25T00:00:00.000Z");
}

TEST(Rfc3339, KeepsMillisecondsOfAnyFraction) {
  EXPECT_EQ(again("2021-11-25T00:00:00.5Z"), "2021-11-25T00:00:00.500Z");
  EXPECT_EQ(again("2021-11-25T00:00:00.123456789Z"), "2021-11-25T00:00:00.123Z");
}

TEST(Rfc3339, TakesALeapSecond) {
  EXPECT_EQ(again("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00.000Z");
}

TEST(Rfc3339, RefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"", "2021-11-25", "2021-11-25T07:00:00", "2021-11-25T07:00+07:00", "2021-13-01T00:00:00Z",
        "2021-02-29T00:00:00Z", "2021-11-25T24:00:00Z", "2021-11-25T00:60:00Z", "2021-11-25T00:00:00+0700",
        "2021-11-25T00:00:00+24:00", "2021-11-25T00:00:00Zz", "2021/11/25T00:00:00Z", "25-11-2021T00:00:00Z",
        "2021-11-25T00.00.00Z"}) {
    EXPECT_EQ(again(text), "invalid") << text;
  }
}

RC_GTEST_PROP(Rfc3339Property, RoundTrip, ()) {
  const TimePoint t = from_unix_ms(*rc::gen::inRange<std::int64_t>(-60'000'000'000'000, 250'000'000'000'000));
  RC_ASSERT(parse_rfc3339(to_rfc3339(t)).value() == t);
}

RC_GTEST_PROP(Rfc3339Property, AnyOctetsAreAnswered, ()) {
  std::string text = "2021-11-25T07:00:00.000+07:00";
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  static_cast<void>(parse_rfc3339(text));
  static_cast<void>(parse_rfc3339(text.substr(0, at)));
}

}  // namespace
}  // namespace tongdai
