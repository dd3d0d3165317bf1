#include "text/leftovers.hpp"

#include <gmock/gmock.h>

#include <map>

namespace tongdai::text {
namespace {

TEST(Syllables, AreTold) {
  for (const char* word :
       {"danh", "nghieng", "cuu", "giet", "gi", "quyen", "uong", "a", "y", "chuyen", "thuoc"})
    EXPECT_TRUE(is_syllable(word)) << word;
  for (const char* word : {"", "ddanhs", "police", "knife", "help", "tr", "nghiengg", "danhs", "b4n"})
    EXPECT_FALSE(is_syllable(word)) << word;
}

TEST(KeysLeftIn, TelexIsUndone) {
  const std::map<std::string, std::string> words{
      {"ddanhs", "danh"}, {"danhs", "danh"},  {"cuwus", "cuu"},     {"cuuws", "cuu"},    {"tooi", "toi"},
      {"voiws", "voi"},   {"tuwj", "tu"},     {"dduwowcj", "duoc"}, {"muoons", "muon"},  {"gieets", "giet"},
      {"nhanaj", "nhan"}, {"bij", "bi"},      {"choongf", "chong"}, {"chongf", "chong"}, {"uyeen", "uyen"},
      {"thaan", "than"},  {"nuwowcs", "nuoc"}};
  for (const auto& [keyed, plain] : words) EXPECT_EQ(without_keys(keyed), plain) << keyed;
}

TEST(KeysLeftIn, VniIsUndone) {
  const std::map<std::string, std::string> words{{"d9anh1", "danh"}, {"cu71u", "cuu"},  {"to6i", "toi"},
                                                 {"bi5", "bi"},      {"d9ang", "dang"}, {"cho6ng2", "chong"}};
  for (const auto& [keyed, plain] : words) EXPECT_EQ(without_keys(keyed), plain) << keyed;
}

TEST(KeysLeftIn, AWordWithoutKeysIsLeftAlone) {
  for (const char* word : {"danh", "toi", "stop", "police", "482913", "113", "a", "", "x", "knife", "street"})
    EXPECT_EQ(without_keys(word), std::nullopt) << word;
}

TEST(Stretching, IsTakenBack) {
  EXPECT_EQ(without_stretching("toiiii", 1), "toi");
  EXPECT_EQ(without_stretching("cuuuuu", 2), "cuu");
  EXPECT_EQ(without_stretching("cuu", 1), std::nullopt);
}

TEST(Slips, OneIsTold) {
  EXPECT_TRUE(one_slip_apart("police", "polise"));
  EXPECT_TRUE(one_slip_apart("police", "polcie"));
  EXPECT_TRUE(one_slip_apart("police", "plice"));
  EXPECT_TRUE(one_slip_apart("police", "policee"));
  EXPECT_TRUE(one_slip_apart("police", "police"));
  EXPECT_FALSE(one_slip_apart("police", "polcy"));
  EXPECT_FALSE(one_slip_apart("police", "plicee"));
  EXPECT_FALSE(one_slip_apart("police", ""));
  EXPECT_TRUE(one_slip_apart("", "a"));
}

}  // namespace
}  // namespace tongdai::text
