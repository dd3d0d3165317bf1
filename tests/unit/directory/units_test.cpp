#include "directory/units.hpp"

#include <gmock/gmock.h>

#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Units : public DirectoryTest {
 protected:
  std::vector<std::string> found(std::string_view text, int limit = 20) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> names;
      for (const UnitView& u : find_units(tx, text, limit)) names.push_back(u.code + ' ' + u.name);
      return names;
    });
  }
  std::optional<std::string> name_at(std::string_view code, std::string_view time) {
    return room.on_database([&](storage::Tx& tx) -> std::optional<std::string> {
      const auto id = unit_by_code(tx, code, parse_rfc3339(time).value());
      if (!id) return std::nullopt;
      return unit_name(tx, *id);
    });
  }
};

TEST_F(Units, TheProvincesFileIsReadWhole) {
  const ImportReport report = province();
  EXPECT_EQ(report.imported, 153);
  EXPECT_EQ(report.updated, 0);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_THAT(report.remarks, IsEmpty());
}

TEST_F(Units, TheProvinceHasThirtyEightUnitsToday) {
  province();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit WHERE valid_to IS NULL AND parent_code = '12'"), 38);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit WHERE valid_to IS NULL AND parent_id IS NULL"), 1);
}

TEST_F(Units, EveryOldCommuneHasAStandingSuccessor) {
  province();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit WHERE valid_to IS NOT NULL AND replaced_by <> ''"), 106);
  EXPECT_EQ(
      room.count("SELECT COUNT(*) FROM unit o JOIN unit s ON s.id = o.successor_id WHERE s.valid_to IS NULL"),
      106);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit WHERE valid_to IS NOT NULL AND successor_id IS NULL "
                       "AND type NOT IN ('Huyện', 'Thành phố')"),
            0);
}

TEST_F(Units, OldCommunesStandBelowTheirOldDistricts) {
  province();
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit c JOIN unit d ON d.id = c.parent_id "
                       "WHERE c.valid_to IS NOT NULL AND d.type IN ('Huyện', 'Thành phố')"),
            106);
}

TEST_F(Units, AnImportAgainUpdates) {
  province();
  const ImportReport again = province();
  EXPECT_EQ(again.imported, 0);
  EXPECT_EQ(again.updated, 153);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit"), 153);
}

TEST_F(Units, AnUpdateForgetsTheNamesThatWereLeftOut) {
  units("code,name,type,parent,aliases\n1,Xã Can Hồ,Xã,,Kan Hồ\n");
  EXPECT_THAT(found("kan ho"), ElementsAre("1 Xã Can Hồ"));
  units("code,name,type,parent\n1,Xã Can Hồ,Xã,\n");
  EXPECT_THAT(found("kan ho"), IsEmpty());
  EXPECT_THAT(found("can ho"), ElementsAre("1 Xã Can Hồ"));
}

TEST_F(Units, AreFoundWithAndWithoutAccentsThoseThatStandFirst) {
  province();
  const auto than_uyen = ElementsAre("03595 Xã Than Uyên", "110 Huyện Than Uyên", "03595 Thị trấn Than Uyên");
  EXPECT_THAT(found("than uyen"), than_uyen);
  EXPECT_THAT(found("Than Uyên"), than_uyen);
  EXPECT_THAT(found("xa than uyen"), ElementsAre("03595 Xã Than Uyên"));
}

TEST_F(Units, AreFoundByCode) {
  province();
  EXPECT_THAT(found("03595"), ElementsAre("03595 Xã Than Uyên", "03595 Thị trấn Than Uyên"));
}

TEST_F(Units, NothingIsFoundForNothing) {
  province();
  EXPECT_THAT(found(""), IsEmpty());
  EXPECT_THAT(found("  %_ "), IsEmpty());
  EXPECT_THAT(found("ha noi"), IsEmpty());
}

TEST_F(Units, NoMoreThanTheLimitIsFound) {
  province();
  EXPECT_EQ(found("muong", 3).size(), 3U);
}

TEST_F(Units, ACodeMeansTheUnitOfItsDay) {
  province();
  EXPECT_EQ(name_at("03405", "2025-06-30T00:00:00Z"), "Xã Giang Ma");
  EXPECT_EQ(name_at("03405", "2025-07-01T00:00:00Z"), "Xã Tả Lèng");
  EXPECT_EQ(name_at("03454", "2026-01-01T00:00:00Z"), "Xã Bum Tở");  // stands no more: the last that did
  EXPECT_EQ(name_at("99999", "2026-01-01T00:00:00Z"), std::nullopt);
}

TEST_F(Units, DatesOfTheRequestHoldForRowsWithoutAny) {
  UnitDates dates;
  dates.valid_from = parse_rfc3339("2025-07-01T00:00:00Z").value();
  units("code,name,type,parent,valid_from\n1,Xã A,Xã,,\n2,Xã B,Xã,,2020-01-01\n", dates);
  EXPECT_EQ(room.count("SELECT valid_from FROM unit WHERE code = '1'"), 1751328000000);
  EXPECT_EQ(room.count("SELECT valid_from FROM unit WHERE code = '2'"), 1577836800000);
}

TEST_F(Units, BadRowsAreNamedAndTheRestIsTaken) {
  const ImportReport report = units(
      "code,name,type,parent,valid_from,valid_to\n"
      ",Xã A,Xã,,,\n"
      "12345678901234567,Xã A,Xã,,,\n"
      "3,,Xã,,,\n"
      "4,Xã A,,,,\n"
      "5,Xã A,Xã,,1/7/2025,\n"
      "6,Xã A,Xã,,,2025-13-01\n"
      "7,Xã A,Xã,,2025-07-01,2025-07-01\n"
      "8,Xã A,Xã,,,,,\n"
      "9,Xã A,Xã,,2025-07-01,\n");
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(report.rejected, 8);
  std::vector<std::string> reasons;
  for (const auto& r : report.rejects) reasons.push_back(std::to_string(r.line) + ": " + r.reason);
  EXPECT_THAT(
      reasons,
      ElementsAre("2: code: must have 1 to 16 characters", "3: code: must have 1 to 16 characters",
                  "4: name: must have 1 to 200 bytes", "5: type: is missing, such as Xã, Phường, Huyện",
                  "6: valid_from: must be a date such as 2025-07-01",
                  "7: valid_to: must be a date such as 2025-07-01", "8: valid_to: must be after valid_from",
                  "9: 8 columns, but the header has 6"));
}

TEST_F(Units, AParentThatIsNotKnownIsRemarkedAndLinkedLater) {
  const ImportReport early = units("code,name,type,parent\n2,Xã A,Xã,1\n");
  ASSERT_EQ(early.remarks.size(), 1U);
  EXPECT_THAT(early.remarks[0], HasSubstr("2: its parent"));
  EXPECT_THAT(units("code,name,type,parent\n1,Tỉnh B,Tỉnh,\n").remarks, IsEmpty());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM unit WHERE parent_id IS NOT NULL"), 1);
}

TEST_F(Units, AFileWithoutAHeaderIsRefused) {
  std::istringstream in("03595,Xã Than Uyên,Xã,12\n");
  const auto report =
      room.on_database([&](storage::Tx& tx) { return import_units(tx, room.ids, in, room.now()); });
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, Code::invalid);
  EXPECT_THAT(report.error().what, HasSubstr("line 1: column 1"));
}

}  // namespace
}  // namespace tongdai::directory
