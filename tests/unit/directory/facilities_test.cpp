#include "directory/facilities.hpp"

#include <gmock/gmock.h>

#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Facilities : public DirectoryTest {
 protected:
  /// "Xã:0 Tỉnh:1": who offers `service` to the unit, with their distances.
  std::string offered(std::string_view service, UnitId unit,
                      std::string_view time = "2026-11-25T09:00:00+07:00") {
    return room.on_database([&](storage::Tx& tx) {
      std::string out;
      for (const FacilityNear& f : facilities_for(tx, service, unit, parse_rfc3339(time).value())) {
        out += tx.value<std::string>("SELECT name FROM facility WHERE id = $1", f.id).value_or("") + ':' +
               std::to_string(f.distance) + ' ';
      }
      return out;
    });
  }
  UnitId old_unit(std::string_view code) {
    return room.on_database([&](storage::Tx& tx) {
      return unit_by_code(tx, code, parse_rfc3339("2025-01-01T00:00:00Z").value()).value();
    });
  }
  std::vector<std::string> on_duty(std::string_view name, std::string_view time) {
    return room.on_database([&](storage::Tx& tx) {
      const auto id = tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", name);
      std::vector<std::string> out;
      for (const Phone& p : contacts_on_duty(tx, id.value(), parse_rfc3339(time).value(), zone))
        out.push_back(p.reveal());
      return out;
    });
  }
  std::vector<std::string> unserved() {
    return room.on_database([&](storage::Tx& tx) { return units_without_duty(tx, room.now()); });
  }

  const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
};

constexpr std::string_view country =
    "code,name,type,parent,valid_from,valid_to,replaced_by\n"
    "0,Nước,Nước,,,,\n"
    "12,Tỉnh Lai Châu,Tỉnh,0,,,\n"
    "03595,Xã Than Uyên,Xã,12,2025-07-01,,\n"
    "03640,Xã Khoen On,Xã,12,2025-07-01,,\n"
    "110,Huyện Than Uyên,Huyện,12,,2025-07-01,\n"
    "03631,Xã Mường Cang,Xã,110,,2025-07-01,03595\n";

constexpr std::string_view sites =
    "name,type,services,units,phone,hours\n"
    "Nước,shelter,shelter,0,0912000100,24/7\n"
    "Tỉnh,hospital,medical,12,0912000101,24/7\n"
    "Xã,clinic,medical;police,03595,0912000102,24/7\n"
    "Xã bên,clinic,medical,03640,0912000103,24/7\n"
    "Cả hai,clinic,legal,03595;12,0912000104,24/7\n";

TEST_F(Facilities, TheNearestComesFirst) {
  units(std::string(country));
  facilities(std::string(sites));
  EXPECT_EQ(offered("medical", unit("03595")), "Xã:0 Tỉnh:1 ");
  EXPECT_EQ(offered("medical", unit("03640")), "Xã bên:0 Tỉnh:1 ");
  EXPECT_EQ(offered("medical", unit("12")), "Tỉnh:0 ");
  EXPECT_EQ(offered("shelter", unit("03595")), "Nước:2 ");
  EXPECT_EQ(offered("counselling", unit("03595")), "");
}

TEST_F(Facilities, AnyServiceFindsAll) {
  units(std::string(country));
  facilities(std::string(sites));
  EXPECT_EQ(offered("", unit("03640")), "Xã bên:0 Tỉnh:1 Cả hai:1 Nước:2 ");
}

TEST_F(Facilities, WhoServesAUnitAndTheOneAboveIsNear) {
  units(std::string(country));
  facilities(std::string(sites));
  EXPECT_EQ(offered("legal", unit("03595")), "Cả hai:0 ");
  EXPECT_EQ(offered("legal", unit("03640")), "Cả hai:1 ");
}

TEST_F(Facilities, AnOldUnitIsServedByWhoServesItsSuccessor) {
  units(std::string(country));
  facilities(std::string(sites));
  EXPECT_EQ(offered("police", old_unit("03631")), "Xã:0 ");
}

TEST_F(Facilities, BeforeItsLastDayAnOldUnitIsItsOwn) {
  units(std::string(country));
  facilities(std::string(sites));
  const auto old = old_unit("03631");
  EXPECT_EQ(offered("police", old, "2025-06-30T23:59:59Z"), "");
  EXPECT_EQ(offered("police", old, "2025-07-01T00:00:00Z"), "Xã:0 ");
  EXPECT_EQ(offered("medical", old, "2025-06-30T23:59:59Z"), "Tỉnh:2 ");
}

