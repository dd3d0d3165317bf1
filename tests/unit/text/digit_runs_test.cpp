#include "text/digit_runs.hpp"

#include <gtest/gtest.h>

namespace tongdai::text {
namespace {

std::string masked(std::string_view text) {
  return without_digit_runs(text, 7);
}

TEST(DigitRunsTest, ATelephoneNumberIsMaskedHoweverItIsWritten) {
  EXPECT_EQ(masked("goi 0912345678 nhe"), "goi *** nhe");
  EXPECT_EQ(masked("goi 0912 345 678, gap"), "goi ***, gap");
  EXPECT_EQ(masked("+84 (91) 234.56.78."), "+***.");
  EXPECT_EQ(masked("0 9 1 2 3 4 5 6 7 8"), "***");
  EXPECT_EQ(masked("so khong chín một hai ba bốn năm sáu bảy tám nhe"), "so *** nhe");
  EXPECT_EQ(masked("0912 ba bon nam sau bay tam"), "***");
  EXPECT_EQ(masked("O9l2345678"), "***");
  EXPECT_EQ(masked("０９１２３４５６７８"), "***");
  EXPECT_EQ(masked("0\u03369\u03361\u03362\u03363\u03364\u03365\u0336"), "***");
  EXPECT_EQ(masked("goi0912345678nhe"), "goi***nhe");
}

TEST(DigitRunsTest, DaysTimesAgesAndHousesStay) {
  for (const char* text : {"ngay 25/11/2021 luc 07:30", "25 thang 11 nam 2021", "3 con, 12 tuoi, so nha 302",
                           "hai ba hom nay", "2021-11-25 07:30", "nam nay khong sau"}) {
    EXPECT_EQ(masked(text), text);
  }
}

TEST(DigitRunsTest, SaysWhereARunBegins) {
  const auto runs = digit_runs("số 123456", 6);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].at, 4U);
  EXPECT_EQ(runs[0].digits, 6U);
}

}  // namespace
}  // namespace tongdai::text
