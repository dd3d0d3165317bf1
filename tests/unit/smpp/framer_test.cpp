#include "gateway_adapters/smpp/codec/framer.hpp"

#include <gtest/gtest.h>

namespace tongdai::gateway::smpp {
namespace {

const Bytes enquire{0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, 5};

Bytes with_length(std::uint32_t length) {
  Bytes bytes = enquire;
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(length >> (8 * (3 - i)) & 0xff);
  return bytes;
}

TEST(Framer, WaitsForTheLastByte) {
  Framer framer;
  for (std::size_t i = 0; i + 1 < enquire.size(); ++i) {
    framer.feed(View(enquire).subspan(i, 1));
    EXPECT_FALSE(framer.next());
  }
  framer.feed(View(enquire).last(1));
  const auto next = framer.next();
  ASSERT_TRUE(next && *next);
  EXPECT_TRUE(std::ranges::equal(**next, enquire));
  EXPECT_FALSE(framer.next());
}

TEST(Framer, GivesFortyAtOnce) {
  Bytes bytes;
  for (int i = 0; i < 40; ++i) bytes.insert(bytes.end(), enquire.begin(), enquire.end());
  Framer framer;
  framer.feed(bytes);
  int got = 0;
  while (const auto next = framer.next()) got += next->has_value() ? 1 : 0;
  EXPECT_EQ(got, 40);
}

TEST(Framer, AFaultOutsideTheLimitsIsFinal) {
  for (const std::uint32_t length : {0U, 15U, 101U, 0x7fffffffU, 0x80000010U, 0xffffffffU}) {
    Framer framer(100);
    framer.feed(with_length(length));
    for (int again = 0; again < 2; ++again) {
      const auto next = framer.next();
      ASSERT_TRUE(next && !*next) << length;
      EXPECT_EQ(next->error().length, length);
      EXPECT_EQ(next->error().sequence, 5U);
    }
  }
}

TEST(Framer, AFaultIsSeenInTheFirstFourBytes) {
  Framer framer;
  const Bytes http{'G', 'E', 'T', ' '};
  framer.feed(http);
  const auto next = framer.next();
  ASSERT_TRUE(next && !*next);
  EXPECT_EQ(next->error().sequence, 0U);
}

TEST(Framer, TheLimitsThemselvesAreTaken) {
  Framer framer(100);
  Bytes bytes = with_length(100);
  bytes.resize(100);
  framer.feed(bytes);
  const auto next = framer.next();
  ASSERT_TRUE(next && *next);
  EXPECT_EQ((*next)->size(), 100U);
}

TEST(Framer, StartsAnewForANewConnection) {
  Framer framer;
  framer.feed(with_length(3));
  framer.reset();
  framer.feed(enquire);
  const auto next = framer.next();
  EXPECT_TRUE(next && *next);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
