#include "text/limits.hpp"

#include <gtest/gtest.h>

namespace tongdai::text {
namespace {

std::string why(const std::string& text, const Limits& limits, Kind kind = Kind::care) {
  const auto found = misfit(text, measure(text), limits, kind);
  return found ? found->what : "fits";
}

TEST(Limits, EndsOfPartsByTheKindOfText) {
  const Limits carrier{.chars = {160, 306, 459}, .advertising_chars = {122, 268, 421}};
  EXPECT_EQ(why(std::string(459, 'a'), carrier), "fits");
  EXPECT_EQ(why(std::string(460, 'a'), carrier), "460 characters, 459 are allowed");
  EXPECT_EQ(why(std::string(421, 'a'), carrier, Kind::advertising), "fits");
  EXPECT_EQ(why(std::string(422, 'a'), carrier, Kind::advertising),
            "422 characters, 421 are allowed for advertising");
  std::string accented;
  for (int i = 0; i < 202; ++i) accented += "ế";
  EXPECT_EQ(why(accented, carrier), "4 parts, 3 are allowed");
}

TEST(Limits, ChargesByTheCarriersEnds) {
  const Limits carrier{.chars = {160, 306, 459}, .advertising_chars = {122, 268, 421}};
  const auto charged = [&](std::size_t n, Kind kind) {
    return charged_parts(measure(std::string(n, 'a')), carrier, kind);
  };
  EXPECT_EQ(charged(122, Kind::advertising), 1U);
  EXPECT_EQ(charged(123, Kind::advertising), 2U);
  EXPECT_EQ(charged(123, Kind::care), 1U);
  EXPECT_EQ(charged(500, Kind::care), 4U);
  EXPECT_EQ(charged_parts(measure(std::string(161, 'a')), {}, Kind::care), 2U);
}

TEST(Limits, AccentsAndCharacters) {
  EXPECT_EQ(why("Vụ", {.unicode = false}),
            "the gateway takes no characters outside GSM 7-bit: strip the accents");
  EXPECT_EQ(why("50% off", {.forbidden = "#%"}), "the gateway refuses the character \"%\"");
  EXPECT_EQ(why(std::string(161, 'a'), {.parts_max = 1}), "2 parts, 1 are allowed");
}

TEST(Limits, ApprovedTextsAreForCampaigns) {
  const Limits carrier{.templates = {"Moi ba con {} den {}.", "Xin chao"}};
  EXPECT_EQ(why("Moi ba con Than Uyen den nha van hoa.", carrier), "fits");
  EXPECT_EQ(why("Xin chao", carrier), "fits");
  EXPECT_EQ(why("Xin chao!", carrier),
            "it reads as none of the 2 texts that the gateway's carrier approved, such as \"Moi ba con {} "
            "den {}.\"");
  EXPECT_EQ(why("Xin chao!", carrier, Kind::other), "fits");
}

TEST(Limits, WildcardsStandForAnyWords) {
  EXPECT_TRUE(matches_template("", "{}"));
  EXPECT_TRUE(matches_template("a b c", "a{}c"));
  EXPECT_TRUE(matches_template("abab", "{}ab"));
  EXPECT_TRUE(matches_template("ab", "ab{}"));
  EXPECT_TRUE(matches_template("aXbYb", "a{}b{}b"));
  EXPECT_FALSE(matches_template("ab", "ab{}b"));
  EXPECT_FALSE(matches_template("a", "a{}a"));
  EXPECT_FALSE(matches_template("ab", "{}a"));
}

}  // namespace
}  // namespace tongdai::text
