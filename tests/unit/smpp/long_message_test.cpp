#include "gateway_adapters/smpp/codec/long_message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway_adapters/smpp/codec/inbound.hpp"
#include "gateway_adapters/smpp/codec/udh.hpp"
#include "pdu_generators.hpp"

namespace tongdai::gateway::smpp {
namespace {

using testing::any_dice;
using testing::Dice;
using text::Encoding;

/// What a handset would show of the parts, if it put them together.
std::string shown(const std::vector<OutPart>& parts, Alphabet default_alphabet) {
  std::string text;
  std::uint8_t expected = 1;
  for (const OutPart& part : parts) {
    DeliverSm pdu;
    pdu.esm_class = part.esm_class;
    pdu.data_coding = part.data_coding;
    pdu.short_message = part.bytes;
    pdu.tlvs = part.tlvs;
    const InboundText in = read_inbound(pdu, default_alphabet);
    if (parts.size() > 1) {
      EXPECT_TRUE(in.part);
      EXPECT_EQ(in.part.value_or(PartInfo{}).part, expected++);
      EXPECT_EQ(in.part.value_or(PartInfo{}).total, parts.size());
    }
    text += in.text;
  }
  return text;
}

TEST(SplitOut, AShortTextIsOnePlainPart) {
  for (const LongForm form : {LongForm::udh, LongForm::sar, LongForm::payload}) {
    const auto parts = split_out("xin chao @", Encoding::gsm7, form, 7);
    ASSERT_TRUE(parts && parts->size() == 1);
    EXPECT_EQ(parts->front().esm_class, 0);
    EXPECT_EQ(parts->front().data_coding, 0);
    EXPECT_EQ(parts->front().bytes.back(), 0);
    EXPECT_TRUE(parts->front().tlvs.empty());
  }
}

TEST(SplitOut, AHeaderLeadsEachPart) {
  const auto parts = split_out(std::string(154 + 10, 'a'), Encoding::gsm7, LongForm::udh, 0x1234);
  ASSERT_TRUE(parts && parts->size() == 2);
  EXPECT_EQ((*parts)[0].esm_class, esm_udhi);
  EXPECT_EQ((*parts)[0].bytes.size(), 6U + 153U);
  EXPECT_EQ(Bytes((*parts)[1].bytes.begin(), (*parts)[1].bytes.begin() + 7),
            (Bytes{5, 0, 3, 0x34, 2, 2, 'a'}));
}

TEST(SplitOut, SarCarriesTheWholeReference) {
  const auto parts = split_out(std::string(200, 'a'), Encoding::gsm7, LongForm::sar, 0x1234);
  ASSERT_TRUE(parts && parts->size() == 2);
  EXPECT_EQ((*parts)[1].esm_class, 0);
  EXPECT_EQ(tlv_number((*parts)[1].tlvs, tag::sar_msg_ref_num), 0x1234U);
  EXPECT_EQ(tlv_number((*parts)[1].tlvs, tag::sar_segment_seqnum), 2U);
}

TEST(SplitOut, PayloadCarriesAllInOne) {
  const auto parts = split_out(std::string(1000, 'a'), Encoding::ucs2, LongForm::payload, 1);
  ASSERT_TRUE(parts && parts->size() == 1);
  EXPECT_TRUE(parts->front().bytes.empty());
  EXPECT_EQ(parts->front().data_coding, data_coding_ucs2);
  EXPECT_EQ(find_tlv(parts->front().tlvs, tag::message_payload)->value.size(), 2000U);
}

TEST(SplitOut, FallsBackToUcs2WhereTheCentresAlphabetLacksACharacter) {
  const auto plain = split_out("gia 5 xu", Encoding::gsm7, LongForm::udh, 1, Alphabet::latin1);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->front().data_coding, 0);
  const auto euro = split_out("gia 5 €", Encoding::gsm7, LongForm::udh, 1, Alphabet::latin1);
  ASSERT_TRUE(euro);
  EXPECT_EQ(euro->front().data_coding, data_coding_ucs2);
}

TEST(SplitOut, RefusesWhatItCannotCarry) {
  EXPECT_EQ(split_out("tiếng", Encoding::gsm7, LongForm::udh, 1).error().code, Code::invalid);
  EXPECT_EQ(split_out("\xff", Encoding::ucs2, LongForm::udh, 1).error().code, Code::invalid);
  EXPECT_EQ(split_out(std::string(256 * 153, 'a'), Encoding::gsm7, LongForm::udh, 1).error().code,
            Code::limit);
  EXPECT_EQ(split_out(std::string(256 * 67, 'a'), Encoding::ucs2, LongForm::udh, 1).error().code,
            Code::limit);
}

RC_GTEST_PROP(SplitOut, ThePartsAreTheText, ()) {
  static const std::vector<std::string> letters{"a", "@", "€", "{", "ế", "đ", "\U0001F600", " ", "é", "9"};
  Dice dice = any_dice();
  const std::size_t kinds = dice.up_to(letters.size() - 1);
  std::string words;
  for (std::size_t i = 0, count = dice.up_to(500); i < count; ++i) words += letters[dice.up_to(kinds)];
  const auto alphabet = *rc::gen::element(Alphabet::gsm7, Alphabet::ascii, Alphabet::latin1);
  const auto form = *rc::gen::element(LongForm::udh, LongForm::sar, LongForm::payload);
  const bool ucs2 = *rc::gen::arbitrary<bool>() || !text::fits_gsm7(words);
  const auto parts = split_out(words, ucs2 ? Encoding::ucs2 : Encoding::gsm7, form, 9, alphabet);
  RC_ASSERT(parts.has_value());
  RC_ASSERT(shown(*parts, alphabet) == words);
  for (const OutPart& part : *parts) RC_ASSERT(part.bytes.size() <= (part.data_coding == 0 ? 160U : 140U));
}

TEST(Udh, ReferencesOfBothWidthsComeBack) {
  for (const bool wide : {false, true}) {
    const Bytes built = build_udh(PartInfo{0x12, 3, 2}, wide);
    const auto header = parse_udh(built);
    ASSERT_TRUE(header && header->part);
    EXPECT_EQ(header->octets, built.size());
    EXPECT_EQ(header->part->reference, 0x12);
    EXPECT_EQ(header->part->total, 3);
    EXPECT_EQ(header->part->part, 2);
  }
}

TEST(Udh, PassesOverWhatItDoesNotKnow) {
  const auto header = parse_udh(Bytes{11, 0x05, 4, 1, 2, 3, 4, 0x00, 3, 9, 2, 1, 'a'});
  ASSERT_TRUE(header && header->part);
  EXPECT_EQ(header->part->reference, 9);
  EXPECT_EQ(header->octets, 12U);
}

TEST(Udh, LengthsThatAreWrongGiveNoPart) {
  EXPECT_FALSE(parse_udh({}));
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 3, 1, 2}));
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 9, 1, 2, 1})->part);
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 2, 1, 2, 1})->part);
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 3, 1, 2, 3})->part);  // the third of two
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 3, 1, 2, 0})->part);
  EXPECT_FALSE(parse_udh(Bytes{5, 0, 3, 1, 1, 1})->part);  // the only one
}

}  // namespace
}  // namespace tongdai::gateway::smpp
