#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/source_dir.hpp"
#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path source_dir = in_checkout("");

Surroundings with_plan() {
  return {.environment = {{"TONGDAI_NUMBERING_PLAN", (source_dir / "config/numbering/vn.toml").string()}}};
}

TEST(TextMeasure, ShowsWhatAccentsCost) {
  EXPECT_EQ(tongdai({"text", "measure", "Xin chào, đây là [x]", "--json"}).json(),
            json::parse(R"({"encoding":"ucs2","units":20,"parts":1,"unaccented":
                            {"text":"Xin chao, day la [x]","encoding":"gsm7","units":22,"parts":1}})"));
  const json longer = tongdai({"text", "measure", "đ" + std::string(160, 'a'), "--json"}).json();
  EXPECT_EQ(longer["parts"], 3);
  EXPECT_EQ(longer["unaccented"]["parts"], 2);
}

TEST(TextMeasure, IsReadableForPeople) {
  EXPECT_EQ(tongdai({"text", "measure", "đi"}).out,
            "encoding  ucs2\n"
            "units     2\n"
            "parts     1\n"
            "\n"
            "unaccented\n"
            "  text      di\n"
            "  encoding  gsm7\n"
            "  units     2\n"
            "  parts     1\n");
}

TEST(NumberParse, UnderstandsWhatPeopleWrite) {
  EXPECT_EQ(tongdai({"number", "parse", "0912 345 678", "--json"}, with_plan()).json(),
            json::parse(R"({"valid":true,"e164":"+84912345678","type":"mobile","carrier":"VinaPhone",
                            "migrated_from":null})"));
  const json moved = tongdai({"number", "parse", "01632345678", "--json"}, with_plan()).json();
  EXPECT_EQ(moved["e164"], "+84332345678");
  EXPECT_EQ(moved["migrated_from"], "01632345678");
}

TEST(NumberParse, ANumberThatIsNoneIsOneWithItsReason) {
  const Ran spoken = tongdai({"number", "parse", "91234567890123", "--json"}, with_plan());
  EXPECT_EQ(spoken.exit, 1);
  EXPECT_EQ(spoken.json()["valid"], false);
  const std::string reason = spoken.json()["reason"];
  EXPECT_FALSE(reason.empty());
  EXPECT_EQ(spoken.err, "tongdai: NUMBER: " + reason + "\n");
  EXPECT_THAT(spoken.err, Not(HasSubstr("91234567890123")));
  const Ran plain = tongdai({"number", "parse", "hello"}, with_plan());
  EXPECT_EQ(plain.exit, 1);
  EXPECT_THAT(plain.out, IsEmpty());
}

TEST(NumberParse, FindsThePlanBesideItsBuildFolder) {
  const Surroundings built{.executable = source_dir / "build/release/tongdai"};
  EXPECT_EQ(tongdai({"number", "parse", "0912345678"}, built).exit, 0);
}

TEST(NumberParse, ThePlanOptionComesFirst) {
  TempDir dir;
  write_file(
      dir / "dk.toml",
      "country_code = \"45\"\ntrunk = \"\"\n[[range]]\ntype = \"mobile\"\ndigits = 8\nprefixes = [\"2\"]\n");
  const Ran ran =
      tongdai({"number", "parse", "20123456", "--plan", (dir / "dk.toml").string(), "--json"}, with_plan());
  EXPECT_EQ(ran.json()["e164"], "+4520123456");
  EXPECT_EQ(ran.json()["carrier"], nullptr);
}

TEST(NumberParse, APlanWithFaultsIsRefusedWithItsLines) {
  TempDir dir;
  write_file(dir / "p.toml", "country_code = \"84\"\nfoo = 1\n");
  const Ran ran = tongdai({"number", "parse", "0912345678", "--plan", (dir / "p.toml").string()});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("p.toml:2: foo"), HasSubstr("range: is required")));
  EXPECT_EQ(tongdai({"number", "parse", "0912345678", "--plan", (dir / "none.toml").string()}).exit, 1);
}

}  // namespace
}  // namespace tongdai::test
