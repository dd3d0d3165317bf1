#include "hotline/without_numbers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tongdai::hotline {
namespace {

TEST(WithoutNumbers, APhoneNumberIsMadeUnreadable) {
  EXPECT_EQ(without_numbers("goi toi 0912345678 nhe"), "goi toi *** nhe");
  EXPECT_EQ(without_numbers("goi 0912.345.678"), "goi ***");
  EXPECT_EQ(without_numbers("(0912) 345-678!"), "(***!");
  EXPECT_EQ(without_numbers("+84912345678"), "+***");
  EXPECT_EQ(without_numbers("2313456"), "***");
}

TEST(WithoutNumbers, ShortNumbersStay) {
  EXPECT_EQ(without_numbers("thon 5, nha so 123, goi 113"), "thon 5, nha so 123, goi 113");
  EXPECT_EQ(without_numbers("482913"), "482913");
}

TEST(WithoutNumbers, ASpellingThatHidesTheDigitsIsSeenThrough) {
  EXPECT_EQ(without_numbers("0912,345,678"), "***");
  EXPECT_EQ(without_numbers("0912/345/678"), "***");
  EXPECT_EQ(without_numbers("0912_345_678"), "***");
}

RC_GTEST_PROP(WithoutNumbers, NoSevenDigitsRemainInARow, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', ' ', '.', '-', 'a', '+'));
  const std::string out = without_numbers(text);
  int run = 0;
  for (const char c : out) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    RC_ASSERT(run < 7);
  }
}

RC_GTEST_PROP(WithoutNumbers, WordsStayAsTheyAre, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('a', ' ', '.', '-', 'z', '\xC3', '\xA0'));
  RC_ASSERT(without_numbers(text) == text);
}

}  // namespace
}  // namespace tongdai::hotline
