// Nobody who sees a campaign learns who reported: a hold because of an open case is like any other.
#include "campaigns/accounts.hpp"
#include "outbox/rest.hpp"
#include "scenario/scenario.hpp"

#include <fmt/format.h>

#include <vector>

namespace tongdai::test {
namespace {

class LeftAlone : public Scenario {
 protected:
  static constexpr int people = 60;
  LeftAlone() { guard_interval = 1min; }  // weeks go by
  static constexpr const char* toml = R"(
title = "Thang hanh dong"
class = "social_policy"
[audience]
groups = ["phu-nu"]
[[text]]
body = "Cham dut bao luc"
)";

  void SetUp() override {
    Scenario::SetUp();
    std::string csv = "phone,groups\n";
    for (int i = 0; i < people; ++i) csv += fmt::format("09880{:05},phu-nu\n", i);
    add_contacts(csv);
  }
  Handset person(int i) { return citizen(fmt::format("09880{:05}", i)); }
  outbox::Rest rest() {
    return outbox::Rest(on_database([](storage::Tx& tx) { return outbox::rest_key(tx); }), resting_percent);
  }
  Handset reports(int i) {
    person(i).texts("toi bi danh o Than Uyen").expects(acknowledgement());
    return facility("Than Uyen health station").expects(alert()).replies("nhan {code}").expects(details());
  }
  /// What the campaign's accounts say of a person, the place in the list apart.
  std::string line_of(CampaignId id, const Phone& phone) {
    return on_database([&](storage::Tx& tx) {
      std::string found;
      for (const campaigns::AccountLine& line : campaigns::lines_after(tx, id, 0, people)) {
        if (line.phone != phone) continue;
        found = fmt::format("{} {} {} {} {}", line.state, line.reason, to_string(line.message), line.parts,
                            line.at.has_value());
      }
      return found;
    });
  }
};

class LeftAloneAmongMany : public LeftAlone {
 protected:
  LeftAloneAmongMany() { resting_percent = 40; }
};

TEST_F(LeftAloneAmongMany, WhoHasACaseIsOneOfThoseWhoRest) {
  const outbox::Rest resting = rest();
  int reporter = 0;
  while (resting.rests(person(reporter).phone(), now())) ++reporter;
  reports(reporter);
  const auto id = launch(toml);
  const TimePoint launched = now();
  clock.advance(3min);
  std::vector<int> left_alone;
  for (int i = 0; i < people; ++i) {
    // A rest that begins or ends in these minutes may have come before or after the text.
    if (resting.rests(person(i).phone(), launched) != resting.rests(person(i).phone(), now())) {
      if (unread(person(i)) > 0) person(i).expects(text("Cham dut bao luc"));
      continue;
    }
    if (i == reporter || resting.rests(person(i).phone(), now())) {
      person(i).expects(nothing());
      left_alone.push_back(i);
    } else {
      person(i).expects(text("Cham dut bao luc"));
    }
  }
  ASSERT_GT(left_alone.size(), 5U);
  for (const int i : left_alone) {
    EXPECT_EQ(line_of(id, person(i).phone()), line_of(id, person(reporter).phone()));
    EXPECT_EQ(line_of(id, person(i).phone()), "suppressed held 0 0 false");
  }
}

TEST_F(LeftAloneAmongMany, WhatStandsInAQueueIsStoppedForBothInOneWay) {
  const outbox::Rest resting = rest();
  // Somebody whose rest begins within the day, and somebody who does not rest before tomorrow's end.
  std::optional<int> tired, reporter;
  const auto rests_at = [&](int i, Duration later) {
    return resting.rests(person(i).phone(), now() + later);
  };
  for (int i = 0; i < 5000; ++i) {
    if (rests_at(i, 0s)) continue;
    if (!tired && rests_at(i, 23h)) tired = i;
    if (!reporter && !rests_at(i, 12h) && !rests_at(i, 23h) && !rests_at(i, 25h)) reporter = i;
  }
  ASSERT_TRUE(tired && reporter);
  on_database([&](storage::Tx& tx) {
    for (const int i : {*tired, *reporter}) {
      outbox::Draft draft;
      draft.to = person(i).phone();
      draft.text = "Cham dut bao luc";
      draft.not_before = now() + 23h;
      EXPECT_TRUE(engine().door().admit(tx, draft, now()));
    }
    return true;
  });
  reports(*reporter).replies("xong {code}").expects(closed());
  clock.advance(24h);
  EXPECT_EQ(count("SELECT COUNT(*) FROM message WHERE purpose = 'campaign' AND state = 'suppressed' AND "
                  "reason = 'held' AND attempts = 0"),
            2);
}

TEST_F(LeftAlone, AClosedCaseHoldsToTheEndOfItsWeekAndSendsNothingThen) {
  const TimePoint reported = now();
  reports(0).replies("xong {code}").expects(closed());
  EXPECT_EQ(count("SELECT COUNT(*) FROM hotline_case WHERE state = 'closed'"), 1);
  const auto blast = [&] {
    const auto id = launch(toml);
    clock.advance(3min);
    for (int i = 1; i < people; ++i) person(i).expects(text("Cham dut bao luc"));
    return line_of(id, person(0).phone());
  };
  clock.advance(6 * 24h);
  EXPECT_EQ(blast(), "suppressed held 0 0 false");
  person(0).expects(nothing());
  clock.advance(reported + 7 * 24h + 1min - now());
  person(0).expects(nothing());  // the end of a hold is silent
  EXPECT_TRUE(blast().starts_with("delivered  "));
  person(0).expects(text("Cham dut bao luc"));
}

}  // namespace
}  // namespace tongdai::test
