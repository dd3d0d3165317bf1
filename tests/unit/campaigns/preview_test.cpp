// What a preview says of a small audience, in figures: texts, parts, cost, shares.
#include <gmock/gmock.h>

#include "unit/campaigns/preview_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string sixty(60, 'a');

TEST_F(PreviewTest, CountsThePartsOfEachPersonsOwnText) {
  person("+84961000001", "Mai");         // 64 characters: 1 part
  person("+84961000002", "Lò Thị Mai");  // 71 with accents: 2 parts
  person("+84961000003", "");            // the fallback
  Spec s = saying(sixty + " {name}");
  s.texts.front().fallback = {{"name", "ban"}};
  const Preview p = preview_of(s);
  EXPECT_EQ(p.parts, 4);
  EXPECT_EQ(p.parts_max, 2U);
  ASSERT_EQ(p.texts.size(), 1U);
  EXPECT_EQ(p.texts[0].recipients, 3);
  EXPECT_EQ(p.texts[0].parts, 4);
  EXPECT_EQ(p.texts[0].text, sixty + " Lò Thị Mai");
  EXPECT_EQ(p.texts[0].measure.parts, 2U);
  EXPECT_EQ(p.texts[0].unaccented_measure.parts, 1U);
}

TEST_F(PreviewTest, EachLanguageIsCountedByItself) {
  person("+84961000001", "", "vi");
  person("+84961000002", "", "hmn");
  person("+84961000003", "", "blt");  // without a text of its own: the first
  Spec s = saying("Cham dut bao luc");
  s.texts.push_back({"hmn", Accents::keep, std::string(161, 'a')});
  const Preview p = preview_of(s);
  ASSERT_EQ(p.texts.size(), 2U);
  EXPECT_EQ(p.texts[0].recipients, 2);
  EXPECT_EQ(p.texts[0].parts, 2);
  EXPECT_EQ(p.texts[1].recipients, 1);
  EXPECT_EQ(p.texts[1].parts, 2);
  EXPECT_EQ(p.parts, 4);
}

TEST_F(PreviewTest, AGatewayThatStripsIsMeasuredWithoutAccents) {
  by_prefix.gateways["vina"].strips_accents = true;
  persons(1, "+8496"), persons(2, "+8491");
  const Preview p = preview_of(saying(std::string(69, 'a') + "ấấ"));  // 71
  EXPECT_EQ(p.parts, 2 + 1 + 1);
  ASSERT_EQ(p.texts[0].by_gateway.size(), 2U);
  EXPECT_EQ(p.texts[0].by_gateway[0].gateway, "viettel");
  EXPECT_EQ(p.texts[0].by_gateway[0].measure.parts, 2U);
  EXPECT_EQ(p.texts[0].by_gateway[1].gateway, "vina");
  EXPECT_EQ(p.texts[0].by_gateway[1].measure.parts, 1U);
}

TEST_F(PreviewTest, WhatIsShownIsWhatIsSent) {
  by_prefix.gateways["vina"].strips_accents = true;
  persons(2, "+8491");
  const Preview p = preview_of(saying("Chấm dứt bạo lực"));
  EXPECT_EQ(p.texts[0].text, "Cham dut bao luc");
  EXPECT_EQ(p.texts[0].measure.encoding, text::Encoding::gsm7);
}

TEST_F(PreviewTest, TheWorstCaseIsOfThoseWhoGoThatWay) {
  // With accents hers is the longest; without them his is.
  by_prefix.gateways["vina"].strips_accents = true;
  by_prefix.gateways["vina"].parts_max = 1;
  person("+84911000001", "Lò Thị Mai Hương Giang Ánh Tuyết");
  person("+84961000001", "Lò Thị Mai Hương Giang Ánh Tuyết");
  person("+84911000002", std::string(60, 'n'));
  const Preview p = preview_of(saying(std::string(110, 'a') + " {name}"));
  EXPECT_EQ(p.texts[0].by_gateway[0].measure.parts, 3U);  // viettel, 143 of UCS-2
  EXPECT_EQ(p.texts[0].by_gateway[1].measure.parts, 2U);  // vina, 171 of GSM-7
  EXPECT_THAT(faults_of(p),
              HasSubstr("gateway \"vina\" cannot carry the text in \"vi\": 2 parts, 1 are allowed"));
  EXPECT_THAT(faults_of(p), Not(HasSubstr("viettel")));
}

TEST_F(PreviewTest, ACharacterThatACarrierRefusesIsFoundInAShortName) {
  by_prefix.gateways["vina"].forbidden = "#";
  person("+84911000001", "Mai #2");
  person("+84911000002", "Somebody with a longer name");
  const Spec s = saying("Chao {name}");
  EXPECT_THAT(faults_of(preview_of(s)), HasSubstr("the gateway refuses the character \"#\""));
}

TEST_F(PreviewTest, AnAccentedNameIsFoundBehindALongerPlainOne) {
  by_prefix.gateways["vina"].unicode = false;
  person("+84911000001", "Ánh");
  person("+84911000002", std::string(200, 'n'));
  EXPECT_THAT(faults_of(preview_of(saying("Chao {name}"))), HasSubstr("strip the accents"));
}

TEST_F(PreviewTest, ATextThatFitsForEverybodyHasNoFault) {
  person("+84911000001", "Mai");
  EXPECT_EQ(faults_of(preview_of(saying("Chao {name}"))), "");
}

