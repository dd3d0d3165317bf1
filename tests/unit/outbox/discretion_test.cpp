#include "outbox/discretion.hpp"

#include <gtest/gtest.h>

namespace tongdai::outbox {
namespace {

const Discretion discretion({"bạo lực", "cong an", "case", "tu van", "113", ""});

/// The offence, or nothing.
std::optional<Offence> offence(std::string_view text, const std::vector<std::string>& names = {},
                               const std::vector<std::string>& inbound = {}) {
  const auto found = discretion.objection(text, names, inbound);
  return found ? std::optional(found->offence) : std::nullopt;
}

TEST(DiscretionTest, ANeutralTextIsFine) {
  for (const char* text : {"Cam on ban da nhan tin", "Hẹn 14:30 ngày 25/11/2021 nhé", "Ca sẽ đến lúc 7 giờ",
                           "abc", "Ngay 25 thang 11 nam 2021", "Luc 2021-11-25 07:00. Cam on.", "cong anh em",
                           "Hai vo chong. Cong anh chua ve", "ok.vay nhe", "Toi o nha. Ban o dau?"}) {
    EXPECT_EQ(offence(text), std::nullopt) << text << discretion.objection(text)->print();
  }
}

TEST(DiscretionTest, SaysWhichWordItIsAndWhere) {
  const auto found = discretion.objection("Chào! Bạo-Lực!");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Objection{Offence::word, "bao luc", 7}));
  EXPECT_EQ(found->print(),
            "the word \"bao luc\" at character 7 is on the sensitive list: say it without that word");
}

TEST(DiscretionTest, AllThatIsWrongIsTold) {
  const auto all =
      discretion.objections("Cong an o Nha Binh Yen: 482913 nhe ban 0912345678 bao luc", {"Nhà Bình Yên"});
  EXPECT_EQ(all, (std::vector<Objection>{{Offence::word, "bao luc", 51},
                                         {Offence::word, "cong an", 1},
                                         {Offence::name, "Nhà Bình Yên", 11},
                                         {Offence::code, "", 25},
                                         {Offence::code, "", 40}}));
  EXPECT_TRUE(discretion.objections("Cam on ban").empty());
}

TEST(DiscretionTest, ThePlaceIsCountedInComposedCharacters) {
  // NFD: the marks stand by themselves.
  EXPECT_EQ(discretion.objection("o\xcc\x9b\xcc\x82 cong an")->at, 4U);
  EXPECT_EQ(discretion.objection("\xc6\xa1 cong an")->at, 3U);
}

TEST(DiscretionTest, AWordInDisguiseIsFound) {
  for (const char* text : {"b a o l u c",
                           "b.ạ.o l.ự.c",
                           "bạo-lực",
                           "bao_luc",
                           "baoluc",
                           "BAO   LUC",
                           "ba oluc",
                           "bao l uc",
                           "ｂａｏ　ｌｕｃ",
                           "b4o luc",
                           "ba0 lu¢",
                           "b@o luc",
                           "ba\u200bo lu\u00adc",
                           "bao\u2060 luc",
                           "Ьао luc",
                           "bао luс",
                           "𝐛𝐚𝐨 𝐥𝐮𝐜",
                           "ⓑⓐⓞ ⓛⓤⓒ",
                           "🇧🇦🇴 🇱🇺🇨",
                           "baaaao luuuc",
                           "baolucgiadinh",
                           "bao luc\u0301",
                           "ｃaｓe",
                           "c a s e",
                           "1 1 3",
                           "１１３",
                           "t.u.v.a.n"}) {
    EXPECT_EQ(offence(text), Offence::word) << text;
  }
}

TEST(DiscretionTest, InnocentWordsAreNotGluedTogether) {
  for (const char* text : {"cong anh em", "showcases", "tu vang", "ca se ve"}) {
    EXPECT_EQ(offence(text), std::nullopt) << text;
  }
}

TEST(DiscretionTest, AVeryShortNameForbidsNothing) {
  EXPECT_EQ(offence("o xa nao", {"Xã"}), std::nullopt);
  EXPECT_EQ(offence("den Than Uyen nhe", {"Thân Uyên"}), Offence::name);
  EXPECT_EQ(offence("den Than-Uyen nhe", {"Thân Uyên"}), Offence::name);
  EXPECT_EQ(offence("den ThanUyen nhe", {"Thân Uyên"}), Offence::name);
}

TEST(DiscretionTest, FourWordsInARowAreAQuotation) {
  EXPECT_EQ(offence("mot hai ba", {}, {"mot hai ba bon"}), std::nullopt);
  EXPECT_EQ(offence("xin mot hai ba bon", {}, {"khac", "Một hai, ba bốn năm"}), Offence::quote);
  EXPECT_EQ(offence("xin mothai babon", {}, {"Một hai, ba bốn năm"}), Offence::quote);
}

TEST(DiscretionTest, ANumberOfTheirsAndWhatStandsInMarksAreQuotations) {
  EXPECT_EQ(offence("den phong 302", {}, {"toi o phong 302"}), Offence::quote);
  EXPECT_EQ(offence("den luc 7", {}, {"toi o phong 302"}), std::nullopt);
  EXPECT_EQ(offence("ban noi “Lò Thị”?", {}, {"toi ten Lo Thi May"}), Offence::quote);
  EXPECT_EQ(offence("Lo Thi khoe khong?", {}, {"toi ten Lo Thi May"}), std::nullopt);
}

TEST(DiscretionTest, AQuotationDoesNotRepeatTheWordsInItsObjection) {
  EXPECT_EQ(quotation("xin mot hai ba bon", {"mot hai ba bon"})->print(),
            "at character 5 it repeats what the person wrote: use other words");
}

TEST(DiscretionTest, SixDigitsAreACodeHoweverTheyAreWritten) {
  EXPECT_EQ(offence("12345"), std::nullopt);
  for (const char* text :
       {"123456", "12 34 56", "12-34-56", "1.2.3.4.5.6", "١٢٣٤٥٦", "１２３４５６", "goi0912345678nhe",
        "bon tam hai chin mot ba", "mot 2 ba 4 nam 6", "four eight two nine one three"}) {
    EXPECT_EQ(offence(text), Offence::code) << text;
  }
}

TEST(DiscretionTest, ALinkNeedsNoScheme) {
  for (const char* text : {"xem http://a.b/c", "xem www.laichau", "laichau.gov.vn", "vao laichau .vn",
                           "bit.ly/x9", "zalo.me/123", "a.b/c", "laichau。vn", "ｌａｉｃｈａｕ．ｖｎ",
                           "lаichau.vn", "laichau cham vn", "10.0.0.1"}) {
    EXPECT_EQ(offence(text), Offence::link) << text;
  }
  for (const char* text :
       {"Cam on. Com ngon.", "Vang.Toi biet roi", "luc 7.30", "v.v.", "Cam on ban.co gi bao"}) {
    EXPECT_EQ(offence(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tongdai::outbox
