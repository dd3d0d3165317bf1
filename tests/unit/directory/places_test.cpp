#include "directory/places.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <map>

#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {
namespace {

/// With the province's real units. A place is told by its code; "" is none, "?" is several.
class Places : public DirectoryTest {
 protected:
  Places() { province(); }

  std::string place(std::string_view text) {
    const PlaceMatch match =
        room.on_database([&](storage::Tx& tx) { return recognise_place(tx, text, room.now()); });
    if (match.found == PlaceMatch::Found::none) return "";
    if (match.found == PlaceMatch::Found::several) return "?";
    return code_of(match.unit);
  }
};

TEST_F(Places, ANameWithOrWithoutAccents) {
  EXPECT_EQ(place("o than uyen"), "03595");
  EXPECT_EQ(place("Than Uyên"), "03595");
  EXPECT_EQ(place("toi o xa Than Uyên, cuu toi"), "03595");
  EXPECT_EQ(place("THAN-UYEN!"), "03595");
}

TEST_F(Places, ANameInDecomposedLetters) {
  EXPECT_EQ(place("Than Uye\xCC\x82n"), "03595");
}

TEST_F(Places, AnOldNameLeadsToItsSuccessor) {
  EXPECT_EQ(place("ban toi o xa Phuc Than"), "03618");
  EXPECT_EQ(place("xã Lùng Thàng"), "03517");
}

TEST_F(Places, ANameThatMovedIsSeveral) {
  // The old Mường Than is in the new Than Uyên; the new Mường Than was Phúc Than and Mường Mít.
  EXPECT_EQ(place("muong than"), "?");
  EXPECT_EQ(place("Xã Mường Than"), "?");
}

TEST_F(Places, ADistrictAloneIsSeveral) {
  EXPECT_EQ(place("huyen Than Uyen"), "?");
  EXPECT_EQ(place("h than uyen"), "?");
  EXPECT_EQ(place("tinh lai chau"), "?");
  EXPECT_EQ(place("lai chau"), "?");
}

TEST_F(Places, ADistrictOnlySaysWhichCommuneIsMeant) {
  EXPECT_EQ(place("Ta Hua, Than Uyen"), "03637");
  EXPECT_EQ(place("toi o Tà Hừa huyện Than Uyên tỉnh Lai Châu"), "03637");
  EXPECT_EQ(place("huyen Than Uyen, xa Ta Hua"), "03637");
  EXPECT_EQ(place("Nam Cha, Sin Ho"), "03517");
  EXPECT_EQ(place("Nam Cha, Nam Nhun"), "03472");
}

TEST_F(Places, TheAccentsDecideBetweenNamesThatCollide) {
  EXPECT_EQ(place("Nậm Cha"), "03517");
  EXPECT_EQ(place("Nậm Chà"), "03472");
  EXPECT_EQ(place("xã Nậm Cha"), "03517");
  EXPECT_EQ(place("xã Nậm Chà"), "03472");
  EXPECT_EQ(place("xa nam cha"), "?");
  EXPECT_EQ(place("nam cha"), "?");
}

TEST_F(Places, TheTypeWordDecidesBetweenTownAndCommune) {
  EXPECT_EQ(place("tt muong te"), "03433");
  EXPECT_EQ(place("thi tran Muong Te"), "03433");
  EXPECT_EQ(place("xa muong te"), "03445");
  EXPECT_EQ(place("muong te"), "?");
}

TEST_F(Places, OrdinaryWordsAreNoPlace) {
  EXPECT_EQ(place(""), "");
  EXPECT_EQ(place("cuu toi voi"), "");
  EXPECT_EQ(place("bản làng"), "");
  EXPECT_EQ(place("Bản Lang"), "03583");
}

TEST_F(Places, TwoPlacesAreSeveral) {
  EXPECT_EQ(place("toi o xa Than Uyen, me toi o Khoen On"), "?");
  EXPECT_EQ(place("toi o Than Uyen, me toi o Khoen On"), "?");
  EXPECT_EQ(place("tu Khoen On den Phuc Than"), "?");
}

TEST_F(Places, OnePlaceTwiceIsOne) {
  EXPECT_EQ(place("Than Uyen, xa Than Uyen"), "03595");
  EXPECT_EQ(place("Bum Tở, thị trấn Mường Tè"), "03433");  // both became one
}

TEST_F(Places, APlaceThatIsNotInTheDirectoryIsNone) {
  EXPECT_EQ(place("xa Ban Phiet"), "");
}

TEST_F(Places, ALongTextEndsQuickly) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "xa muong ";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(place(text), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Places, ALongTextThatNamesItsPlaceFirstIsFound) {
  std::string text = "o Khoen On";
  for (int i = 0; i < 5000; ++i) text += " roi";
  EXPECT_EQ(place(text), "03640");
}

TEST_F(Places, SpellingVariantsLeadToTheUnit) {
  const std::map<std::string_view, std::string_view> variants{
      {"Lản Nhì Thàng", "03388"}, {"xã Lả Nhì Thàng", "03388"}, {"la nhi thang", "03388"},
      {"Can Hồ", "03433"},        {"xa Kan Ho", "03433"},       {"Kan Hồ", "03433"},
      {"Hua Bum", "03460"},       {"hua bun", "03460"},         {"xa Hua Bun", "03460"},
      {"Pa Vệ Sủ", "03466"},      {"Pa Vệ Sử", "03466"},        {"pa ve su", "03466"},
      {"Ma Li Pho", "03549"},     {"ma ly pho", "03549"},       {"Tung Qua Lìn", "03571"},
      {"Tông Qua Lìn", "03571"},  {"tong qua lin", "03571"},    {"Ta Gia", "03640"},
      {"Tà Gia", "03640"},        {"Pa Khóa", "03532"},         {"Pa Khoá", "03532"}};
  for (const auto& [written, code] : variants) EXPECT_EQ(place(written), code) << written;
}

}  // namespace
}  // namespace tongdai::directory
