#include "directory/duty.hpp"

#include <gmock/gmock.h>

#include "directory/coverage.hpp"
#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view country =
    "code,name,type,parent\n12,Tỉnh Lai Châu,Tỉnh,\n03595,Xã Than Uyên,Xã,12\n03640,Xã Khoen On,Xã,12\n";

/// It is nine in the morning of a Wednesday.
class Duty : public DirectoryTest {
 protected:
  Duty() {
    units(std::string(country));
    facilities(
        "name,type,services,units,phone,hours\n"
        "Trạm,clinic,medical,03595,0912000101,Mon-Fri 07:30-17:00\n"
        "Trạm,clinic,medical,03595,0912000102,rota\n"
        "Nhà,shelter,shelter,03595,0912000103,24/7;holidays off\n");
  }
  ImportReport shifts(const std::string& rows) {
    std::istringstream in("facility,phone,from,to,duty\n" + rows);
    return room.on_database([&](storage::Tx& tx) { return import_duty(tx, in, plan, zone).value(); });
  }
  std::vector<std::string> on_duty(std::string_view name, std::string_view local) {
    return room.on_database([&](storage::Tx& tx) {
      const auto id = tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", name).value();
      std::vector<std::string> out;
      for (const Phone& p : contacts_on_duty(tx, id, at(local), {zone, &holidays})) out.push_back(p.reveal());
      return out;
    });
  }
  /// "03595 medical 2026-11-25 17:00 to 2026-11-26 07:30".
  std::vector<std::string> gaps(CoverageTerms terms) {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> out;
      for (const Gap& g : coverage_gaps(tx, terms, {zone, &holidays}))
        out.push_back(g.unit + " " + g.service + " " + zone.print(g.from) + " to " + zone.print(g.to));
      return out;
    });
  }
  static TimePoint at(std::string_view local) {
    return parse_rfc3339(std::string(local) + ":00+07:00").value();
  }
  static text::Holidays read_holidays() {
    config::Faults faults;
    return text::Holidays::read(
        config::read_toml("[[holiday]]\nname = \"Tet\"\nfrom = \"2026-11-30\"\nto = \"2026-12-01\"\n")
            .value(),
        faults);
  }

  const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();
  const text::Holidays holidays = read_holidays();
};

TEST_F(Duty, WhoHasNoHoursIsThereInTheirShiftsOnly) {
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T20:00"), IsEmpty());
  EXPECT_EQ(shifts("Trạm,0912000102,2026-11-25 17:00,2026-11-26 07:30,\n").imported, 1);
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T16:59"), ElementsAre("+84912000101"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T17:00"), ElementsAre("+84912000102"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-26T07:30"), ElementsAre("+84912000101"));
}

TEST_F(Duty, OffBeatsOnAndHours) {
  shifts(
      "Trạm,0912000101,2026-11-25 00:00,2026-11-25 24:00,off\n"
      "Trạm,0912000102,2026-11-25 08:00,2026-11-25 12:00,on\n"
      "Trạm,0912000102,2026-11-25 09:00,2026-11-25 10:00,off\n");
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T08:30"), ElementsAre("+84912000102"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T09:30"), IsEmpty());
  EXPECT_THAT(on_duty("Trạm", "2026-11-26T09:30"), ElementsAre("+84912000101"));
}

TEST_F(Duty, AShiftIsReplacedAndTakenBackByItsBeginning) {
  shifts("Trạm,0912000102,2026-11-25 17:00,2026-11-25 20:00,on\n");
  EXPECT_EQ(shifts("Trạm,0912000102,2026-11-25 17:00,2026-11-25 22:00,on\n").updated, 1);
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T21:00"), ElementsAre("+84912000102"));
  shifts("Trạm,0912000102,2026-11-25 17:00,,remove\n");
  EXPECT_THAT(on_duty("Trạm", "2026-11-25T21:00"), IsEmpty());
}

TEST_F(Duty, HolidaysCountForWhoSaysSo) {
  EXPECT_THAT(on_duty("Nhà", "2026-11-29T10:00"), ElementsAre("+84912000103"));
  EXPECT_THAT(on_duty("Nhà", "2026-11-30T10:00"), IsEmpty());
  EXPECT_THAT(on_duty("Trạm", "2026-11-30T10:00"), ElementsAre("+84912000101"));
  shifts("Nhà,0912000103,2026-11-30 08:00,2026-11-30 12:00,on\n");
  EXPECT_THAT(on_duty("Nhà", "2026-11-30T10:00"), ElementsAre("+84912000103"));
}

TEST_F(Duty, HolidaysMayHaveHoursOfTheirOwn) {
  facilities(
      "name,type,services,units,phone,hours\nTrạm,clinic,medical,03595,0912000101,24/7;holidays "
      "08:00-11:00\n");
  EXPECT_THAT(on_duty("Trạm", "2026-11-30T10:59"), ElementsAre("+84912000101"));
  EXPECT_THAT(on_duty("Trạm", "2026-11-30T11:00"), IsEmpty());
}

