// A facility and a reporter write to each other through the hotline's number.
#include "hotline/calls.hpp"
#include "scenario/reporter/thread.hpp"

namespace tongdai::test {
namespace {

class Relay : public Thread {
 protected:
  void SetUp() override {
    Thread::SetUp();
    accepted_report();
  }
};

TEST_F(Relay, NeitherPartysNumberAppearsInAnyTextToTheOther) {
  std::string to_station, to_reporter;
  recorder = [&](const Phone& phone, const gateway::Heard& heard) {
    if (phone == station().phone()) to_station += heard.text + "\n" + heard.from + "\n";
    if (phone == reporter().phone()) to_reporter += heard.text + "\n" + heard.from + "\n";
    return true;
  };
  agree();
  for (const char* words :
       {"so toi 0912345678", "0912 345 678 nhe", "0 9 1 2 3 4 5 6 7 8",
        "khong chin mot hai ba bon nam sau bay tam", "O9l2345678", "goi+84912345678nhe"}) {
    reporter().texts(words);
  }
  for (const char* words : {"goi 0912000101", "so 0 9 1 2 0 0 0 1 0 1",
                            "khong chin mot hai khong khong khong mot khong mot", "chao ban, minh day"}) {
    station().texts(code + " " + words);
  }
  for (const char* piece : {"12345678", "345 678", "3 4 5", "ba bon nam", "2345678"}) {
    EXPECT_EQ(to_station.find(piece), std::string::npos) << piece << " in " << to_station;
  }
  EXPECT_NE(to_station.find("***"), std::string::npos);
  EXPECT_EQ(to_reporter.find("000101"), std::string::npos) << to_reporter;
  EXPECT_EQ(to_reporter.find("khong khong"), std::string::npos) << to_reporter;
  EXPECT_EQ(to_reporter.find(code), std::string::npos) << to_reporter;
  EXPECT_NE(to_reporter.find("chao ban, minh day"), std::string::npos);
}

TEST_F(Relay, WordsWithoutACodeAreForTheOneCaseTheyHave) {
  agree();
  station().texts("chao ban, minh o day");
  reporter().expects(text("chao ban, minh o day"));
}

TEST_F(Relay, WithMoreCasesNothingIsGuessed) {
  agree();
  citizen("0987654321").texts("bi danh o Than Uyen").expects(acknowledgement());
  station().expects(alert());
  station().texts("chao ban, minh o day").expects(text("cho vu viec nao"));
  reporter().expects(nothing());
  citizen("0987654321").expects(nothing());
}

TEST_F(Relay, AFacilitysPersonWhoAsksForHelpIsAReporter) {
  agree();
  station().texts("cuu toi voi, toi bi danh o Sin Ho").expects(acknowledgement());
  facility("Sin Ho clinic").expects(alert());
  // Nor does what they write afterwards go to somebody else's phone.
  station().texts("chay ra duong roi");
  reporter().expects(nothing());
}

TEST_F(Relay, AFacilitysStopGoesToNobodysPhone) {
  agree();
  station().texts("dung nhan tin nua").expects(hint());
  reporter().expects(nothing());
}

TEST_F(Relay, ANumberThatIsNoCaseOfTheirsTellsNothing) {
  agree();
  facility("Sin Ho clinic").texts(code + " chao ban").expects(unknown_code());
  facility("Sin Ho clinic").texts("999999 chao ban").expects(unknown_code());
  reporter().expects(nothing());
}

TEST_F(Relay, WhoHasOnlyBeenAskedCannotWrite) {
  citizen("0987654321").texts("bi danh o Than Uyen").expects(acknowledgement());
  station().expects(alert()).replies("{code} chao ban").expects(not_yours());
  citizen("0987654321").expects(nothing());
}

TEST_F(Relay, AfterATransferTheOldFacilityCanNeitherWriteNorRead) {
  agree();
  station().texts("tu choi " + code).expects(declined());
  police().expects(alert()).replies("nhan {code}").expects(details());
  station().texts(code + " chao ban").expects(not_yours());
  reporter().expects(nothing());
  reporter().texts("toi ra san roi");
  police().expects(text("toi ra san roi")).texts(code + " minh cho nhe");
  reporter().expects(text("minh cho nhe"));
  station().expects(nothing());
}

TEST_F(Relay, WhatTheyWroteBeforeTheyGaveTheCaseOnDoesNotLeaveAfterwards) {
  agree();
  sandbox().world().later = 1;
  station().texts(code + " minh qua nhe");
  station().texts("chuyen " + code + " cong an");
  sandbox().world().later = 0;
  clock.advance(2min);
  reporter().expects(nothing());
  station().expects(text("Da chuyen vu viec"));
  police().expects(alert());
}

TEST_F(Relay, WhatWaitsForAFacilityThatLostTheCaseDoesNotReachIt) {
  sandbox().world().later = 1;
  reporter().texts("toi ra san roi");
  station().texts("tu choi " + code);
  sandbox().world().later = 0;
  clock.advance(2min);
  station().expects(declined());
  police().expects(alert());
}

TEST_F(Relay, AfterASilenceATextWaitsForTheAgreedWord) {
  agree({.agreed = "hoa ban"});
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  reporter().texts("alo ai day").expects(nothing());
  station().expects(text("alo ai day"));
  reporter().texts("Hoa Ban nhe").expects(text("minh qua nhe"));
  station().expects(text("Hoa Ban nhe"));
}

TEST_F(Relay, WithoutAnAgreedWordASilenceNeedsACounsellor) {
  agree();
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("im lang da lau"));
  reporter().texts("alo ai day");
  station().expects(text("alo ai day"));
  station().texts(code + " minh qua luc nay").expects(text("im lang da lau"));
  agree();
  station().texts(code + " minh qua bay gio");
  reporter().expects(text("minh qua bay gio"));
}

TEST_F(Relay, AHeldTextSurvivesACrashAndGoesOnce) {
  agree({.agreed = "hoa ban"});
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  crash();
  reporter().texts("hoa ban").expects(text("minh qua nhe"));
  station().expects(text("hoa ban"));
  reporter().texts("hoa ban a").expects(nothing());
  station().expects(text("hoa ban a"));
}

TEST_F(Relay, AHeldTextOfAFacilityThatLostTheCaseIsDropped) {
  agree({.agreed = "hoa ban"});
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  station().texts("tu choi " + code).expects(declined());
  police().expects(alert()).replies("nhan {code}").expects(details());
  reporter().texts("hoa ban").expects(nothing());
  police().expects(text("hoa ban"));
}

TEST_F(Relay, AHeldTextIsNotSentOutsideTheSafeHours) {
  agree({.hours = {"08:00-22:00"}, .agreed = "hoa ban"});
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  clock.advance(1h + 30min);
  renew();
  reporter().texts("hoa ban").expects(nothing());
  station().expects(text("tin cua ban khong den")).expects(text("hoa ban"));
}

TEST_F(Relay, APictureIsRefusedPolitely) {
  agree();
  const std::string octets = "\xef\xbf\xbd\xef\xbf\xbdPNG\x01\x02\x03\x04";
  station().texts(code + " " + octets).expects(text("chi chuyen duoc tin nhan chu"));
  clock.advance(11min);
  reporter().texts(octets).expects(text("Chi doc duoc tin nhan chu"));
  station().expects(text("tin khong doc duoc"));
}

TEST_F(Relay, TwoAnsweringMachinesComeToAnEnd) {
  agree();
  int texts = 0;
  recorder = [&](const Phone&, const gateway::Heard&) { return ++texts > 0; };
  station().texts("Toi dang hop, goi lai sau");
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    const int before = texts;
    reporter().texts("May ban, nhan lai sau " + std::to_string(i));
    station().texts("Toi dang hop, goi lai sau");
    answered += texts > before + 1 ? 1 : 0;
  }
  EXPECT_EQ(answered, 0) << "the same words of a facility go once";
  texts = 0;
  for (int i = 0; i < 50; ++i) station().texts("Toi dang hop " + std::to_string(i));
  EXPECT_LE(texts, 20);
}

