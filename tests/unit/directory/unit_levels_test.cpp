#include "directory/unit_levels.hpp"

#include <gmock/gmock.h>

#include "support/engine_room.hpp"

namespace tongdai::directory {
namespace {

using testing::ElementsAre;

/// A province whose districts went in 2025: 1 province; 2 old district; 3 old commune; 4 new commune of it.
struct UnitLevelsTest : testing::Test {
  test::EngineRoom room;
  UnitLevelsTest() {
    room.on_database([](storage::Tx& tx) {
      tx.run("INSERT INTO unit (id, code, name, type) VALUES (1, '12', 'Tỉnh Lai Châu', 'Tỉnh')");
      tx.run(
          "INSERT INTO unit (id, code, name, type, parent_id, valid_to) VALUES (2, '110', 'Huyện Than Uyên', "
          "'Huyện', 1, 1)");
      tx.run(
          "INSERT INTO unit (id, code, name, type, parent_id) VALUES (4, '03595', 'Xã Than Uyên', 'Xã', 1)");
      tx.run(
          "INSERT INTO unit (id, code, name, type, parent_id, successor_id, valid_to) VALUES (3, '03631', "
          "'Xã Mường Cang', 'Xã', 2, 4, 1)");
    });
  }
  std::int64_t at(std::int64_t unit, std::string_view level) {
    return room.on_database([&](storage::Tx& tx) {
      return UnitLevels(tx).at(UnitId{unit}, UnitLevel::parse(level).value()).value;
    });
  }
};

TEST_F(UnitLevelsTest, AnOldUnitCountsForItsSuccessor) {
  EXPECT_EQ(at(3, "commune"), 4);
  EXPECT_EQ(at(4, "commune"), 4);
  EXPECT_EQ(at(3, "province"), 1);
  EXPECT_EQ(at(3, "0"), 1);
  EXPECT_EQ(at(3, "1"), 4);
}

TEST_F(UnitLevelsTest, AnOldDistrictIsFoundOverTheOldParents) {
  EXPECT_EQ(at(3, "district"), 2);
  EXPECT_EQ(at(3, "huyen"), 2);
  EXPECT_EQ(at(3, "Huyện"), 2);
  EXPECT_EQ(at(4, "district"), 0) << "two levels have no district";
  EXPECT_EQ(at(4, "Huyện"), 0);
}

TEST_F(UnitLevelsTest, WhatIsNotKnownIsNowhere) {
  EXPECT_EQ(at(0, "commune"), 0);
  EXPECT_EQ(at(99, "province"), 0);
}

TEST_F(UnitLevelsTest, TheUnitsInForceByName) {
  room.on_database([](storage::Tx& tx) {
    const UnitLevels levels(tx);
    EXPECT_THAT(levels.all(UnitLevel{}), ElementsAre(UnitId{4}));
    EXPECT_THAT(levels.all(UnitLevel::parse("province").value()), ElementsAre(UnitId{1}));
    EXPECT_EQ(levels.named(UnitId{4}).name, "Xã Than Uyên");
  });
}

TEST(UnitLevel, AWrongOneIsRefusedWithWhatIsAllowed) {
  for (const char* wrong : {"", "12", "!!", "-1"}) {
    const auto level = UnitLevel::parse(wrong);
    ASSERT_FALSE(level) << wrong;
    EXPECT_THAT(level.error().what, testing::HasSubstr("commune, district, province"));
  }
}

}  // namespace
}  // namespace tongdai::directory
