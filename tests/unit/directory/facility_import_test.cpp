#include <gmock/gmock.h>

#include "support/source_dir.hpp"
#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view header = "name,type,services,units,phone,hours\n";

class FacilityImport : public DirectoryTest {
 protected:
  FacilityImport() {
    units(
        "code,name,type,parent\n12,Tỉnh Lai Châu,Tỉnh,\n03595,Xã Than Uyên,Xã,12\n03640,Xã Khoen On,Xã,12\n");
  }

  ImportReport read(std::string_view rows) { return facilities(std::string(header) + std::string(rows)); }
  std::vector<FacilityView> listed() {
    return room.on_database([](storage::Tx& tx) { return list_facilities(tx); });
  }
  std::string reason(std::string_view row) {
    const ImportReport report = read(row);
    EXPECT_EQ(report.imported + report.updated, 0) << row;
    return report.rejects.empty() ? "" : report.rejects[0].reason;
  }
};

TEST_F(FacilityImport, FurtherRowsOfANameAddItsPeople) {
  const ImportReport report = read(
      "Trạm A,clinic,medical;counselling,03595,0912000101,24/7\n"
      "Trạm A,clinic,police,03640,0912.000.102,Mon-Fri 07:30-17:00\n"
      "Trạm B,clinic,medical,12,0912000103,\n");
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.rejected, 0);
  const auto all = listed();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].name, "Trạm A");
  EXPECT_EQ(all[0].type, "clinic");
  EXPECT_THAT(all[0].services, ElementsAre("counselling", "medical", "police"));
  EXPECT_THAT(all[0].units, ElementsAre("03595", "03640"));
  ASSERT_THAT(all[0].contacts, SizeIs(2));
  EXPECT_EQ(all[0].contacts[0].phone.reveal(), "+84912000101");
  EXPECT_EQ(all[0].contacts[1].hours, "Mon-Fri 07:30-17:00");
  EXPECT_EQ(all[1].contacts.at(0).hours, "24/7");  // who says nothing is always on duty
}

TEST_F(FacilityImport, APersonTwiceHasTheHoursOfBoth) {
  read(
      "Trạm A,clinic,medical,03595,0912000101,Mon 08:00-17:00\n"
      "Trạm A,clinic,medical,03595,0912000101,Tue 08:00-17:00\n");
  const auto all = listed();
  ASSERT_THAT(all, SizeIs(1));
  ASSERT_THAT(all[0].contacts, SizeIs(1));
  EXPECT_EQ(all[0].contacts[0].hours, "Mon 08:00-17:00;Tue 08:00-17:00");
}

TEST_F(FacilityImport, AnImportAgainReplacesWhatItNamesAndLeavesTheRest) {
  read(
      "Trạm A,clinic,medical,03595,0912000101,24/7\n"
      "Trạm A,clinic,medical,03595,0912000102,24/7\n"
      "Trạm B,clinic,medical,03595,0912000103,24/7\n");
  const auto before = listed();
  const ImportReport again = read("Trạm A,police_post,police,03640,0912000109,24/7\n");
  EXPECT_EQ(again.imported, 0);
  EXPECT_EQ(again.updated, 1);
  const auto after = listed();
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].type, "police_post");
  EXPECT_THAT(after[0].services, ElementsAre("police"));
  EXPECT_THAT(after[0].units, ElementsAre("03640"));
  ASSERT_THAT(after[0].contacts, SizeIs(1));
  EXPECT_EQ(after[0].contacts[0].phone.reveal(), "+84912000109");
  EXPECT_THAT(after[1].contacts, SizeIs(1));
}

TEST_F(FacilityImport, OneIsPutByTheSameRules) {
  read(
      "Trạm A,clinic,medical,03595,0912000101,24/7\n"
      "Trạm B,clinic,medical,03595,0912000103,24/7\n");
  const auto put = [&](const FacilityView& f) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults faults;
      put_facility(tx, room.ids, f, plan, room.now(), faults);
      return config::print(faults, "");
    });
  };
  const Phone nurse = Phone::stored("+84912000105"), hotline = Phone::stored("113");
  FacilityView f;
  f.name = "Trạm A";
  f.type = "shelter";
  f.services = {"shelter", "medical"};
  f.units = {"12"};
  f.weight = 80;
  EXPECT_THAT(put(f), HasSubstr("contacts: must be one person at least"));
  f.contacts = {{nurse, "rota"}, {hotline, ""}};
  EXPECT_THAT(put(f), HasSubstr("contacts[1].phone: must be a mobile number"));
  EXPECT_EQ(listed().at(0).type, "clinic");
  f.contacts = {{nurse, "rota"}, {Phone::stored("+84912000101"), ""}};
  EXPECT_EQ(put(f), "");
  const auto all = listed();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].type, "shelter");
  EXPECT_EQ(all[0].weight, 80);
  EXPECT_THAT(all[0].units, ElementsAre("12"));
  ASSERT_THAT(all[0].contacts, SizeIs(2));
  EXPECT_EQ(all[0].contacts[0].hours, "rota");
  EXPECT_EQ(all[0].contacts[1].hours, "24/7");
  f.units = {"99999"};
  EXPECT_THAT(put(f), HasSubstr("units: no unit has the code 99999"));
}