TEST_F(Relay, StopWritingToMeStopsTheTextsAndNotTheCase) {
  agree();
  station().texts(code + " chao ban");
  reporter().expects(text("chao ban")).texts("dung nhan tin nua").expects(nothing());  // one answer a window
  station().expects(text("khong muon nhan tin nua"));
  station().texts(code + " ban oi").expects(text("Nguoi nay khong muon nhan tin."));
  EXPECT_NE(write("ban oi"), "");
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 1);
  reporter().texts("no lai den roi").expects(nothing());
  station().expects(text("no lai den roi"));
}

TEST_F(Relay, ADuressWordStopsTheThreadSendsTheCoverAndRaisesTheUrgency) {
  agree({.agreed = "hoa ban", .duress = "rau cai"});
  clock.advance(11min);
  reporter().texts("toi muon mua rau cai").expects(text("het hang"));
  station().expects(text("co the dang bi ep")).expects(text("rau cai"));
  officers_expect(text("co the dang bi ep"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE urgency = 'critical' AND state = 'accepted'"), 1);
  station().texts(code + " ban khoe khong").expects(text("Nguoi nay co the dang bi ep"));
  EXPECT_NE(write("chao ban"), "");
  // The agreed word is not enough any more; a counsellor is.
  reporter().texts("hoa ban").expects(nothing());
  station().expects(text("hoa ban")).texts(code + " ban on khong").expects(text("co the dang bi ep"));
  agree();
  station().texts(code + " ban on chu");
  reporter().expects(text("ban on chu"));
}

TEST_F(Relay, WhoIsConnectedToThePerpetratorIsNotPagedAboutTheDuressWordEither) {
  agree({.duress = "rau cai"});
  on_database([&](storage::Tx& tx) {
    const auto clinic = *tx.value<FacilityId>("SELECT id FROM facility WHERE name = 'Sin Ho clinic'");
    tx.run("INSERT INTO facility_contact (facility_id, ordinal, phone) VALUES ($1, 9, '+84912000191')",
           clinic);
    hotline::add_conflict(tx, hotline::find_case(tx, code)->id, clinic);
    return true;
  });
  clock.advance(11min);
  reporter().texts("toi muon mua rau cai").expects(text("het hang"));
  station().expects(text("co the dang bi ep")).expects(text("rau cai"));
  citizen("0962000192").expects(text("co the dang bi ep"));
  citizen("0912000191").expects(nothing());
}

TEST_F(Relay, AfterTheDuressWordARefusalIsNotConfirmed) {
  agree({.duress = "rau cai"});
  clock.advance(11min);
  reporter().texts("toi muon mua rau cai").expects(text("het hang"));
  station().expects(text("co the dang bi ep")).expects(text("rau cai"));
  officers_expect(text("co the dang bi ep"));
  clock.advance(11min);
  reporter().texts("stop").expects(nothing());  // whoever holds the phone now learns nothing
  station().expects(text("khong muon nhan tin"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out"), 1);
}

TEST_F(Relay, WhoIsInConflictLearnsNoCodeFromAHint) {
  on_database([&](storage::Tx& tx) {
    tx.run(
        "INSERT INTO facility_contact (facility_id, ordinal, phone) SELECT id, 9, '+84912000777' FROM "
        "facility "
        "WHERE name IN ('Sin Ho clinic', 'Than Uyen health station')");
    hotline::add_conflict(tx, hotline::find_case(tx, code)->id,
                          *tx.value<FacilityId>("SELECT id FROM facility WHERE name = 'Sin Ho clinic'"));
    return true;
  });
  const Expected no_code{"a hint without the code",
                         [this](const std::string& told) { return told.find(code) == std::string::npos; }};
  citizen("0912000777").texts("nhan").expects(no_code);
  citizen("0912000777").texts("nhan " + code).expects(unknown_code());
}

TEST_F(Relay, WhatWasHeldIsDroppedWhenTheDuressWordComes) {
  agree({.agreed = "hoa ban", .duress = "rau cai"});
  hold_on();
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  reporter().texts("rau cai").expects(text("het hang"));
  station()
      .expects(text("tin cua ban khong den"))
      .expects(text("co the dang bi ep"))
      .expects(text("rau cai"));
  officers_expect(text("co the dang bi ep"));
  agree({.agreed = "hoa ban"});
  reporter().texts("hoa ban").expects(nothing());
  station().expects(text("hoa ban"));
}

TEST_F(Relay, NoWordAgreedIsKeptInTheClear) {
  agree({.agreed = "canaryword", .duress = "duressword"});
  EXPECT_EQ(count("SELECT COUNT(*) FROM safe_contact WHERE agreed LIKE '%canary%' OR duress LIKE '%duress%'"),
            0);
  EXPECT_EQ(
      count("SELECT COUNT(*) FROM safe_contact WHERE agreed <> '' AND duress <> '' AND agreed <> duress"), 1);
  EXPECT_EQ(log_text().find("canaryword"), std::string::npos);
}

/// The health station and the police have a part of the case each.
class RelayOfMany : public Thread {
 protected:
  RelayOfMany() {
    hotline_settings = "[hotline.contact]\nsilence_s = 600\n[hotline.routing]\nown_track = [\"police\"]\n";
  }
  void SetUp() override {
    Thread::SetUp();
    accepted_report();
    police().expects(alert()).replies("nhan {code}").expects(details());
  }
};

TEST_F(RelayOfMany, WhoHasATrackWritesAndReadsAsLongAsTheyHaveIt) {
  agree();
  police().texts(code + " minh toi nhe");
  reporter().expects(text("minh toi nhe")).texts("toi o san");
  station().expects(text("toi o san")).texts(code + " doi minh nhe");
  police().expects(text("toi o san")).texts("tra lai " + code).expects(text("Da ghi nhan TRA LAI"));
  reporter().expects(text("doi minh nhe"));
  officers_expect(duty_page());
  police().texts(code + " ban oi").expects(not_yours());
  reporter().expects(nothing()).texts("con ai khong");
  station().expects(text("con ai khong"));
  police().expects(nothing());
}

TEST_F(RelayOfMany, OnlyTheHeldTextsOfWhoLeftAreDropped) {
  agree({.agreed = "hoa ban"});
  clock.advance(11min);
  station().texts(code + " minh qua nhe").expects(text("tin duoc giu lai"));
  police().texts(code + " minh toi sau").expects(text("tin duoc giu lai"));
  police().texts("tra lai " + code).expects(text("Da ghi nhan TRA LAI"));
  officers_expect(duty_page());
  clock.advance(2min);
  reporter().texts("hoa ban").expects(text("minh qua nhe")).expects(nothing());
  station().expects(text("hoa ban"));
}

TEST_F(RelayOfMany, TheDuressWordIsToldToAllWhoHelpAndShortensTheirTime) {
  agree({.duress = "rau cai"});
  clock.advance(11min);
  reporter().texts("toi muon mua rau cai").expects(text("het hang"));
  station().expects(text("co the dang bi ep")).expects(text("rau cai"));
  police().expects(text("co the dang bi ep")).expects(text("rau cai"));
  officers_expect(text("co the dang bi ep"));
  clock.advance(20min);
  station().expects(text("con 10 phut"));
  police().expects(text("con 10 phut"));
}

class IdleRelay : public Thread {
 protected:
  IdleRelay() { hotline_settings = "[hotline.contact]\nidle_s = 7200\n"; }
};

TEST_F(IdleRelay, ALaterTextStartsFreshWithoutHistory) {
  accepted_report();
  agree();
  clock.advance(119min);
  renew();
  reporter().texts("van o day");
  station().expects(text("van o day"));
  clock.advance(118min);
  station().expects(nothing());
  clock.advance(3min);
  station().expects(text("da lau khong ai nhan tin"));
  station().texts(code + " chao ban").expects(text("so nay co the da doi chu"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM hold WHERE until IS NULL"), 0) << "nor is their number held";
  // The number is another person's now.
  reporter().texts("bi danh o Sin Ho").expects(acknowledgement());
  auto clinic = facility("Sin Ho clinic").expects(alert()).replies("nhan {code}").expects(details());
  EXPECT_EQ(clinic.last().find("van o day"), std::string::npos) << clinic.last();
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'accepted'"), 2);
}

TEST_F(IdleRelay, WhoRingsKeepsTheirNumber) {
  accepted_report();
  clock.advance(119min);
  renew();
  on_database([&](storage::Tx& tx) {
    return hotline::take_call(tx, engine().desk(), reporter().phone(), hotline::CallKind::missed_call, now())
        .has_value();
  });
  settle();
  station().expects(text(code));
  clock.advance(5min);
  EXPECT_FALSE(the_case().reporter.empty()) << "they wait for a call";
}

}  // namespace
}  // namespace tongdai::test
