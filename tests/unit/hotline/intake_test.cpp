#include "hotline/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"

namespace tongdai::hotline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// The words that come with the service.
const Words& words() {
  static const Words read = [] {
    config::Faults faults;
    return Words::read(config::read_toml_file(in_checkout("/config/hotline/phrases.toml")).value(), faults);
  }();
  return read;
}

Urgency urgency(std::string_view text) {
  return assess(text, words()).urgency;
}
std::vector<std::string> services(std::string_view text) {
  return assess(text, words()).services;
}

TEST(Urgency, DangerToLifeIsCritical) {
  for (const char* text :
       {"Cứu tôi với!", "cuu toi voi", "cuwus tooi voiws", "chong toi dang cam dao", "no doa giet em",
        "em muon chet", "con toi chay mau nhieu", "he has a knife", "bi hiep dam", "GIẾT"}) {
    EXPECT_EQ(urgency(text), Urgency::critical) << text;
  }
}

TEST(Urgency, ViolenceAChildOrAThreatIsHigh) {
  for (const char* text :
       {"toi bi danh", "Tôi bị đánh", "toi bi ddanhs o than uyen", "bi d9anh1", "ck danh e",
        "bo toi hay danh me", "no de doa", "chau be 8 tuoi", "my husband beats me"}) {
    EXPECT_EQ(urgency(text), Urgency::high) << text;
  }
}

TEST(Urgency, TheRestIsNormal) {
  for (const char* text : {"", "toi can loi khuyen", "xin tu van", "cho hoi ve ly hon", "alo", "?"}) {
    EXPECT_EQ(urgency(text), Urgency::normal) << text;
  }
}

TEST(Urgency, OnlyWholeWordsCount) {
  EXPECT_EQ(urgency("nghien cuuho"), Urgency::normal);
  EXPECT_EQ(urgency("cu dan o day"), Urgency::normal);
}

// A denial is not understood: rather a needless alert than a missed one.
TEST(Urgency, ADenialIsTakenAsAReport) {
  EXPECT_EQ(urgency("khong bi danh"), Urgency::high);
  EXPECT_EQ(urgency("toi không bị đánh đâu"), Urgency::high);
}

TEST(Urgency, TheGreaterWins) {
  EXPECT_EQ(urgency("toi bi danh, cuu toi"), Urgency::critical);
}

TEST(Services, AreNamedInOrderAndOnce) {
  EXPECT_THAT(services("toi bi danh"), ElementsAre("medical", "police"));
  EXPECT_THAT(services("Tôi bị đánh, bị thương"), ElementsAre("medical", "police"));
  EXPECT_THAT(services("can luat su de ly hon"), ElementsAre("legal"));
  EXPECT_THAT(services("khong co cho o"), ElementsAre("shelter"));
  EXPECT_THAT(services("xin loi khuyen"), ElementsAre("counselling"));
  EXPECT_THAT(services("bo danh con nho"), Contains("child_protection"));
}

TEST(Services, ATextMaySuggestNone) {
  EXPECT_THAT(services(""), IsEmpty());
  EXPECT_THAT(services("alo co ai khong"), IsEmpty());
}

TEST(ServiceLists, AreJoinedAndSplit) {
  EXPECT_EQ(join_services({"a", "b"}), "a;b");
  EXPECT_EQ(join_services({}), "");
  EXPECT_THAT(split_services("a;b"), ElementsAre("a", "b"));
  EXPECT_THAT(split_services(""), IsEmpty());
  EXPECT_THAT(split_services(";a;;b;"), ElementsAre("a", "b"));
}

TEST(ServiceLists, AreMergedInOrderEachOnce) {
  EXPECT_THAT(merge_services({"police", "medical"}, {"legal", "medical"}),
              ElementsAre("legal", "medical", "police"));
  EXPECT_THAT(merge_services({}, {}), IsEmpty());
}

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
