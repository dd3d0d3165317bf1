// What a report suggests, and reports that come as calls: kept with the case, acted upon, and never said to
// anybody.
#include <sstream>

#include "directory/place_import.hpp"
#include "hotline/calls.hpp"
#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using hotline::CallKind;

class Intake : public Scenario {
 protected:
  hotline::CaseView only_case() {
    return on_database([](storage::Tx& tx) {
      return hotline::show_case(tx, tx.value<std::string>("SELECT code FROM hotline_case").value()).value();
    });
  }
  bool suggests(hotline::recognition::Kind kind, std::string_view value, std::size_t from,
                std::size_t length) {
    return std::ranges::any_of(only_case().suggestions, [&](const auto& s) {
      return s.finding.kind == kind && s.finding.value == value && s.finding.from == from &&
             s.finding.length == length;
    });
  }
  bool call(std::string_view number, CallKind kind = CallKind::missed_call) {
    const auto taken = on_database([&](storage::Tx& tx) {
      return hotline::take_call(tx, engine().desk(), citizen(number).phone(), kind, now());
    });
    settle();
    return taken.value().opened;
  }
  void call_back() {
    const auto id = only_case().c.id;
    ASSERT_TRUE(on_database(
        [&](storage::Tx& tx) { return hotline::call_back_made(tx, engine().desk(), id, now()); }));
  }
  void expect_duty_pages() {
    for (const char* officer : {"0912000191", "0962000192"}) citizen(officer).expects(duty_page());
  }
};

TEST_F(Intake, WhatATextSuggestsIsKeptWithTheWordsThatLedToIt) {
  using hotline::recognition::Kind;
  citizen("0912345678").texts("Chồng em cầm dao, ở Than Uyên").expects(acknowledgement());
  facility("Than Uyen health station").expects(nothing());
  facility("Than Uyen police").expects(alert());
  EXPECT_TRUE(suggests(Kind::urgency, "weapon", 9, 7));
  EXPECT_TRUE(suggests(Kind::place, "03595", 20, 9));
  EXPECT_TRUE(suggests(Kind::language, "vi", 0, 0));
  EXPECT_EQ(only_case().c.urgency, hotline::Urgency::critical);
  EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE unseal(key_id, sealed_text, text) = 'Chồng em cầm dao, "
                  "ở Than Uyên'"),
            1);
}

TEST_F(Intake, SuggestionsHoldNoWordsOfTheText) {
  citizen("0912345678").texts("toi la Lo Thi May bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  EXPECT_FALSE(only_case().suggestions.empty());
  for (const auto& s : only_case().suggestions) {
    EXPECT_EQ(s.finding.value.find(' '), std::string::npos);
    EXPECT_EQ(s.finding.value.find("danh"), std::string::npos);
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_suggestion WHERE value <> ''"), 0) << "it is sealed as well";
}

TEST_F(Intake, ALaterTextAddsItsOwn) {
  citizen("0912345678").texts("toi bi danh o Than Uyen").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
  citizen("0912345678").texts("no dang cam dao");
  EXPECT_EQ(only_case().c.urgency, hotline::Urgency::critical);
  EXPECT_EQ(count("SELECT COUNT(DISTINCT inbound_id) FROM case_suggestion"), 2);
}

TEST_F(Intake, AVillageLeadsToItsCommune) {
  on_database([this](storage::Tx& tx) {
    std::istringstream csv("name,type,unit\nNà Phát,Bản,03595\n");
    return directory::import_places(tx, engine().ids(), csv, now()).value().imported;
  });
  citizen("0912345678").texts("toi bi danh o ban na phat").expects(acknowledgement());
  facility("Than Uyen health station").expects(alert());
}

TEST_F(Intake, AMissedCallIsAReportAndNothingGoesToTheCaller) {
  EXPECT_TRUE(call("0912345678"));
  expect_duty_pages();
  citizen("0912345678").expects(nothing());
  EXPECT_EQ(only_case().c.urgency, hotline::Urgency::high);
  EXPECT_EQ(only_case().call_back->state, hotline::CallBackState::needed);
}

TEST_F(Intake, WhoRingsAgainJoinsTheirOpenCase) {
  EXPECT_TRUE(call("0912345678"));
  expect_duty_pages();
  EXPECT_FALSE(call("0912345678", CallKind::please_call));
  EXPECT_EQ(only_case().call_back->calls, 2);
  EXPECT_TRUE(call("0987654321")) << "another number is another case";
  expect_duty_pages();
}

TEST_F(Intake, WhoHoldsTheCaseIsToldOfACallOnceUntilItWasAnswered) {
  citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
  auto station =
      facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  call("0912345678");
  station.expects(text("Cuoc goi nho"));
  call("0912345678");
  call("0912345678");
  station.expects(nothing());
  call_back();
  EXPECT_EQ(only_case().call_back->state, hotline::CallBackState::made);
  call("0912345678", CallKind::please_call);
  station.expects(text("xin goi lai"));
}

TEST_F(Intake, AMachineIsNoCaller) {
  const auto taken = on_database([&](storage::Tx& tx) {
    return hotline::take_call(tx, engine().desk(), Phone::stored("113"), CallKind::missed_call, now());
  });
  EXPECT_EQ(taken.error().code, Code::invalid);
}

}  // namespace
}  // namespace tongdai::test
