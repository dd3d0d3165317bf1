#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/toml_file.hpp"
#include "text/numbering_plan.hpp"

namespace tongdai::text {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

/// The faults of a plan's file, as --check prints them.
std::string faults_of(std::string_view toml) {
  config::Faults faults;
  static_cast<void>(NumberingPlan::read(config::read_toml(toml).value(), faults));
  return config::print(faults, "p.toml");
}

constexpr std::string_view small =
    "country_code = \"84\"\n"
    "[[range]]\n"
    "type = \"mobile\"\n"
    "digits = 9\n"
    "prefixes = [\"91\"]\n";

std::string small_with(std::string_view more) {
  return std::string(small) + std::string(more);
}

TEST(NumberingFile, NeedsACountryAndARange) {
  EXPECT_THAT(faults_of(small), IsEmpty());
  EXPECT_THAT(faults_of("trunk = \"0\"\n"),
              AllOf(HasSubstr("country_code: is required"), HasSubstr("range: is required")));
}

TEST(NumberingFile, NamesTheLineOfEachFault) {
  EXPECT_EQ(
      faults_of(
          "country_code = \"+84\"\ntrunk = \"o\"\nshort_code_digits_min = 4\nshort_code_digits_max = 3\n"
          "[[range]]\ntype = \"cellular\"\ndigits = 3\nprefixes = [\"91\"]\n"),
      "p.toml:1: country_code: must be digits\n"
      "p.toml:2: trunk: must be digits\n"
      "p.toml:4: short_code_digits_max: must be at least short_code_digits_min, 4\n"
      "p.toml:6: range[0].type: must be one of mobile, landline, toll_free, premium, got \"cellular\"\n"
      "p.toml:7: range[0].digits: must be between 4 and 14, got 3\n");
}

TEST(NumberingFile, RefusesPrefixesThatNoNumberCanHave) {
  for (const std::string_view prefix : {"032", "3a", "", "1234567890"}) {
    EXPECT_THAT(faults_of(small_with("[[range]]\ntype = \"mobile\"\ndigits = 9\nprefixes = [\"" +
                                     std::string(prefix) + "\"]\n")),
                HasSubstr("p.toml:9: range[1].prefixes: must be digits without the trunk 0"))
        << prefix;
  }
  EXPECT_THAT(faults_of(small_with("[[range]]\ntype = \"mobile\"\ndigits = 9\nprefixes = []\n")),
              HasSubstr("p.toml:9: range[1].prefixes: is required"));
}

TEST(NumberingFile, RefusesAPrefixInTwoRanges) {
  EXPECT_THAT(faults_of(small_with("[[range]]\ntype = \"landline\"\ndigits = 9\nprefixes = [\"91\"]\n")),
              HasSubstr("p.toml:9: range[1].prefixes: must each stand once, got 91 again"));
}

TEST(NumberingFile, RefusesAMigrationThatLeadsNowhere) {
  EXPECT_THAT(faults_of(small_with("[[migration]]\nfrom = \"162\"\nto = \"91\"\ndigits = 10\n")), IsEmpty());
  EXPECT_THAT(faults_of(small_with("[[migration]]\nfrom = \"162\"\nto = \"32\"\ndigits = 10\n")),
              HasSubstr("p.toml:8: migration[0].to: must lead to numbers of a range"));
  EXPECT_THAT(faults_of(small_with("[[migration]]\nfrom = \"162\"\nto = \"91\"\ndigits = 11\n")),
              HasSubstr("p.toml:8: migration[0].to: must lead to numbers of a range"));
}

TEST(NumberingFile, NotesUnknownKeys) {
  EXPECT_THAT(faults_of(small_with("prefix = 1\n")),
              HasSubstr("p.toml:6: range[0].prefix: is not known here"));
}

TEST(NumberingFile, MayDescribeACountryWithoutATrunkPrefix) {
  config::Faults faults;
  const auto document = config::read_toml(
      "country_code = \"45\"\ntrunk = \"\"\n[[range]]\ntype = \"mobile\"\ndigits = 8\nprefixes = [\"2\"]\n");
  const NumberingPlan plan = NumberingPlan::read(document.value(), faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(plan.parse("20 12 34 56").value().phone.reveal(), "+4520123456");
  EXPECT_EQ(plan.parse("+45 20 12 34 56").value().phone.reveal(), "+4520123456");
}

}  // namespace
}  // namespace tongdai::text
