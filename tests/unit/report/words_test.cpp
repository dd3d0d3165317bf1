#include "report/words.hpp"

#include <gtest/gtest.h>

#include "campaigns/campaign_state.hpp"
#include "hotline/case_state.hpp"

namespace tongdai::report {
namespace {

TEST(Words, EveryWordIsThereInBothLanguages) {
  for (int i = 0; i <= static_cast<int>(Word::note_few); ++i) {
    const auto w = static_cast<Word>(i);
    EXPECT_FALSE(word(w, Language::vi).empty()) << i;
    EXPECT_FALSE(word(w, Language::en).empty()) << i;
    EXPECT_NE(word(w, Language::vi), word(w, Language::en)) << i;
  }
}

template <class E>
void expect_words_for_all() {
  for (const std::string_view name : EnumNames<E>::names) {
    EXPECT_NE(word_for(name, Language::vi), name);
    EXPECT_NE(word_for(name, Language::en), name);
  }
}

TEST(Words, EveryValueOfTheServiceHasAName) {
  expect_words_for_all<campaigns::Class>();
  expect_words_for_all<campaigns::CampaignState>();
  expect_words_for_all<hotline::Urgency>();
}

TEST(Words, WhatHasNoNameStandsAsItIs) {
  EXPECT_EQ(word_for("cash", Language::vi), "cash");
}

}  // namespace
}  // namespace tongdai::report
