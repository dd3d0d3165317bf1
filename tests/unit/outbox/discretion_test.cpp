#include "outbox/discretion.hpp"

#include <gtest/gtest.h>

namespace tongdai::outbox {
namespace {

const Discretion discretion({"bạo lực", "cong an", ""});

TEST(DiscretionTest, ANeutralTextIsFine) {
  EXPECT_EQ(discretion.objection("Cam on ban da nhan tin"), std::nullopt);
}

TEST(DiscretionTest, SaysWhichWordItIs) {
  EXPECT_EQ(discretion.objection("Bạo-Lực!"), "the word \"bao luc\" is on the sensitive list");
}

TEST(DiscretionTest, AWordInsideAnotherIsNone) {
  EXPECT_EQ(discretion.objection("cong anh em"), std::nullopt);
}

TEST(DiscretionTest, AnEmptyWordOfTheListForbidsNothing) {
  EXPECT_EQ(discretion.objection("abc"), std::nullopt);
}

TEST(DiscretionTest, AVeryShortNameForbidsNothing) {
  EXPECT_EQ(discretion.objection("o xa nao", {"Xã"}), std::nullopt);
  EXPECT_NE(discretion.objection("den Than Uyen nhe", {"Thân Uyên"}), std::nullopt);
}

TEST(DiscretionTest, ThreeWordsInARowAreNoQuotationFourAre) {
  EXPECT_EQ(discretion.objection("mot hai ba", {}, "mot hai ba bon"), std::nullopt);
  EXPECT_NE(discretion.objection("xin mot hai ba bon", {}, "Một hai, ba bốn năm"), std::nullopt);
}

TEST(DiscretionTest, FiveDigitsAreNoCodeSixAre) {
  EXPECT_EQ(discretion.objection("12345"), std::nullopt);
  EXPECT_NE(discretion.objection("123456"), std::nullopt);
}

}  // namespace
}  // namespace tongdai::outbox
