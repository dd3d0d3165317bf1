#include "campaigns/coverage.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "config/toml_file.hpp"
#include "directory/facilities.hpp"
#include "support/source_dir.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Unit 2 is the commune 03595, below the province 12. It is nine in the morning of a Wednesday.
class Coverage : public CampaignTest {
 protected:
  /// Rows of `units,hours`; each a facility of its own.
  void facilities(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::string csv = "name,type,services,units,phone,hours\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      csv += "Noi " + std::to_string(i) + ",clinic,medical," + rows[i].first + ",091200010" +
             std::to_string(i) + "," + rows[i].second + "\n";
    }
    config::Faults faults;
    const auto plan = text::NumberingPlan::read(
        config::read_toml_file(in_checkout("/config/numbering/vn.toml")).value(), faults);
    room.on_database([&](storage::Tx& tx) {
      std::istringstream in(csv);
      const auto report = directory::import_facilities(tx, room.ids, in, plan, room.now());
      ASSERT_TRUE(report);
      ASSERT_EQ(report->rejected, 0);
    });
  }
  /// "03595:10 from 2026-11-25 17:00".
  std::vector<std::string> gaps(const std::map<UnitId, std::int64_t>& units,
                                const std::vector<std::string>& windows, TimePoint from, TimePoint to) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> all;
      const text::Hours hours{text::DayWindows::parse(windows).value(), zone};
      for (const Uncovered& u : uncovered(tx, units, hours, from, to))
        all.push_back(u.code + ":" + std::to_string(u.recipients) + " from " + zone.print(u.first));
      return all;
    });
  }
  static TimePoint at(std::string_view local) {
    return parse_rfc3339(std::string(local) + ":00+07:00").value();
  }

  const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
  const UnitId commune{2};
  const std::vector<std::string> day{"07:00-21:00"};
};

TEST_F(Coverage, NobodyServesAUnitWithoutFacilities) {
  EXPECT_THAT(gaps({{commune, 10}}, day, room.now(), room.now() + 1h),
              ElementsAre("03595:10 from 2026-11-25 09:00"));
}

TEST_F(Coverage, WhoIsOnDutyByDayIsNotThereTonight) {
  facilities({{"03595", "Mon-Fri 07:00-17:00"}});
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-25T15:30")), IsEmpty());
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-25T20:00")),
              ElementsAre("03595:10 from 2026-11-25 17:00"));
}

TEST_F(Coverage, PeopleAnswerInTheHourAfterTheLastText) {
  facilities({{"03595", "07:00-21:00"}});
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-25T20:00")), IsEmpty());
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-25T20:59")),
              ElementsAre("03595:10 from 2026-11-25 21:00"));
}

TEST_F(Coverage, TheNightBetweenTwoWindowsDoesNotCount) {
  facilities({{"03595", "06:00-23:00"}});
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-27T12:00")), IsEmpty());
}

TEST_F(Coverage, AWeekendIsSeen) {
  facilities({{"03595", "Mon-Fri 00:00-24:00"}});
  EXPECT_THAT(gaps({{commune, 10}}, day, at("2026-11-25T09:00"), at("2026-11-30T12:00")),
              ElementsAre("03595:10 from 2026-11-28 07:00"));
}

TEST_F(Coverage, AFacilityOfTheUnitAboveServesIt) {
  facilities({{"12", "24/7"}});
  EXPECT_THAT(gaps({{commune, 10}}, {}, room.now(), room.now() + 24h * 3), IsEmpty());
}

TEST_F(Coverage, SeveralFacilitiesTakeTurns) {
  facilities({{"03595", "06:00-14:00"}, {"12", "14:00-22:30"}});
  EXPECT_THAT(gaps({{commune, 10}}, day, room.now(), room.now() + 24h * 2), IsEmpty());
}

TEST_F(Coverage, TheMostRecipientsComeFirst) {
  room.on_database([](storage::Tx& tx) {
    tx.run("INSERT INTO unit (id, code, name, type, parent_id) VALUES (4, '03478', 'Xã Sìn Hồ', 'Xã', 1)");
  });
  EXPECT_THAT(gaps({{commune, 10}, {UnitId{4}, 12}}, day, room.now(), room.now() + 1h),
              ElementsAre("03478:12 from 2026-11-25 09:00", "03595:10 from 2026-11-25 09:00"));
}

TEST_F(Coverage, WhereNobodyIsWrittenToNobodyIsMissed) {
  EXPECT_THAT(gaps({}, day, room.now(), room.now() + 1h), IsEmpty());
}

}  // namespace
}  // namespace tongdai::campaigns
