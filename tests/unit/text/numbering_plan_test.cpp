#include "text/numbering_plan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "text_generators.hpp"

namespace tongdai::text {
namespace {

const NumberingPlan& vietnam() {
  static const NumberingPlan plan = [] {
    config::Faults faults;
    const auto document = config::read_toml_file(in_checkout("/config/numbering/vn.toml"));
    NumberingPlan read = NumberingPlan::read(document.value(), faults);
    EXPECT_EQ(config::print(faults, "vn.toml"), "");
    return read;
  }();
  return plan;
}

std::string parsed(std::string_view written) {
  const auto number = vietnam().parse(written);
  return number ? number->phone.reveal() : std::string(to_string(number.error().code));
}

TEST(NumberingPlan, TakesOneMobileHoweverItIsWritten) {
  for (const std::string_view written :
       {"0912345678", "0912 345 678", "091.234.5678", "(091) 234-5678", "+84912345678", "+84 (0) 912 345 678",
        "0084912345678", "84912345678", "912345678", "(+84) 912345678", "0912\u00a0345\u00a0678",
        "0912–345–678", "\u200b0912345678", "\t0912345678 "}) {
    EXPECT_EQ(parsed(written), "+84912345678") << written;
  }
}

struct Carrier {
  std::string_view prefixes;  ///< with the trunk 0, as people know them
  std::string_view name;
};

TEST(NumberingPlan, KnowsTheCarriersPrefixes) {
  for (const Carrier& carrier :
       {Carrier{"032 033 034 035 036 037 038 039 086 096 097 098", "Viettel"},
        Carrier{"081 082 083 084 085 088 091 094", "VinaPhone"},
        Carrier{"070 076 077 078 079 089 090 093", "MobiFone"}, Carrier{"052 056 058 092", "Vietnamobile"},
        Carrier{"059", "Gmobile"}, Carrier{"055", "Wintel"}, Carrier{"087", "Itel"}}) {
    for (std::size_t at = 0; at < carrier.prefixes.size(); at += 4) {
      const std::string written = std::string(carrier.prefixes.substr(at, 3)) + "2345678";
      const auto number = vietnam().parse(written);
      ASSERT_TRUE(number) << written;
      EXPECT_EQ(number->carrier, carrier.name) << written;
      EXPECT_EQ(number->type, NumberType::mobile);
      EXPECT_EQ(number->migrated_from, "");
    }
  }
}

TEST(NumberingPlan, KnowsGmobilesLongPrefixesAndNoOthersOf099) {
  for (const char c : std::string("34567")) {
    EXPECT_EQ(vietnam().parse(std::string("099") + c + "123456").value().carrier, "Gmobile");
  }
  EXPECT_EQ(parsed("0992123456"), "invalid");
  EXPECT_EQ(parsed("0998123456"), "invalid");
}

struct Move {
  std::string_view from, to;
};

TEST(NumberingPlan, MovesTheOldElevenDigitMobiles) {
  for (const Move& move :
       {Move{"0162", "032"}, {"0163", "033"}, {"0164", "034"}, {"0165", "035"}, {"0166", "036"},
        {"0167", "037"},     {"0168", "038"}, {"0169", "039"}, {"0120", "070"}, {"0121", "079"},
        {"0122", "077"},     {"0126", "076"}, {"0128", "078"}, {"0123", "083"}, {"0124", "084"},
        {"0125", "085"},     {"0127", "081"}, {"0129", "082"}, {"0186", "056"}, {"0188", "058"},
        {"0199", "059"}}) {
    const auto number = vietnam().parse(std::string(move.from) + "2345678");
    ASSERT_TRUE(number) << move.from;
    EXPECT_EQ(number->phone.reveal(), "+84" + std::string(move.to.substr(1)) + "2345678");
    EXPECT_EQ(number->migrated_from, std::string(move.from) + "2345678");
    EXPECT_EQ(parsed(std::string(move.to) + "2345678"), number->phone.reveal());
  }
}

TEST(NumberingPlan, MovesOldMobilesInEveryWriting) {
  for (const std::string_view written :
       {"01632345678", "1632345678", "+841632345678", "00841632345678", "841632345678"}) {
    EXPECT_EQ(parsed(written), "+84332345678") << written;
    EXPECT_EQ(vietnam().parse(written).value().migrated_from, "01632345678") << written;
  }
  EXPECT_EQ(parsed("01872345678"), "invalid");  // never was a prefix
}

TEST(NumberingPlan, TellsLandlinesAndServiceLinesFromMobiles) {
  EXPECT_EQ(vietnam().parse("0213 3876 543").value().type, NumberType::landline);
  EXPECT_EQ(parsed("024 3825 1234"), "+842438251234");
  EXPECT_EQ(vietnam().parse("1800 1744").value().type, NumberType::toll_free);
  EXPECT_EQ(vietnam().parse("1900 969 680").value().type, NumberType::premium);
  EXPECT_EQ(parsed("1900 969 680"), "+841900969680");
}

TEST(NumberingPlan, KeepsShortCodesAsDialled) {
  for (const std::string_view code : {"111", "113", "115", "1022", "84113"}) {
    const auto number = vietnam().parse(code);
    ASSERT_TRUE(number) << code;
    EXPECT_EQ(number->phone.reveal(), code);
    EXPECT_EQ(number->type, NumberType::short_code);
    EXPECT_TRUE(number->phone.is_short_code());
  }
}

TEST(NumberingPlan, TakesNumbersOfOtherCountries) {
  const auto number = vietnam().parse("+86 138 1234 5678");
  EXPECT_EQ(number.value().phone.reveal(), "+8613812345678");
  EXPECT_EQ(number->type, NumberType::mobile);
  EXPECT_EQ(number->carrier, "");
  EXPECT_EQ(parsed("008562012345678"), "+8562012345678");
  EXPECT_EQ(parsed("+1234567"), "invalid");
  EXPECT_EQ(parsed("+1234567890123456"), "invalid");
  EXPECT_EQ(parsed("+0123456789"), "invalid");
}

TEST(NumberingPlan, RefusesWhatIsNoNumber) {
  for (const std::string_view written :
       {"", " ", "+", "LAICHAU", "0912345678x", "091234567", "09123456789", "0012", "012", "11", "123456",
        "0 113", "+84113", "0912345678/0987654321", "09+12345678", "++84912345678", "\xc2", "\xa0",
        "004234567"}) {
    EXPECT_EQ(parsed(written), "invalid") << written;
  }
  EXPECT_EQ(parsed(std::string(1000, '1')), "invalid");
}

TEST(NumberingPlan, NeverRepeatsTheNumberInAFault) {
  for (const std::string_view written : {"0912345679999", "+999", "6912345678", "0512345678"}) {
    const auto refused = vietnam().parse(written);
    ASSERT_FALSE(refused) << written;
    EXPECT_EQ(refused.error().what.find("12345"), std::string::npos);
    EXPECT_EQ(refused.error().what.find("999"), std::string::npos);
  }
}

RC_GTEST_PROP(NumberingPlanProperty, AnyOctetsAreAnswered, ()) {
  const std::string written = *any_octets();
  const auto number = vietnam().parse(written);
  if (number) RC_ASSERT(number->phone.is_e164() || number->phone.is_short_code());
}

RC_GTEST_PROP(NumberingPlanProperty, WhatWasParsedParsesToItself, ()) {
  const auto digits = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789")));
  for (const std::string prefix : {"", "0", "+84", "+", "016", "09"}) {
    const auto number = vietnam().parse(prefix + digits);
    if (!number) continue;
    const auto again = vietnam().parse(number->phone.reveal());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->phone == number->phone);
    RC_ASSERT(again->type == number->type);
    RC_ASSERT(again->migrated_from.empty());
  }
}

}  // namespace
}  // namespace tongdai::text
