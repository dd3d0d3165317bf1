// When a reporter may be written to, by whom, and with which words.
#include "scenario/reporter/thread.hpp"

namespace tongdai::test {
namespace {

using ::tongdai::hotline::Agreement;
using ::tongdai::hotline::Channel;
using ::tongdai::hotline::Content;

class SafeContact : public Thread {};

TEST_F(SafeContact, AFacilitysTextNeedsARecordedSafeContact) {
  accepted_report();
  station().replies("{code} ban khoe khong").expects(text("Chua co cach lien lac an toan"));
  reporter().expects(nothing());
  agree();
  station().texts(code + " ban co khoe khong");
  reporter().expects(text("ban co khoe khong"));
}

TEST_F(SafeContact, WhoIsToBeCalledOrLeftAloneIsNotWrittenTo) {
  accepted_report();
  for (const Agreement& agreement : {Agreement{.channel = Channel::call}, Agreement{.channel = Channel::none},
                                     Agreement{.content = Content::none}}) {
    agree(agreement);
    EXPECT_NE(write("chao ban"), "");
  }
  reporter().expects(nothing());
}

TEST_F(SafeContact, OutsideTheSafeHoursNothingGoesAndTheFacilityIsTold) {
  accepted_report();  // at nine
  agree({.hours = {"18:00-21:00"}});
  station().texts(code + " ban khoe khong").expects(text("Ngoai gio an toan"));
  EXPECT_EQ(write("chao ban"), "it is outside the person's safe hours");
  clock.advance(3h);
  reporter().expects(nothing());
}

TEST_F(SafeContact, ALookSaysBeforeWhatTheSendingWouldSay) {
  accepted_report();
  agree({.hours = {"08:00-10:00"}});
  EXPECT_EQ(look("ban co khoe khong"), "");
  EXPECT_EQ(look("ban bi danh a"), write("ban bi danh a"));
  EXPECT_NE(look("ban bi danh a"), "");
  reporter().expects(nothing());
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE purpose = 'relay_to_reporter'"), 0);
  clock.advance(2h);
  station().expects(nothing());
  EXPECT_EQ(look("ban co khoe khong"), "it is outside the person's safe hours");
}

TEST_F(SafeContact, WithinTheSafeHoursATextGoes) {
  accepted_report();
  agree({.hours = {"08:00-10:00"}});
  station().texts(code + " ban khoe khong");
  reporter().expects(text("ban khoe khong"));
}

TEST_F(SafeContact, WhatWouldComeLateIsDroppedAndTheFacilityTold) {
  accepted_report();
  agree({.hours = {"08:00-09:05"}});
  sandbox().world().throttles = 1;  // the centre says "too fast" to all: no attempt is used up
  station().texts(code + " ban khoe khong");
  clock.advance(6min);
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE purpose = 'relay_to_reporter' AND state = 'expired'"),
            1);
  sandbox().world().throttles = 0;
  clock.advance(20min);
  station().expects(text("tin cua ban khong den"));
  reporter().expects(nothing());
}

TEST_F(SafeContact, WhatTheyAskedToStopAfterItWasQueuedDoesNotLeave) {
  accepted_report();
  agree();
  sandbox().world().later = 1;
  station().texts(code + " ban khoe khong");
  sandbox().world().later = 0;
  reporter().texts("stop").expects(nothing());
  station().expects(text("khong muon nhan tin nua"));
  clock.advance(10min);
  reporter().expects(nothing());
  station().expects(text("tin cua ban khong den"));
}

TEST_F(SafeContact, ASafeContactRunsOutAndIsToBeAgreedAgain) {
  accepted_report();
  agree({.expires_at = now() + 1h});
  clock.advance(61min);
  station().texts(code + " ban khoe khong").expects(text("da het han"));
  reporter().expects(nothing());
}

TEST_F(SafeContact, ACounsellorMayAnswerWhatWasJustWritten) {
  accepted_report();
  EXPECT_EQ(write("Minh doc roi nhe"), "");
  reporter().expects(text("Minh doc roi nhe"));
  clock.advance(15min);
  EXPECT_EQ(write("Minh doc roi nhe"), "no safe contact by text is recorded for this person");
}

TEST_F(SafeContact, WhatIsTypedIsRefusedWithTheWordAndItsPlace) {
  accepted_report();
  agree();
  EXPECT_EQ(write("Ngay mai cong an se den"),
            "the word \"cong an\" at character 10 is on the sensitive list: say it without that word");
  EXPECT_EQ(write("Ngay mai c o n g a n se den"),
            "the word \"cong an\" at character 10 is on the sensitive list: say it without that word");
  station().texts(code + " Ngay mai công-an se den").expects(text("Tu \"cong an\" (ky tu 10)"));
  station()
      .texts(code + " Den Than Uyen health station nhe")
      .expects(text("Co ten \"Than Uyen health station\" (ky tu 5)"));
  station().texts(code + " xem laichau.gov.vn").expects(text("duong dan o ky tu 5"));
  station().texts(code + " ma cua ban la " + code).expects(text("so dai o ky tu 15"));
  station().texts(code + " Sao lai danh o Than Uyen?").expects(text("nhac lai loi nguoi nay"));
  reporter().expects(nothing());
}

TEST_F(SafeContact, ExplicitTextsNeedTheirConsentAndNeverQuote) {
  accepted_report();
  const auto refused = on_database([&](storage::Tx& tx) {
    return hotline::record_contact(tx, engine().desk(), *hotline::find_case(tx, code),
                                   {.content = Content::explicit_}, now());
  });
  EXPECT_EQ(refused.error().what, "content: explicit needs the person's consent");
  agree({.content = Content::explicit_, .has_consented = true});
  EXPECT_EQ(write("Cong an se den luc 10 gio"), "");
  reporter().expects(text("Cong an se den"));
  EXPECT_NE(write("Ban viet: toi bi danh o Than Uyen"), "");
}

TEST_F(SafeContact, WhomAReportTellsOfIsNeverWrittenTo) {
  reporter().texts("chi gai toi bi danh o Than Uyen, so chi ay 0987654321").expects(acknowledgement());
  station().expects(alert()).replies("nhan {code}").expects(details());
  code = station().code();
  agree();
  const auto why = on_database([&](storage::Tx& tx) {
    outbox::Draft draft;
    draft.purpose = outbox::Purpose::relay_to_reporter;
    draft.to = Phone::stored("+84987654321");
    draft.text = "chao ban";
    draft.case_id = hotline::find_case(tx, code)->id;
    return engine().door().admit(tx, draft, now()).error().detail;
  });
  EXPECT_EQ(why, "this number is not that of the case's reporter");
  station().texts(code + " chao ban");
  reporter().expects(text("chao ban"));
  citizen("0987654321").expects(nothing());
  station().texts("xong " + code).expects(closed());
  citizen("0987654321").expects(nothing());
}

TEST_F(SafeContact, AClosedCaseSendsNothing) {
  accepted_report();
  agree();
  station().texts("xong " + code).expects(closed());
  EXPECT_NE(write("chao ban"), "");
  station().texts(code + " chao ban").expects(unknown_code());
  reporter().expects(nothing());
}

class BrandGateway : public Thread {
 protected:
  BrandGateway() {
    gateway_settings =
        "[[gateway]]\nname = \"brand\"\nadapter = \"sandbox\"\nrate = 10\nsource = \"LAICHAU\"\n"
        "sender_is_discreet = false\n[[route]]\npurpose = [\"relay_to_reporter\"]\ngateways = [\"brand\"]\n";
  }
};

TEST_F(BrandGateway, AFacilitysTextNeverGoesThroughASenderThatShowsABrand) {
  accepted_report();
  agree();
  station().texts(code + " chao ban").expects(text("khong gui duoc tin nay"));
  reporter().expects(nothing());
}

}  // namespace
}  // namespace tongdai::test