TEST_F(FacilityImport, ABadRowIsNamedWithItsLineAndTheRestIsTaken) {
  const ImportReport report = read(
      "Trạm A,clinic,medical,03595,0912000101,24/7\n"
      "Trạm A,clinic,medical,03595,0912,24/7\n"
      "Trạm A,clinic,medical,03595,0912000102,24/7\n");
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(report.rejected, 1);
  ASSERT_THAT(report.rejects, SizeIs(1));
  EXPECT_EQ(report.rejects[0].line, 3);
  EXPECT_THAT(listed().at(0).contacts, SizeIs(2));
}

TEST_F(FacilityImport, AReasonNamesTheColumn) {
  EXPECT_EQ(reason(",clinic,medical,03595,0912000101,\n"), "name: must have 1 to 200 bytes");
  EXPECT_THAT(reason("A,Trạm y tế,medical,03595,0912000101,\n"), HasSubstr("type: must be a word"));
  EXPECT_THAT(reason("A,,medical,03595,0912000101,\n"), HasSubstr("type: must be a word"));
  EXPECT_THAT(reason("A,clinic,,03595,0912000101,\n"), HasSubstr("services: must name one"));
  EXPECT_THAT(reason("A,clinic,Y tế,03595,0912000101,\n"), HasSubstr("services: must be words"));
  EXPECT_THAT(reason("A,clinic,medical,,0912000101,\n"), HasSubstr("units: must name one"));
  EXPECT_EQ(reason("A,clinic,medical,03595;99999,0912000101,\n"),
            "units: no unit has the code 99999; import the units first");
  EXPECT_THAT(reason("A,clinic,medical,03595,091200,\n"), HasSubstr("phone: "));
  EXPECT_THAT(reason("A,clinic,medical,03595,113,\n"), HasSubstr("phone: must be a mobile number"));
  EXPECT_THAT(reason("A,clinic,medical,03595,19001234,\n"), HasSubstr("phone: must be a mobile number"));
  EXPECT_THAT(reason("A,clinic,medical,03595,0912000101,sometimes\n"),
              HasSubstr("hours: must be hours such as"));
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(FacilityImport, AReasonNeverRepeatsTheNumber) {
  EXPECT_THAT(reason("A,clinic,medical,03595,0912 000 10,\n"), ::testing::Not(HasSubstr("000")));
}

TEST_F(FacilityImport, TheDutyDeskIsReserved) {
  EXPECT_THAT(reason("A,duty_desk,medical,03595,0912000101,\n"),
              HasSubstr("type: the duty desk is set in the configur"));
  const auto desk = room.on_database([&](storage::Tx& tx) {
    return ensure_duty_desk(tx, room.ids, {Phone::stored("+84912000191")}, room.now());
  });
  EXPECT_THAT(reason("Bàn trực,clinic,medical,03595,0912000101,\n"), HasSubstr("type: the duty desk"));
  const auto people = room.on_database([&](storage::Tx& tx) {
    return contacts_on_duty(tx, desk, room.now(), *text::TimeZone::find("Asia/Ho_Chi_Minh"));
  });
  EXPECT_THAT(people, ElementsAre(Phone::stored("+84912000191")));
}

TEST_F(FacilityImport, AFileWithoutItsColumnsIsRefused) {
  std::istringstream in("name,type,services,units\n");
  const auto report = room.on_database(
      [&](storage::Tx& tx) { return import_facilities(tx, room.ids, in, plan, room.now()); });
  ASSERT_FALSE(report.has_value());
  EXPECT_THAT(report.error().what, HasSubstr("the column phone is missing"));
}

TEST_F(FacilityImport, TheSampleIsReadWhole) {
  province();
  std::ifstream in(in_checkout("/config/sample/facilities.csv"), std::ios::binary);
  const auto report = room.on_database(
      [&](storage::Tx& tx) { return import_facilities(tx, room.ids, in, plan, room.now()).value(); });
  EXPECT_GT(report.imported, 0);
  EXPECT_EQ(report.rejected, 0);
}

}  // namespace
}  // namespace tongdai::directory