TEST_F(PreviewTest, WhatIsCheaperIsHinted) {
  persons(1, "+8496");
  const Preview p = preview_of(saying(std::string(100, 'a') + "ấ"));
  ASSERT_FALSE(p.texts[0].hints.empty());
  EXPECT_EQ(p.texts[0].hints.front().parts, 1U);
}

TEST_F(PreviewTest, SharesAreByCarrierAndByGateway) {
  persons(3, "+8496"), persons(2, "+8491"), persons(1, "+8490");
  price = [](const std::string& gateway, const std::string& carrier) {
    if (gateway == "viettel") return 200.0;
    return carrier == "VinaPhone" ? 300.0 : 500.0;
  };
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_TRUE(p.has_cost);
  EXPECT_EQ(p.cost, 3 * 200 + 2 * 300 + 500);
  EXPECT_THAT(told(p.carriers),
              ElementsAre("Viettel: 3 recipients, 3 parts, 600", "VinaPhone: 2 recipients, 2 parts, 600",
                          "MobiFone: 1 recipients, 1 parts, 500"));
  EXPECT_THAT(told(p.gateways),
              ElementsAre("viettel: 3 recipients, 3 parts, 600", "vina: 3 recipients, 3 parts, 1100"));
}

TEST_F(PreviewTest, TheCarriersOwnEndsOfPartsAreCharged) {
  by_prefix.gateways["viettel"].chars = {160, 306, 459};
  persons(1, "+8496");
  price = [](const std::string&, const std::string&) { return 100.0; };
  EXPECT_EQ(preview_of(saying(std::string(307, 'a'))).cost, 300);
  by_prefix.gateways["viettel"].chars = {120, 240, 360};
  const Preview p = preview_of(saying(std::string(130, 'a')));
  EXPECT_EQ(p.parts, 1);
  EXPECT_EQ(p.cost, 200);
}

TEST_F(PreviewTest, WithoutPricesThereIsNoCost) {
  persons(1, "+8496");
  EXPECT_FALSE(preview_of(spec()).has_cost);
}

TEST_F(PreviewTest, ToWhomNoGatewayGoesIsToldAndCostsNothing) {
  persons(2, "+8496");
  person("+8613812345678");
  price = [](const std::string&, const std::string&) { return 100.0; };
  const Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(p.no_route, 1);
  EXPECT_EQ(p.size.audience, 3);
  EXPECT_EQ(p.parts, 2);
  EXPECT_EQ(p.cost, 200);
  EXPECT_THAT(told(p.carriers),
              ElementsAre("Viettel: 2 recipients, 2 parts, 200", ": 1 recipients, 0 parts, 0"));
}

TEST_F(PreviewTest, WhoIsLeftOutIsCountedByReason) {
  persons(2, "+8496");
  person("+84961000009");
  room.on_database([](storage::Tx& tx) {
    tx.run("INSERT INTO opt_out (recipient, at, source) VALUES (tag($1), 0, 'text')",
           Phone::stored("+84961000009"));
  });
  Preview p = preview_of(saying("Cham dut"));
  EXPECT_EQ(p.size.audience, 3);
  EXPECT_THAT(p.size.exclusions, ElementsAre(std::pair<const std::string, std::int64_t>("opted_out", 1)));
  EXPECT_EQ(p.parts, 2);
  Spec ad = saying("[QC] Lop hoc. Tu choi: soan TC gui 19001234");
  ad.klass = Class::advertising;
  p = preview_of(ad);
  EXPECT_EQ(p.parts, 0);
  EXPECT_EQ(p.size.exclusions["no_consent"], 2);
}

TEST_F(PreviewTest, AHoldIsNotLookedAt) {
  persons(3, "+8496");
  const auto id = created(saying("Cham dut"));
  const Preview before = preview_of(id);
  room.on_database([&](storage::Tx& tx) {
    outbox::hold(tx, Phone::stored("+84961000001"), 7, room.now());
    outbox::hold(tx, Phone::stored("+84961000002"), 8, room.now());
  });
  const Preview after = preview_of(id);
  EXPECT_EQ(after.parts, before.parts);
  EXPECT_EQ(after.size.exclusions, before.size.exclusions);
  EXPECT_EQ(after.finish, before.finish);
}

TEST_F(PreviewTest, AListThatCameAnewWithoutAColumnIsAFault) {
  persons(2, "+8496");
  listed("a", "so", {});
  Spec s = saying("So cua ban: {so}");
  s.texts[0].fallback["so"] = "";
  s.audience.lists = {"a"};
  const auto id = created(s);
  EXPECT_THAT(preview_of(id).unfit, IsEmpty());
  listed("a", "khac", {});
  EXPECT_THAT(faults_of(preview_of(id)),
              HasSubstr("text[0].body: nobody has a value for {so}: known are name, unit and the columns of "
                        "the audience's lists; here khac, name, unit"));
  EXPECT_EQ(acted(id, CampaignEvent::submit).error().code, Code::refused);
}

TEST_F(PreviewTest, YearsWithoutHolidaysAreRemarkedOnWhereTheyWouldBeSkipped) {
  persons(2, "+8496");
  Spec s = saying("Cham dut");
  EXPECT_THAT(preview_of(s).remarks, IsEmpty());
  s.schedule.skip_holidays = true;
  EXPECT_THAT(preview_of(s).remarks, ElementsAre(HasSubstr("is written down, so none of them is skipped")));
}

}  // namespace
}  // namespace tongdai::campaigns