TEST_F(Duty, ARowThatIsWrongSaysWhatIsAllowed) {
  const auto report = shifts(
      "Không,0912000101,2026-11-25 00:00,2026-11-25 24:00,off\n"
      "Trạm,0912000103,2026-11-25 00:00,2026-11-25 24:00,off\n"
      "Trạm,0912000101,25/11/2026,2026-11-25 24:00,off\n"
      "Trạm,0912000101,2026-11-25 00:00,2026-11-24 24:00,off\n"
      "Trạm,0912000101,2026-11-25 00:00,2027-11-24 24:00,off\n"
      "Trạm,0912000101,2026-11-25 00:00,2026-11-25 24:00,maybe\n");
  ASSERT_EQ(report.rejected, 6);
  EXPECT_THAT(report.rejects[0].reason, HasSubstr("facility: there is no facility"));
  EXPECT_THAT(report.rejects[1].reason, HasSubstr("phone: must be one of the facility's people"));
  EXPECT_EQ(report.rejects[2].reason, "from: must be a local time such as 2026-11-25 07:00");
  EXPECT_THAT(report.rejects[3].reason, HasSubstr("to: must be behind from"));
  EXPECT_THAT(report.rejects[4].reason, HasSubstr("at most 31 days"));
  EXPECT_EQ(report.rejects[5].reason, "duty: must be on, off or remove");
}

TEST_F(Duty, ShiftsAreListedByTheirBeginning) {
  shifts(
      "Trạm,0912000102,2026-11-26 17:00,2026-11-26 20:00,on\n"
      "Nhà,0912000103,2026-11-25 17:00,2026-11-25 20:00,off\n"
      "Nhà,0912000103,2026-11-24 17:00,2026-11-24 20:00,off\n");
  room.on_database([&](storage::Tx& tx) {
    const auto all = list_shifts(tx, at("2026-11-25T00:00"), TimePoint::max(), "", 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].facility, "Nhà");
    EXPECT_EQ(all[0].duty, "off");
    EXPECT_EQ(list_shifts(tx, at("2026-11-25T00:00"), TimePoint::max(), "Trạm", 10).size(), 1U);
  });
}

TEST_F(Duty, ARotaOfAWeekStandsInPlaceOfWhatBeginsInIt) {
  shifts(
      "Trạm,0912000102,2026-11-22 07:00,2026-11-22 19:00,on\n"
      "Trạm,0912000102,2026-11-24 07:00,2026-11-24 19:00,on\n");
  const auto set = [&](const std::vector<WrittenShift>& written) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults faults;
      EXPECT_TRUE(
          set_shifts(tx, "Trạm", "2026-11-23 00:00", "2026-11-30 00:00", written, plan, zone, faults));
      return config::print(faults, "");
    });
  };
  const auto begins = [&] {
    return room.on_database([&](storage::Tx& tx) {
      std::vector<std::string> all;
      for (const Shift& s : list_shifts(tx, at("2026-11-01T00:00"), at("2026-12-01T00:00"), "Trạm", 10))
        all.push_back(zone.print(s.from) + " " + s.duty);
      return all;
    });
  };
  const Phone nurse = Phone::stored("+84912000102");
  EXPECT_EQ(set({{nurse, "2026-11-25 07:00", "2026-11-25 19:00", ""},
                 {nurse, "2026-11-26 07:00", "2026-11-26 19:00", "off"}}),
            "");
  EXPECT_THAT(begins(), ElementsAre("2026-11-22 07:00 on", "2026-11-25 07:00 on", "2026-11-26 07:00 off"));
  EXPECT_THAT(
      set({{nurse, "2026-11-30 00:00", "2026-11-30 19:00", ""}, {Phone::stored("+84912000199"), "", "", ""}}),
      ::testing::AllOf(HasSubstr("shifts[0].from: must lie within"),
                       HasSubstr("shifts[1].phone: must be one")));
  EXPECT_EQ(begins().size(), 3U);
  EXPECT_EQ(set({}), "");
  EXPECT_THAT(begins(), ElementsAre("2026-11-22 07:00 on"));
}

TEST_F(Duty, WhatIsNotCoveredIsNamedByUnitServiceAndSpan) {
  CoverageTerms terms{at("2026-11-25T09:00"), at("2026-11-26T09:00")};
  terms.services = {"medical", "shelter"};
  EXPECT_THAT(gaps(terms), ElementsAre("03640 medical 2026-11-25 09:00 to 2026-11-26 09:00",
                                       "03640 shelter 2026-11-25 09:00 to 2026-11-26 09:00",
                                       "03595 medical 2026-11-25 17:00 to 2026-11-26 07:30"));
  terms.is_served_only = true;
  EXPECT_THAT(gaps(terms), ElementsAre("03595 medical 2026-11-25 17:00 to 2026-11-26 07:30"));
  shifts("Trạm,0912000102,2026-11-25 17:00,2026-11-25 22:00,on\n");
  EXPECT_THAT(gaps(terms), ElementsAre("03595 medical 2026-11-25 22:00 to 2026-11-26 07:30"));
  terms.unit = unit("03640");
  EXPECT_THAT(gaps(terms), IsEmpty());
}

TEST_F(Duty, AllServicesThatAreOfferedAreLookedAt) {
  CoverageTerms terms{at("2026-11-30T09:00"), at("2026-11-30T10:00"), unit("03595")};
  EXPECT_THAT(gaps(terms), ElementsAre("03595 shelter 2026-11-30 09:00 to 2026-11-30 10:00"));
}

}  // namespace
}  // namespace tongdai::directory
