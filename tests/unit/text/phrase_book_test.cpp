#include "text/phrase_book.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "unit/text/text_generators.hpp"

namespace tongdai::text {
namespace {

using Accents = PhraseBook::Accents;
using Mend = PhraseBook::Mend;

class PhraseBookTest : public ::testing::Test {
 protected:
  PhraseBook book;

  std::vector<PhraseBook::Hit> find(std::string_view text) { return book.find(tokens(text, 5000)); }
  /// The one hit, or none.
  std::optional<PhraseBook::Hit> hit(std::string_view text) {
    const auto hits = find(text);
    EXPECT_LE(hits.size(), 1U) << text;
    return hits.empty() ? std::nullopt : std::optional(hits.front());
  }
};

TEST_F(PhraseBookTest, WholeWordsInARow) {
  ASSERT_EQ(book.add("bị đánh"), 0U);
  book.finish();
  const auto found = hit("toi bi danh o nha");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->from, 1U);
  EXPECT_EQ(found->to, 3U);
  EXPECT_FALSE(hit("bi no danh"));
  EXPECT_FALSE(hit("cai bidan"));
}

TEST_F(PhraseBookTest, AccentsAreCompared) {
  ASSERT_EQ(book.add("tự tử"), 0U);
  book.finish();
  EXPECT_EQ(hit("tự tử")->accents, Accents::same);
  EXPECT_EQ(hit("tu tu")->accents, Accents::plain);
  EXPECT_EQ(hit("tư tử")->accents, Accents::plain) << "a tone was forgotten";
  EXPECT_EQ(hit("từ từ")->accents, Accents::other);
}

TEST_F(PhraseBookTest, AGapLetsTwoWordsThrough) {
  ASSERT_EQ(book.add("cam ~ dao"), 0U);
  book.finish();
  for (const char* text : {"cam dao", "cam con dao", "cam hai con dao"}) EXPECT_TRUE(hit(text)) << text;
  for (const char* text : {"cam mot hai ba dao", "cam", "dao cam"}) EXPECT_FALSE(hit(text)) << text;
  EXPECT_EQ(hit("no cam con dao")->from, 1U);
}

TEST_F(PhraseBookTest, WhatCannotBeFoundIsNotTaken) {
  for (const char* phrase : {"", "!", "~ dao", "cam ~", "a b c d e f g h i"})
    EXPECT_EQ(book.add(phrase), PhraseBook::none) << phrase;
}

TEST_F(PhraseBookTest, ShortFormsMeanTheirWords) {
  ASSERT_EQ(book.add("chong danh em"), 0U);
  ASSERT_EQ(book.add("nguoi ta danh"), 1U);
  book.add_short_form("ck", "chong");
  book.add_short_form("e", "em");
  book.add_short_form("ngta", "nguoi ta");
  book.finish();
  EXPECT_EQ(hit("ck danh e")->phrase, 0U);
  EXPECT_EQ(hit("ck danh e")->mend, Mend::none);
  EXPECT_EQ(hit("ngta danh")->phrase, 1U);
}

TEST_F(PhraseBookTest, KeysSlipsAndStretchesAreMended) {
  ASSERT_EQ(book.add("danh toi"), 0U);
  ASSERT_EQ(book.add("police"), 1U);
  book.add_ordinary("polite");
  book.finish();
  EXPECT_EQ(hit("ddanhs toiii")->mend, Mend::mended);
  EXPECT_EQ(hit("d9anh1 toi")->phrase, 0U);
  EXPECT_EQ(hit("the polcie")->phrase, 1U);
  EXPECT_FALSE(hit("polite"));
}

TEST_F(PhraseBookTest, LettersThatSoundAlikeAreTheWeakestGround) {
  ASSERT_EQ(book.add("chong danh"), 0U);
  book.add_sound("tr", "ch");
  book.add_sound("-k", "nh");
  book.finish();
  EXPECT_EQ(hit("trong danh")->mend, Mend::sounded);
  EXPECT_EQ(hit("chong dak")->mend, Mend::sounded);
}

TEST_F(PhraseBookTest, ForgottenBlanks) {
  ASSERT_EQ(book.add("dang danh"), 0U);
  ASSERT_EQ(book.add("bi o"), 1U);
  book.finish();
  const auto found = hit("chongdangdanhtoi");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->phrase, 0U);
  EXPECT_EQ(found->mend, Mend::mended);
  EXPECT_FALSE(hit("xbiox")) << "too short to be sought in a word";
}

// Hostile texts: of short forms only, of one letter, of one word without end.
TEST_F(PhraseBookTest, TheWorkIsBoundedAndWhatStandsThereIsFoundAllTheSame) {
  for (const char* meaning : {"a", "b", "a b", "b a", "a a", "b b", "a b a"})
    book.add_short_form("x", meaning);
  for (const char* phrase : {"a ~ b ~ a ~ b", "b ~ a ~ b ~ a", "c d", "a b a b a b a b", "b a b a b a b a"})
    ASSERT_NE(book.add(phrase), PhraseBook::none);
  book.finish();
  std::string short_forms, letters(10'000, 'a');
  for (int i = 0; i < 4000; ++i) short_forms += "x ";
  static_cast<void>(find(letters));
  // In all readings these would be 7 to the power of 4,000; behind them the budget is spent.
  const auto hits = find(short_forms + "c d");
  EXPECT_TRUE(std::ranges::any_of(hits, [](const auto& hit) { return hit.phrase == 2 && hit.from == 4000; }));
}

RC_GTEST_PROP(PhraseBookHits, StandWithinTheText, ()) {
  static const PhraseBook book = [] {
    PhraseBook b;
    for (const char* phrase : {"a", "b ~ a", "a b c", "bi danh"}) static_cast<void>(b.add(phrase));
    b.add_short_form("c", "a b");
    b.finish();
    return b;
  }();
  const auto words = tokens(*any_text(), 100);
  for (const auto& hit : book.find(words)) {
    RC_ASSERT(hit.from < hit.to);
    RC_ASSERT(hit.to <= words.size());
  }
}

}  // namespace
}  // namespace tongdai::text
