#include "text/tokens.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "text/fold.hpp"
#include "unit/text/text_generators.hpp"

namespace tongdai::text {
namespace {

std::vector<std::string> folded(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& t : tokens(text, 1000)) out.push_back(t.folded);
  return out;
}

TEST(Tokens, HaveTheirPlaceInCharacters) {
  const auto found = tokens("  Đánh, tôi!", 10);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].folded, "danh");
  EXPECT_EQ(found[0].from, 2U);
  EXPECT_EQ(found[0].length, 4U);
  EXPECT_EQ(found[1].from, 8U);
  EXPECT_EQ(found[1].length, 3U);
}

TEST(Tokens, TheToneStandsAtTheEndWhereverItWasSet) {
  EXPECT_EQ(tokens("hoà", 1)[0].spelt, tokens("hòa", 1)[0].spelt);
  EXPECT_EQ(tokens("hoà", 1)[0].spelt, "hoa`");
  EXPECT_NE(tokens("từ", 1)[0].spelt, tokens("tự", 1)[0].spelt);
}

TEST(Tokens, DecomposedLettersAreTheSameWord) {
  EXPECT_EQ(tokens("Uye\xCC\x82n", 1)[0].spelt, tokens("Uyên", 1)[0].spelt);
  EXPECT_EQ(tokens("Uye\xCC\x82n", 1)[0].length, 5U);
}

TEST(Tokens, AWordWithoutAccentsIsPlain) {
  EXPECT_TRUE(tokens("danh", 1)[0].is_plain());
  EXPECT_FALSE(tokens("đanh", 1)[0].is_plain());
  EXPECT_FALSE(tokens("dành", 1)[0].is_plain());
}

TEST(Tokens, NoMoreThanAskedFor) {
  EXPECT_EQ(tokens("a b c d", 2).size(), 2U);
  EXPECT_TRUE(tokens("", 2).empty());
}

TEST(Tokens, BytesThatAreNoTextPartWords) {
  EXPECT_THAT(folded("toi\xff\xfe"
                     "bi"),
              ::testing::ElementsAre("toi", "bi"));
}

RC_GTEST_PROP(Tokens, AreCutAndFoldedAsFoldWordsDoes, ()) {
  const std::string text = *any_text();
  RC_ASSERT(folded(text) == fold_words(text));
}

}  // namespace
}  // namespace tongdai::text
