#pragma once

#include "hotline/reporter/thread.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {

/// A report that a facility has accepted, and who may write to whom.
class Thread : public Scenario {
 protected:
  Thread() { guard_interval = lateness = 10s; }  // silences last for hours

  static constexpr const char* number = "0912345678";
  Handset reporter() { return citizen(number); }
  Handset station() { return facility("Than Uyen health station"); }
  Handset police() { return facility("Than Uyen police"); }

  /// The health station has the case.
  void accepted_report() {
    reporter().texts("toi bi danh, o Than Uyen").expects(acknowledgement());
    station().expects(alert()).replies("nhan {code}").expects(details());
    code = station().code();
  }
  hotline::Case the_case() {
    return on_database([this](storage::Tx& tx) { return hotline::find_case(tx, code).value(); });
  }
  /// What a counsellor agreed with the reporter.
  void agree(hotline::Agreement agreement = {}) {
    const auto done = on_database([&](storage::Tx& tx) {
      return hotline::record_contact(tx, engine().desk(), *hotline::find_case(tx, code), agreement, now());
    });
    EXPECT_TRUE(done) << done.error().what;
    settle();
  }
  /// A counsellor writes. "" if it went, else why not.
  std::string write(const std::string& words) {
    const auto sent = on_database([&](storage::Tx& tx) {
      return hotline::write_to_reporter(tx, engine().desk(), *hotline::find_case(tx, code), {}, words, now());
    });
    settle();
    return sent ? "" : sent.error().print();
  }
  /// What a look at these words says: "" if they would go.
  std::string look(const std::string& words) {
    const auto passage = on_database([&](storage::Tx& tx) {
      return hotline::rehearse(tx, engine().desk(), *hotline::find_case(tx, code), {}, words, now());
    });
    return passage ? "" : passage.error().print();
  }
  /// A sign of life: the station keeps the case.
  void renew() { station().texts("nhan " + code).expects(details()); }
  /// The reporter is silent for twelve hours, while the station works on.
  void hold_on() {
    for (int i = 0; i < 4; ++i) {
      clock.advance(3h);
      renew();
    }
  }
  void officers_expect(const Expected& expected) {
    citizen("0912000191").expects(expected);
    citizen("0962000192").expects(expected);
  }

  std::string code;
};

}  // namespace tongdai::test
