#include "text/encoding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

using testing::ElementsAre;

std::string repeat(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

/// The texts of the Action Month of 2021, with what they cost with their accents.
struct CampaignText {
  std::string_view id;
  std::string_view text;
  std::size_t parts_ucs2;
};

void PrintTo(const CampaignText& chosen, std::ostream* out) {
  *out << chosen.id;
}

class ActionMonth2021 : public testing::TestWithParam<CampaignText> {};

TEST_P(ActionMonth2021, CostsMoreWithAccentsThanWithout) {
  const Measure accented = measure(GetParam().text);
  EXPECT_EQ(accented.encoding, Encoding::ucs2);
  EXPECT_EQ(accented.parts, GetParam().parts_ucs2);
  const Measure plain = measure(strip_accents(GetParam().text));
  EXPECT_EQ(plain.encoding, Encoding::gsm7);
  EXPECT_EQ(plain.parts, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ActionMonth2021,
    testing::Values(
        CampaignText{
            "theme",
            "Đảm bảo an sinh xã hội, tăng quyền năng và tạo cơ hội cho phụ nữ và trẻ em gái nhằm thực hiện "
            "bình đẳng giới và xóa bỏ bạo lực trên cơ sở giới",
            3},
        CampaignText{
            "s1",
            "Hưởng ứng Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó bạo lực trên cơ sở giới năm "
            "2021",
            2},
        CampaignText{"s2", "Thực hiện bình đẳng giới là tiêu chí của tiến bộ, văn minh", 1},
        CampaignText{"s3", "Hưởng ứng Ngày quốc tế xóa bỏ bạo lực đối với phụ nữ 25/11/2021", 1},
        CampaignText{"s4", "Chấm dứt bạo lực, vun đắp yêu thương", 1},
        CampaignText{"s5", "Chủ động phòng ngừa và ứng phó với bạo lực, xâm hại đối với phụ nữ và trẻ em", 2},
        CampaignText{
            "s6",
            "Nam giới tiên phong thúc đẩy bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
            2}),
    [](const auto& chosen) { return std::string(chosen.param.id); });

TEST(Measure, OfTheEmptyTextIsOnePart) {
  const Measure m = measure("");
  EXPECT_EQ(m.units, 0U);
  EXPECT_EQ(m.parts, 1U);
  EXPECT_THAT(split("").value(), ElementsAre(""));
}

TEST(Measure, OfGsm7ChangesAfter160And306And459) {
  EXPECT_EQ(measure(repeat("a", 160)).parts, 1U);
  EXPECT_EQ(measure(repeat("a", 161)).parts, 2U);
  EXPECT_EQ(measure(repeat("a", 306)).parts, 2U);
  EXPECT_EQ(measure(repeat("a", 307)).parts, 3U);
  EXPECT_EQ(measure(repeat("a", 459)).parts, 3U);
  EXPECT_EQ(measure(repeat("a", 460)).parts, 4U);
}

TEST(Measure, OfUcs2ChangesAfter70And134) {
  EXPECT_EQ(measure(repeat("ư", 70)).parts, 1U);
  EXPECT_EQ(measure(repeat("ư", 71)).parts, 2U);
  EXPECT_EQ(measure(repeat("ư", 134)).parts, 2U);
  EXPECT_EQ(measure(repeat("ư", 135)).parts, 3U);
}

TEST(Measure, CountsExtensionCharactersTwice) {
  EXPECT_EQ(measure("[QC]").units, 6U);
  EXPECT_EQ(measure(repeat("€", 80)).parts, 1U);
  EXPECT_EQ(measure(repeat("€", 80) + "a").parts, 2U);
}

TEST(Measure, CountsASurrogatePairAsTwoUnits) {
  const Measure m = measure("😀");
  EXPECT_EQ(m.encoding, Encoding::ucs2);
  EXPECT_EQ(m.units, 2U);
}

TEST(Measure, TakesDecomposedTextAsComposed) {
  EXPECT_EQ(measure("a\u0300").encoding, Encoding::gsm7);
  EXPECT_EQ(measure("e\u0302\u0301").units, 1U);
}

TEST(FitsGsm7, TheLettersWithGraveThatTheAlphabetHas) {
  for (const std::string_view letter : {"à", "è", "é", "ì", "ò", "ù", "@", "€", "\f", "{", "~", "Ç", "Ω"}) {
    EXPECT_TRUE(fits_gsm7(letter)) << letter;
  }
  for (const std::string_view letter :
       {"á", "â", "ă", "đ", "ê", "ô", "ơ", "ư", "ầ", "ề", "ạ", "ç", "`", "\t", "\x1b"}) {
    EXPECT_FALSE(fits_gsm7(letter)) << letter;
  }
}

TEST(UnitsLeft, AreThoseOfTheLastPart) {
  EXPECT_EQ(units_left(measure("")), 160U);
  EXPECT_EQ(units_left(measure(std::string(160, 'a'))), 0U);
  EXPECT_EQ(units_left(measure(std::string(161, 'a'))), 2 * 153U - 161);
  EXPECT_EQ(units_left(measure("ờ")), 69U);
  EXPECT_EQ(units_left(measure(std::string(70, 'a') + "ờ")), 2 * 67U - 71);
}

TEST(OutsideGsm7, EachCharacterOnceWithItsFirstPlace) {
  const auto found = outside_gsm7("Chào bạn, bạn ở đâu? \xF0\x9F\x98\x80");
  std::vector<std::pair<std::string, std::size_t>> told;
  for (const Outsider& o : found) told.emplace_back(o.character, o.at);
  EXPECT_EQ(told, (std::vector<std::pair<std::string, std::size_t>>{
                      {"ạ", 7}, {"ở", 15}, {"đ", 17}, {"â", 18}, {"\xF0\x9F\x98\x80", 22}}));
  EXPECT_TRUE(outside_gsm7("Chào {mẹ}").size() == 1);
}

TEST(Split, NeverCutsAnExtensionPair) {
  const auto parts = split(repeat("a", 152) + "€" + repeat("a", 20)).value();
  EXPECT_THAT(parts, ElementsAre(repeat("a", 152), "€" + repeat("a", 20)));
}

TEST(Split, NeverCutsASurrogatePair) {
  const auto parts = split(repeat("ư", 66) + "😀" + repeat("ư", 10)).value();
  EXPECT_THAT(parts, ElementsAre(repeat("ư", 66), "😀" + repeat("ư", 10)));
}

TEST(Split, KeepsAMarkWithItsBase) {
  const std::string marked = "ɔ\u0301";  // has no composed form
  const auto parts = split(repeat("ư", 66) + marked + repeat("ư", 10)).value();
  EXPECT_THAT(parts, ElementsAre(repeat("ư", 66), marked + repeat("ư", 10)));
}

TEST(Split, CutsMarksThatFillMoreThanAPart) {
  const auto parts = split("ɔ" + repeat("\u0301", 100)).value();
  EXPECT_THAT(parts, ElementsAre("ɔ" + repeat("\u0301", 66), repeat("\u0301", 34)));
}

TEST(Measure, OfEndlessMarksIsQuick) {
  EXPECT_EQ(measure("ɔ" + repeat("\u0301", 1'000'000)).parts, (1'000'001 + 66) / 67);
}

TEST(Split, RefusesMoreThan255Parts) {
  EXPECT_EQ(split(repeat("a", 153 * parts_max)).value().size(), parts_max);
  EXPECT_EQ(split(repeat("a", 153 * parts_max + 1)).error().code, Code::limit);
}

TEST(Gsm7, PutsTheEscapeBeforeExtensionCharacters) {
  EXPECT_THAT(to_gsm7("@a€").value(), ElementsAre(0x00, 0x61, 0x1b, 0x65));
  EXPECT_THAT(to_gsm7("\f").value(), ElementsAre(0x1b, 0x0a));
}

TEST(Gsm7, RefusesOtherCharactersWithoutQuotingThem) {
  const auto refused = to_gsm7("bạo");
  EXPECT_EQ(refused.error().code, Code::invalid);
  EXPECT_EQ(refused.error().what.find("ạ"), std::string::npos);
}

TEST(Gsm7, ReadsAnyOctets) {
  EXPECT_EQ(from_gsm7({0x00, 0x80, 0x61}), "@\ufffda");
  EXPECT_EQ(from_gsm7({0x61, 0x1b}), "a\ufffd");
  EXPECT_EQ(from_gsm7({0x1b, 0x61}), "a");
  EXPECT_EQ(from_gsm7({0x1b, 0x1b, 0x61}), " a");
}

TEST(Gsm7, ReadsBackEverySeptetButTheEscape) {
  for (std::uint8_t septet = 0; septet < 0x80; ++septet) {
    if (septet == 0x1b) continue;
    EXPECT_THAT(to_gsm7(from_gsm7({septet})).value(), ElementsAre(septet));
  }
}

TEST(Ucs2, IsBigEndianWithoutAMark) {
  EXPECT_THAT(to_ucs2("aư"), ElementsAre(0x00, 0x61, 0x01, 0xb0));
}

TEST(Ucs2, ReadsLoneSurrogatesAndAnOddOctet) {
  EXPECT_EQ(from_ucs2({0xd8, 0x3d, 0x00, 0x61}), "\ufffda");
  EXPECT_EQ(from_ucs2({0xde, 0x00}), "\ufffd");
  EXPECT_EQ(from_ucs2({0x00, 0x61, 0x00}), "a\ufffd");
  EXPECT_EQ(from_ucs2({0xd8, 0x3d, 0xde, 0x00}), "😀");
}

}  // namespace
}  // namespace tongdai::text
