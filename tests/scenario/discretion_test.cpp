// No one is harmed by a message: what goes to a reporter's phone.
#include "campaigns/campaign_state.hpp"
#include "outbox/suppression.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

class Discretion : public Scenario {
 protected:
  /// What the door says to a text for a reporter's phone.
  std::optional<outbox::Refusal> refusal(const std::string& words) {
    return on_database([&](storage::Tx& tx) -> std::optional<outbox::Refusal> {
      outbox::Draft draft;
      draft.purpose = outbox::Purpose::reporter_reply;
      draft.to = Phone::stored("+84912345678");
      draft.text = words;
      draft.in_reply_to = tx.value<InboundId>("SELECT MAX(id) FROM inbound").value_or(InboundId{});
      const auto admitted = engine().door().admit(tx, draft, now());
      if (admitted) return std::nullopt;
      return admitted.error().why;
    });
  }
  void a_report() {
    citizen("0912345678").texts("toi bi chong danh o Than Uyen").expects(acknowledgement());
    facility("Than Uyen health station").expects(alert());
  }
};

TEST_F(Discretion, NoSensitiveWordGoesToAReporter) {
  a_report();
  for (const char* words :
       {"Bạo lực gia đình", "BAO LUC", "cong an se den", "goi den nha tam lanh", "the police come"}) {
    EXPECT_EQ(refusal(words), outbox::Refusal::forbidden_text) << words;
  }
}

TEST_F(Discretion, NoFacilitysNameCodeOrLinkGoesToAReporter) {
  a_report();
  for (const char* words :
       {"hay den Than Uyen Police", "ma so 482913", "xem http://a.b/c", "xem www.laichau.gov.vn"}) {
    EXPECT_EQ(refusal(words), outbox::Refusal::forbidden_text) << words;
  }
}

TEST_F(Discretion, WhatTheReporterWroteIsNeverQuoted) {
  a_report();
  EXPECT_EQ(refusal("ban noi: toi bi chong danh"), outbox::Refusal::forbidden_text);
  EXPECT_EQ(refusal("chao ban"), std::nullopt);
  citizen("0912345678").expects(text("chao ban"));
}

TEST_F(Discretion, AReplyNeedsATextThatIsOnDisk) {
  EXPECT_EQ(refusal("chao ban"), outbox::Refusal::not_safe);
}

TEST_F(Discretion, TheSystemStartsNoTextToAReporterWithoutSafeContact) {
  a_report();
  const auto why = on_database([&](storage::Tx& tx) {
    outbox::Draft draft;
    draft.purpose = outbox::Purpose::relay_to_reporter;
    draft.to = Phone::stored("+84912345678");
    draft.text = "chao ban";
    return engine().door().admit(tx, draft, now()).error().why;
  });
  EXPECT_EQ(why, outbox::Refusal::not_safe);
}

TEST_F(Discretion, AtMostOneAutomaticReplyInTheWindow) {
  citizen("0912345678").texts("cuu toi").expects(question_of_place());
  citizen("0912000191").expects(duty_page());
  citizen("0962000192").expects(duty_page());
  for (int i = 0; i < 5; ++i)
    citizen("0912345678").texts("cuu toi voi " + std::to_string(i)).expects(nothing());
}

TEST_F(Discretion, MachinesAreNeverAnswered) {
  for (const char* sender : {"113", "900", "VIETTEL", "19001234"}) {
    citizen(sender).texts("toi bi danh o Than Uyen").expects(nothing());
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound"), 4);  // kept all the same
}

TEST_F(Discretion, TwoMachinesNeverTalkInALoop) {
  // An answering machine on a facility's phone.
  citizen("0912345678").texts("bi danh o Than Uyen").expects(acknowledgement());
  auto station = facility("Than Uyen health station").expects(alert());
  station.texts("Toi dang hop, se goi lai sau").expects(hint());
  for (int i = 0; i < 5; ++i) station.texts("Toi dang hop, se goi lai sau").expects(nothing());
}

TEST_F(Discretion, ARefusalOfCampaignsIsAWholeMessage) {
  citizen("0912345678").texts("STOP").expects(opt_out_confirmed());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case"), 0);
  citizen("0987654321").texts("bao no stop di, toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out"), 1);
}

TEST_F(Discretion, WhoRefusedCampaignsCanReportAndStaysRefused) {
  citizen("0912345678").texts("stop").expects(opt_out_confirmed());
  clock.advance(11min);
  a_report();
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out"), 1);
}

TEST_F(Discretion, NoLogLineHoldsANumberOrAWord) {
  citizen("0912345678").texts("canarybird toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  sandbox().drop_link(5s);
  clock.advance(10s);
  EXPECT_EQ(log_text().find("912345678"), std::string::npos);
  EXPECT_EQ(log_text().find("canarybird"), std::string::npos);
}

class DiscreetGateway : public Scenario {
 protected:
  DiscreetGateway() {
    gateway_settings =
        "[[gateway]]\nname = \"brand\"\nadapter = \"sandbox\"\nrate = 10\nsource = \"LAICHAU\"\n"
        "sender_is_discreet = false\n[[route]]\npurpose = [\"reporter_reply\"]\ngateways = [\"brand\"]\n";
  }
};

TEST_F(DiscreetGateway, NothingGoesToAReporterThroughAGatewayThatShowsABrand) {
  citizen("0912345678").texts("toi bi danh o Than Uyen").expects(nothing());
  facility("Than Uyen health station").expects(alert());
}

}  // namespace
}  // namespace tongdai::test
