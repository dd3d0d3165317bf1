#include "directory/places.hpp"
#include "directory/place_import.hpp"

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
    const PlaceMatch match = room.on_database(
        [&](storage::Tx& tx) { return index.current(tx).recognise(text::tokens(text, 5000), at); });
    if (match.found == PlaceMatch::Found::none) return "";
    if (match.found == PlaceMatch::Found::several) return "?";
    return code_of(match.unit);
  }
  ImportReport villages(const std::string& csv) {
    std::istringstream in(csv);
    return room.on_database(
        [&](storage::Tx& tx) { return import_places(tx, room.ids, in, room.now()).value(); });
  }

  PlaceIndex index{directory::Places::Sounds{{"x", "s"}, {"ch", "tr"}}};
  TimePoint at = room.now();
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

TEST_F(Places, NamesThatOverlapAreSeveral) {
  EXPECT_EQ(place("ban Giang Ma"), "?") << "Bản Giang, or a village of Giang Ma";
  EXPECT_EQ(place("xa Giang Ma"), "03405");
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

TEST_F(Places, KeysSlipsAndForgottenBlanksAreSeenThrough) {
  EXPECT_EQ(place("o thaan uyeen"), "03595");
  EXPECT_EQ(place("o thanuyen"), "03595");
  EXPECT_EQ(place("o Khoen Onn").empty(), true) << "a short word is not mended";
  EXPECT_EQ(place("xa phucs thaan"), "03618");
}

TEST_F(Places, LettersThatSoundAlikeCountBesideATypeWordOnly) {
  EXPECT_EQ(place("xin ho tro"), "") << "asks for support, and is not Sìn Hồ";
  EXPECT_EQ(place("xa xung phai"), "03388");
}

// Resolution 1670/NQ-UBTVQH15: the units of today are of 1 July 2025.
TEST_F(Places, BeforeTheReformAnOldNameIsTheOldUnit) {
  EXPECT_EQ(place("xa Phuc Than"), "03618");
  at = parse_rfc3339("2025-06-30T12:00:00+07:00").value();
  EXPECT_EQ(place("xa Muong Than"), "03619") << "the new one of that name is still to come";
  EXPECT_EQ(place("xa Khun Ha"), "03430");
  at = parse_rfc3339("2025-07-02T12:00:00+07:00").value();
  EXPECT_EQ(place("xa Muong Than"), "?");
}

TEST_F(Places, NamesStandWithTheirWords) {
  const PlaceMatch match = room.on_database([&](storage::Tx& tx) {
    return index.current(tx).recognise(text::tokens("toi o Ta Hua, huyen Than Uyen", 100), at);
  });
  ASSERT_EQ(match.names.size(), 2U);
  EXPECT_EQ(match.names[0].from, 2U);
  EXPECT_EQ(match.names[0].to, 4U);
  EXPECT_EQ(match.names[0].units.size(), 1U);
  EXPECT_TRUE(match.names[1].units.empty()) << "the district only says where";
}

TEST_F(Places, VillagesAndLandmarksLeadToTheirUnit) {
  const auto report = villages(
      "name,type,unit,aliases\nNà Phát,Bản,03618,\nMường Kim,Chợ,03637,cho kim\nBản Mường,Bản,Xã Khoen "
      "On,\n");
  EXPECT_EQ(report.imported, 3);
  EXPECT_EQ(place("o ban na phat"), "03618");
  EXPECT_EQ(place("o b. Na Phat"), "03618");
  EXPECT_EQ(place("ở Nà Phát"), "03618");
  EXPECT_EQ(place("o na phat"), "") << "without its type or its accents it may be other words";
  EXPECT_EQ(place("gan cho muong kim"), "03637");
  EXPECT_EQ(place("o cho kim"), "03637");
  EXPECT_EQ(place("ban muong"), "03640");
}

TEST_F(Places, AVillageOfSeveralUnitsIsAskedUnlessOneIsNamed) {
  static_cast<void>(villages("name,type,unit\nNà Phát,Bản,03618\nNà Phát,Bản,03637\n"));
  EXPECT_EQ(place("o ban na phat"), "?");
  EXPECT_EQ(place("o ban na phat, muong kim"), "03637");
  EXPECT_EQ(place("ban Na Phat xa Phuc Than"), "03618");
}

TEST_F(Places, AnImportIsSeenAtOnce) {
  EXPECT_EQ(place("o ban na phat"), "");
  static_cast<void>(villages("name,type,unit\nNà Phát,Bản,03618\n"));
  EXPECT_EQ(place("o ban na phat"), "03618");
}

TEST_F(Places, ABadRowOfPlacesIsNamedWithWhatIsAllowed) {
  const auto report = villages(
      "name,type,unit\n,Bản,03618\nNà Phát,,03618\nNà Phát,Bản,\nNà Phát,Bản,99999\nNà Phát,Bản,Xã Mường Tè\n"
      "a b c d e f g h,Bản,03618\nNà Phát,Bản,03618\nNà Phát,Bản,03618\n");
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.updated, 1);
  ASSERT_EQ(report.rejects.size(), 5U);
  EXPECT_EQ(report.rejects[0].reason, "name: must have 1 to 200 bytes");
  EXPECT_EQ(report.rejects[1].reason, "type: is missing, such as Bản, Thôn, Chợ, Trường");
  EXPECT_EQ(report.rejects[2].reason, "unit: is missing: the code or the name of the unit it lies in");
  EXPECT_EQ(report.rejects[3].line, 5);
  EXPECT_EQ(report.rejects[3].reason,
            "unit: must be the code or the name of a unit that stands; this is of none");
  EXPECT_EQ(report.rejects[4].reason, "name: must have 1 to 8 words, its type counted");
}

TEST_F(Places, ANameOfSeveralUnitsIsRefusedWithTheirCodes) {
  static_cast<void>(units("code,name,type,parent\n90001,Xã Đôi,Xã,12\n90002,Xã Đôi,Xã,12\n"));
  const auto report = villages("name,type,unit\nNà Phát,Bản,xa doi\n");
  ASSERT_EQ(report.rejects.size(), 1U);
  EXPECT_EQ(report.rejects[0].reason, "unit: this name is of 2 units, give the code: 90001, 90002");
}

TEST_F(Places, AreFoundForPeople) {
  static_cast<void>(villages("name,type,unit\nNà Phát,Bản,03618\nMường Kim,Chợ,03637\n"));
  const auto found = room.on_database([](storage::Tx& tx) { return find_places(tx, "na phat", 10); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "Bản Nà Phát");
  EXPECT_EQ(found[0].unit, "03618");
  EXPECT_EQ(found[0].unit_name, "Xã Mường Than");
}

}  // namespace
}  // namespace tongdai::directory
