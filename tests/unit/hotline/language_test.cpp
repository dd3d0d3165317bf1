#include "hotline/recognition/language.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "config/toml_file.hpp"
#include "support/temp_dir.hpp"
#include "unit/hotline/recognition_words.hpp"

namespace tongdai::hotline::recognition {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view sound_language = R"toml([language]
code = "xx"
markers = ["ab"]
[short_forms]
abc = ["c"]
[sounds]
tr = ["ch"]
[[urgency]]
flag = "danger"
level = "critical"
services = ["medical"]
phrases = ["help me"]
[[together]]
flags = ["violence", "now"]
flag = "danger"
level = "critical"
[services]
medical = ["doctor"]
[for_whom]
self = ["beats me"]
asking = ["help me"]
other = ["my neighbour"]
[harmless]
phrases = ["help desk"]
)toml";

/// The faults of a file, as --check prints them.
std::string faults(const std::string& toml) {
  config::Faults found;
  static_cast<void>(Language::read(config::read_toml(toml).value(), {"medical", "police"}, found));
  return config::print(found, "xx.toml");
}

/// The sound file with `from` put as `to`.
std::string with(std::string_view from, std::string_view to) {
  std::string toml(sound_language);
  const std::size_t at = toml.find(from);
  if (at == std::string::npos) ADD_FAILURE() << "not in the sound file: " << from;
  return toml.replace(at, from.size(), to);
}

TEST(LanguageFile, ASoundOneHasNoFaults) {
  EXPECT_EQ(faults(std::string(sound_language)), "");
}

TEST(LanguageFile, ThoseOfTheServiceHaveNone) {
  EXPECT_NE(words_of_the_service().recogniser, nullptr);  // throws the faults
}

TEST(LanguageFile, AFaultNamesItsPlaceAndWhatIsAllowed) {
  EXPECT_THAT(faults(with("flag = \"danger\"\nlevel = \"critical\"\nserv",
                          "flag = \"dangr\"\nlevel = \"critical\"\nserv")),
              HasSubstr("xx.toml:9: urgency[0].flag: must be one of danger, weapon, child, injury, suicide"));
  EXPECT_THAT(faults(with("level = \"critical\"\nserv", "level = \"worst\"\nserv")),
              HasSubstr("xx.toml:10: urgency[0].level: must be"));
  EXPECT_THAT(faults(with("services = [\"medical\"]", "services = [\"medic\"]")),
              HasSubstr("urgency[0].services: must be of medical, police"));
  EXPECT_THAT(faults(with("medical = [\"doctor\"]", "doctors = [\"doctor\"]")),
              HasSubstr("must be of medical, police"));
  EXPECT_THAT(faults(with("[\"help me\"]", "[\"help me\", \"~ me\"]")),
              HasSubstr("urgency[0].phrases[1]: must have 1 to 8 words"));
  EXPECT_THAT(faults(with("[\"help me\"]", "[]")),
              HasSubstr("urgency[0].phrases: must be a list of at least one phrase"));
  EXPECT_THAT(faults(with("abc = [\"c\"]", "abc = [\"ABC\"]")),
              HasSubstr("xx.toml:5: short_forms.abc: must be written otherwise than it is meant"));
  EXPECT_THAT(faults(with("flags = [\"violence\", \"now\"]", "flags = [\"now\"]")),
              HasSubstr("must be two flags or more"));
  EXPECT_THAT(faults(with("self =", "selves =")), HasSubstr("for_whom.selves"));
  EXPECT_THAT(faults(with("[language]\ncode = \"xx\"\nmarkers = [\"ab\"]\n", "")),
              HasSubstr("language: is required"));
}

TEST(LanguageFolder, EachFileIsReadAndAnEmptyOneIsRefused) {
  const test::TempDir folder;
  std::string printed;
  EXPECT_TRUE(read_languages(folder / "none", {"medical"}, printed).empty());
  EXPECT_THAT(printed, HasSubstr("none: must be a folder with a file for each language, such as vi.toml"));
  std::ofstream(folder / "xx.toml") << sound_language;
  std::ofstream(folder / "yy.toml") << "x = ";
  std::ofstream(folder / "note.txt") << "no language";
  printed.clear();
  EXPECT_EQ(read_languages(folder.path(), {"medical"}, printed).size(), 1U);
  EXPECT_THAT(printed, HasSubstr("yy.toml:1"));
}

}  // namespace
}  // namespace tongdai::hotline::recognition
