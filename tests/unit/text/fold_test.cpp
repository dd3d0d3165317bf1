#include "text/fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/unistr.h>

#include "text/encoding.hpp"
#include "text_generators.hpp"

namespace tongdai::text {
namespace {

using testing::ElementsAre;

TEST(Nfc, ComposesAndReplacesInvalidOctets) {
  EXPECT_EQ(nfc("xa\u0303"), "xã");
  EXPECT_EQ(nfc("a\xff"), "a\ufffd");
}

TEST(StripAccents, KeepsEverythingElse) {
  EXPECT_EQ(strip_accents("Đoàn Kết, Pa Vệ Sủ: 25/11!"), "Doan Ket, Pa Ve Su: 25/11!");
  EXPECT_EQ(strip_accents("Ðặng"), "Dang");  // the eth of old keyboards
}

TEST(StripAccents, GivesPunctuationItsAsciiTwin) {
  EXPECT_EQ(strip_accents("“a” ‘b’ c–d\u00a0e… «f»\u200b"), "\"a\" 'b' c-d e... \"f\"");
}

TEST(StripAccents, LeavesWhatHasNoPlainForm) {
  EXPECT_EQ(strip_accents("漢 한 😀 ß"), "漢 한 😀 ß");
}

TEST(StripAccents, BringsEveryVietnameseLetterIntoGsm7) {
  for (const std::string_view base :
       {"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "A", "Ă", "Ơ", "Ư"}) {
    for (const std::string_view tone : {"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}) {
      const std::string letter = std::string(base) + std::string(tone);
      EXPECT_EQ(strip_accents(letter).size(), 1U) << letter;
      EXPECT_TRUE(fits_gsm7(strip_accents(letter))) << letter;
    }
  }
}

TEST(Fold, MakesSpellingsComparable) {
  EXPECT_EQ(fold("  Xã Than-Uyên! "), "xa than uyen");
  EXPECT_EQ(fold("Hòa"), fold("Hoà"));
  EXPECT_EQ(fold("TÔI BỊ ĐÁNH"), "toi bi danh");
  EXPECT_EQ(fold("...!?"), "");
  EXPECT_EQ(fold(""), "");
}

TEST(FoldWords, CutsAtTheSpaces) {
  EXPECT_THAT(fold_words("Tả Lèng, Hồ Thầu"), ElementsAre("ta", "leng", "ho", "thau"));
  EXPECT_THAT(fold_words(" - "), ElementsAre());
}

TEST(ContainsWords, LooksForWholeWordsInOrder) {
  EXPECT_TRUE(contains_words("toi o than uyen lai chau", "than uyen"));
  EXPECT_TRUE(contains_words("than uyen", "than uyen"));
  EXPECT_FALSE(contains_words("toi o than uyenn", "than uyen"));
  EXPECT_FALSE(contains_words("gathan uyen", "than uyen"));
  EXPECT_TRUE(contains_words("gathan than", "than"));
  EXPECT_FALSE(contains_words("uyen than", "than uyen"));
  EXPECT_FALSE(contains_words("than", ""));
  EXPECT_FALSE(contains_words("", "than"));
}

TEST(Fold, OfEveryLetterIsStable) {
  for (char32_t c = 1; c < 0x20000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string letter;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(letter);
    const std::string once = fold(letter);
    ASSERT_EQ(fold(once), once) << static_cast<std::uint32_t>(c);
    const std::string stripped = strip_accents(letter);
    ASSERT_EQ(strip_accents(stripped), stripped) << static_cast<std::uint32_t>(c);
  }
}

RC_GTEST_PROP(FoldProperty, FoldIsIdempotent, ()) {
  const std::string text = *any_text();
  RC_ASSERT(fold(fold(text)) == fold(text));
}

RC_GTEST_PROP(FoldProperty, NormalFormsFoldAlike, ()) {
  const std::string text = *any_text();
  RC_ASSERT(fold(nfc(text)) == fold(text));
  RC_ASSERT(fold(strip_accents(text)) == fold(text));
}

RC_GTEST_PROP(FoldProperty, ContainsItsOwnWords, ()) {
  const std::string text = *any_text();
  for (const std::string& word : fold_words(text)) RC_ASSERT(contains_words(fold(text), word));
}

}  // namespace
}  // namespace tongdai::text
