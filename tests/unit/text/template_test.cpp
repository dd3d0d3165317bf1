#include "text/template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include <map>

namespace tongdai::text {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string rendered(std::string_view body, const std::map<std::string, std::string>& values = {}) {
  const auto parsed = Template::parse(body);
  if (!parsed) return "fault: " + parsed.error().what;
  std::vector<std::string> in_order;
  for (const std::string& name : parsed->placeholders()) in_order.push_back(values.at(name));
  return parsed->render(in_order);
}

TEST(Template, PutsValuesWhereTheyAreNamed) {
  EXPECT_EQ(rendered("Chào {name}, {unit}. {name}!", {{"name", "Lò Thị A"}, {"unit", "Xã Than Uyên"}}),
            "Chào Lò Thị A, Xã Than Uyên. Lò Thị A!");
}

TEST(Template, NamesItsPlaceholdersOnceAndSorted) {
  EXPECT_THAT(Template::parse("{unit}{name}{unit}{lich_2}")->placeholders(),
              ElementsAre("lich_2", "name", "unit"));
  EXPECT_TRUE(Template::parse("a {{b}} c")->is_plain());
}

TEST(Template, DoubleBracesStandForBraces) {
  EXPECT_EQ(rendered("{{name}} {{{name}}}", {{"name", "A"}}), "{name} {A}");
  EXPECT_EQ(rendered(""), "");
}

TEST(Template, AValueIsNeverReadAgain) {
  EXPECT_EQ(rendered("{a}{b}", {{"a", "{b}"}, {"b", "{a}"}}), "{b}{a}");
}

TEST(Template, AFaultNamesTheCharacter) {
  EXPECT_THAT(rendered("Chào {name, mời"), StartsWith("fault: character 6: \"{\" is not closed"));
  EXPECT_THAT(rendered("{name{unit}"), StartsWith("fault: character 1: \"{\" is not closed"));
  EXPECT_THAT(rendered("Đoàn} kết"), StartsWith("fault: character 5: \"}\" closes nothing"));
  for (const char* wrong : {"a {} b", "a {Name} b", "a {họ tên} b", "a {to-day} b"}) {
    EXPECT_THAT(rendered(wrong), HasSubstr("character 3: a placeholder's name is of a-z, 0-9 and _"))
        << wrong;
  }
}

TEST(CleanValue, IsOneLineWithoutWhatIsNotSeen) {
  EXPECT_EQ(clean_value("  Lo\tThi\r\n\r\nA\x01\u202e\u00a0 "), "Lo Thi A");
  EXPECT_EQ(clean_value("{name} }{"), "name");
  EXPECT_EQ(clean_value("xa\u0303"), "xã");
}

TEST(CleanValue, IsCutAtACharacter) {
  std::string most, more;
  for (std::size_t i = 0; i < value_chars_max; ++i) most += "ế";
  EXPECT_EQ(clean_value(most), most);
  EXPECT_EQ(clean_value(most + "x"), most);
  for (std::size_t i = 0; i < value_chars_max; ++i) more += "q\u0303";  // has no composed form
  EXPECT_EQ(clean_value(more + "q\u0303"), more);
}

TEST(CleanValue, LooksAtALetterInHasteAsItDoesClosely) {
  for (char32_t c = 1; c < 0x2100; ++c) {
    if (c >= 0x300 && c < 0x370) continue;  // marks belong to the letter before
    std::string letter;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(letter);
    // Two spaces: it is looked at closely.
    EXPECT_EQ(clean_value("xa" + letter + " b"), clean_value("xa" + letter + "  b")) << std::hex << +c;
    EXPECT_EQ(clean_value(letter), clean_value("  " + letter)) << std::hex << +c;
  }
  EXPECT_EQ(clean_value("Lò  Thị Súa "), "Lò Thị Súa");
  EXPECT_EQ(clean_value("Lò Thị\xff"), clean_value("Lò  Thị\xff"));
}

TEST(CleanValue, CarriesNoLink) {
  for (const char* link : {"http://x", "laichau.vn", "xem Lai-Chau.VN/a", "WWW.a", "1.abc", "ｈttp://x",
                           "hтtp://x", "a.b.com", "xem HTTP", "ḧṫtp", "ĥṫṫṗ"}) {
    EXPECT_EQ(clean_value(link), "") << link;
  }
  for (const char* name :
       {"Nguyen V.A", "2.500.000 d", "So 5. Than Uyen", "Dr. An", "v.v...", "Thị Phương Thảo"}) {
    EXPECT_EQ(clean_value(name), name) << name;
  }
}

}  // namespace
}  // namespace tongdai::text
