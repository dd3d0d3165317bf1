#include "gateway_adapters/smpp/codec/time_format.hpp"

#include <gtest/gtest.h>

namespace tongdai::gateway::smpp {
namespace {

TEST(RelativeTime, IsWrittenAsTheStandardSays) {
  EXPECT_EQ(relative_time(1h + 2min + 3s), "000000010203000R");
  EXPECT_EQ(relative_time(23h + 59min + 59s), "000000235959000R");
  EXPECT_EQ(relative_time(72h), "000003000000000R");
}

TEST(RelativeTime, RoundsUpAndKeepsWithinItsLimits) {
  EXPECT_EQ(relative_time(1ms), "000000000001000R");
  EXPECT_EQ(relative_time(1001ms), "000000000002000R");
  EXPECT_EQ(relative_time(0ms), "000000000001000R");
  EXPECT_EQ(relative_time(-5s), "000000000001000R");
  EXPECT_EQ(relative_time(100'000h), "000027000000000R");
}

std::string read(std::string_view text) {
  const auto at = parse_time(text, std::chrono::minutes(7 * 60));
  return at ? to_rfc3339(*at) : "none";
}

TEST(AbsoluteTime, IsReadWithItsZoneOrWithTheRoutes) {
  EXPECT_EQ(read("211125080102328+"), "2021-11-25T01:01:02.300Z");
  EXPECT_EQ(read("211125080102300+"), "2021-11-25T08:01:02.300Z");
  EXPECT_EQ(read("211125080102004-"), "2021-11-25T09:01:02.000Z");
  EXPECT_EQ(read("2111250801"), "2021-11-25T01:01:00.000Z");
  EXPECT_EQ(read("211125080102"), "2021-11-25T01:01:02.000Z");
  EXPECT_EQ(read("20211125080102"), "2021-11-25T01:01:02.000Z");
}

TEST(AbsoluteTime, WhatIsNoDateIsNone) {
  for (const std::string_view text :
       {"", "0", "2113250801", "2102300801", "2111252501", "211125080102300R", "211125080102349+",
        "hello12345", "2111250801x", "21112508010230000", "211125080102300++"})
    EXPECT_EQ(read(text), "none") << text;
}

}  // namespace
}  // namespace tongdai::gateway::smpp