TEST_F(Facilities, WhoServedAnOldUnitServesWhatItBecame) {
  units(std::string(country));
  facilities(std::string(sites));
  const auto old = old_unit("03631");
  room.on_database([&](storage::Tx& tx) {
    return tx.run(
        "UPDATE facility_unit SET unit_id = $1 WHERE facility_id = (SELECT id FROM facility WHERE name = "
        "'Xã')",
        old);
  });
  EXPECT_EQ(offered("police", old, "2025-06-30T23:59:59Z"), "Xã:0 ");
  EXPECT_EQ(offered("police", unit("03595"), "2025-06-30T23:59:59Z"), "");
  EXPECT_EQ(offered("police", unit("03595"), "2025-07-01T00:00:00Z"), "Xã:0 ");
  EXPECT_EQ(offered("police", old, "2025-07-01T00:00:00Z"), "Xã:0 ");
}

TEST_F(Facilities, TheDutyDeskIsNeverOffered) {
  units(std::string(country));
  room.on_database([&](storage::Tx& tx) {
    const auto desk = ensure_duty_desk(tx, room.ids, {Phone::stored("+84912000191")}, room.now());
    tx.run("INSERT INTO facility_unit (facility_id, unit_id) VALUES ($1, $2)", desk,
           *unit_by_code(tx, "12", room.now()));
  });
  EXPECT_EQ(offered("", unit("03595")), "");
}

TEST_F(Facilities, TheDutyDeskHasExactlyThePeopleOfTheConfiguration) {
  const Phone first = Phone::stored("+84912000191"), second = Phone::stored("+84912000192");
  const auto keep = [&](std::vector<Phone> people) {
    return room.on_database([&](storage::Tx& tx) {
      const auto id = ensure_duty_desk(tx, room.ids, people, room.now());
      return std::pair(id, contacts_on_duty(tx, id, room.now(), zone));
    });
  };
  const auto before = keep({second, first, second});
  EXPECT_THAT(before.second, ElementsAre(second, first));
  const auto after = keep({first});
  EXPECT_EQ(after.first, before.first);
  EXPECT_THAT(after.second, ElementsAre(first));
}

TEST_F(Facilities, PeopleOnDutyComeInTheOrderOfTheFile) {
  units(std::string(country));
  facilities(
      "name,type,services,units,phone,hours\n"
      "Trạm,clinic,medical,03595,0912000109,Mon-Fri 07:30-17:00\n"
      "Trạm,clinic,medical,03595,0912000102,24/7\n"
      "Trạm,clinic,medical,03595,0912000105,Fri 22:00-06:00\n");
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T09:00:00+07:00"), ElementsAre("+84912000109", "+84912000102"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-28T05:00:00+07:00"), ElementsAre("+84912000102", "+84912000105"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T20:00:00+07:00"), ElementsAre("+84912000102"));
}

TEST_F(Facilities, APhoneKnowsItsFacilities) {
  units(std::string(country));
  facilities(
      "name,type,services,units,phone\n"
      "A,clinic,medical,03595,0912000101\nB,clinic,medical,03595,0912000101\nC,clinic,medical,03595,"
      "0912000102\n");
  const auto of = [&](const char* phone) {
    return room.on_database(
        [&](storage::Tx& tx) { return facilities_by_phone(tx, Phone::stored(phone)).size(); });
  };
  EXPECT_EQ(of("+84912000101"), 2U);
  EXPECT_EQ(of("+84912000102"), 1U);
  EXPECT_EQ(of("+84912000103"), 0U);
}

TEST_F(Facilities, AUnitThatNobodyServesIsNamed) {
  units(std::string(country));
  EXPECT_THAT(unserved(), ElementsAre("Xã Khoen On", "Xã Than Uyên"));
  facilities("name,type,services,units,phone\nA,clinic,medical,03595,0912000101\n");
  EXPECT_THAT(unserved(), ElementsAre("Xã Khoen On"));
}

TEST_F(Facilities, WhoServesTheProvinceServesAllOfIt) {
  units(std::string(country));
  facilities("name,type,services,units,phone\nA,clinic,medical,12,0912000101\n");
  EXPECT_THAT(unserved(), IsEmpty());
}

TEST_F(Facilities, AFacilityWithoutPeopleServesNobody) {
  units(std::string(country));
  room.on_database([&](storage::Tx& tx) {
    tx.run("INSERT INTO facility (id, name, type, created_at, updated_at) VALUES (1, 'A', 'clinic', 0, 0)");
    tx.run("INSERT INTO facility_unit (facility_id, unit_id) VALUES (1, $1)",
           *unit_by_code(tx, "03640", room.now()));
  });
  EXPECT_THAT(unserved(), ElementsAre("Xã Khoen On", "Xã Than Uyên"));
}

}  // namespace
}  // namespace tongdai::directory
