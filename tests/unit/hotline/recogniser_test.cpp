#include "hotline/recognition/recogniser.hpp"

#include <gmock/gmock.h>

#include <chrono>

#include "unit/hotline/recognition_words.hpp"

namespace tongdai::hotline::recognition {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Recognition read(std::string_view text) {
  return words_of_the_service().recogniser->recognise(text);
}
Urgency urgency(std::string_view text) {
  return read(text).urgency;
}
std::vector<std::string> services(std::string_view text) {
  return read(text).services;
}
/// "weapon@5+7" for each finding of a kind.
std::vector<std::string> found(std::string_view text, Kind kind) {
  std::vector<std::string> out;
  for (const Finding& f : read(text).findings) {
    if (f.kind == kind)
      out.push_back(f.value + '@' + std::to_string(f.from) + '+' + std::to_string(f.length));
  }
  return out;
}

TEST(Urgency, DangerToLifeIsCritical) {
  for (const char* text : {"Cứu tôi với!", "cuu toi voi", "cuwus tooi voiws", "chong toi dang cam dao",
                           "no doa giet em", "em muon chet", "con toi chay mau nhieu", "he has a knife",
                           "bi hiep dam", "GIẾT", "cuuuu", "cuutoivoi"}) {
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

TEST(Urgency, OtherAccentsAreAnotherWord) {
  EXPECT_EQ(urgency("nói từ từ thôi"), Urgency::normal);
  EXPECT_EQ(urgency("em tự tử"), Urgency::critical);
  EXPECT_EQ(urgency("tu tu cho xong"), Urgency::critical) << "without accents the danger wins";
  EXPECT_EQ(urgency("bạn tôi ở xa"), Urgency::normal);
  EXPECT_EQ(urgency("nó bắn tôi"), Urgency::critical);
}

TEST(Urgency, HarmlessTwinsSayNothing) {
  for (const char* text :
       {"nghien cuu khoa hoc", "hom nay giet ga", "doi muon chet", "chem gio", "noi tu tu thoi"})
    EXPECT_EQ(urgency(text), Urgency::normal) << text;
  EXPECT_EQ(urgency("giet ga xong no doa giet toi"), Urgency::critical) << "only what they overlap";
}

TEST(Urgency, ViolenceThatIsNowIsDanger) {
  EXPECT_EQ(urgency("chong danh toi"), Urgency::high);
  EXPECT_EQ(urgency("chong danh toi, ngay bay gio"), Urgency::critical);
  EXPECT_THAT(read("chong danh toi, ngay bay gio").flags, Contains("danger"));
}

TEST(Urgency, AWordWithinTheNameOfAPlaceIsNone) {
  const auto& recogniser = *words_of_the_service().recogniser;
  const auto tokens = text::tokens("o Dao San", 10);
  EXPECT_EQ(recogniser.recognise(tokens).urgency, Urgency::high);
  EXPECT_EQ(recogniser.recognise(tokens, std::vector<NameRange>{{1, 3}}).urgency, Urgency::normal);
}

TEST(Flags, EachIsItsOwn) {
  EXPECT_THAT(read("chong cam dao, con toi chay mau, em muon chet").flags,
              ElementsAre("child", "injury", "suicide", "weapon"));
}

TEST(Findings, NameTheWordsByTheirPlace) {
  EXPECT_THAT(found("Nó cầm con dao, cứu tôi", Kind::urgency), ElementsAre("weapon@3+11", "danger@16+7"));
  EXPECT_THAT(found("no doa giet em", Kind::service), Contains("police@3+8"));
  EXPECT_THAT(found("alo", Kind::urgency), IsEmpty());
}

TEST(ForWhom, TheWriterOrAnother) {
  for (const char* text : {"toi bi danh", "chong danh em", "cuu toi voi", "my husband beats me"})
    EXPECT_EQ(read(text).for_whom, ForWhom::self) << text;
  for (const char* text :
       {"chi toi bi danh", "hang xom danh vo, giup toi voi", "bo danh me chau", "my neighbour hits her"})
    EXPECT_EQ(read(text).for_whom, ForWhom::other) << text;
  EXPECT_EQ(read("hang xom danh toi").for_whom, ForWhom::self);
  EXPECT_EQ(read("alo").for_whom, ForWhom::unknown);
}

TEST(Languages, AreTold) {
  EXPECT_EQ(read("chồng tôi đánh tôi").language, "vi");
  EXPECT_EQ(read("my husband beats me").language, "en");
  EXPECT_EQ(read("123").language, "");
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

TEST(Recognition, ATextOfAnySizeEnds) {
  std::string long_text, short_forms;
  while (long_text.size() < 10'000) long_text += "chong toi ve nha la danh toi va cac con o Than Uyen ";
  while (short_forms.size() < 10'000) short_forms += "k e ck vk ";
  const std::string one_word(10'000, 'c');
  for (const std::string& text : {long_text, short_forms, one_word}) {
    EXPECT_LE(read(text).findings.size(), Recogniser::findings_max + 3);
  }
}

TEST(Recognition, DangerIsSeenBehindAnyLengthOfAnythingElse) {
  for (const std::string noise : {"k e ck vk ", "cam roi cam roi ", "toi bi k e ck "}) {
    std::string text;
    while (text.size() < 9'000) text += noise;
    EXPECT_EQ(read(text + "cuu toi voi").urgency, Urgency::critical) << noise;
  }
}

}  // namespace
}  // namespace tongdai::hotline::recognition
