// What a facility's people see when they sign in, and what they answer there.
#include "hotline/own_referrals.hpp"

#include "hotline/queries.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using hotline::Deed;
using hotline::OwnReferral;
using hotline::ReferralState;

constexpr const char* station_name = "Than Uyen health station";
constexpr const char* police_name = "Than Uyen police";

class OwnReferrals : public Scenario {
 protected:
  OwnReferrals() { guard_interval = lateness = 10s; }

  /// A report of which the station is asked: its code.
  std::string report() {
    citizen("0912345678").texts("toi bi danh, o Than Uyen").expects(acknowledgement());
    return facility(station_name).expects(alert()).code();
  }
  FacilityId id_of(const std::string& name) {
    return on_database([&](storage::Tx& tx) {
      return tx.value<FacilityId>("SELECT id FROM facility WHERE name = $1", name).value();
    });
  }
  std::optional<OwnReferral> seen_by(const std::string& name, const std::string& code) {
    const FacilityId id = id_of(name);
    return on_database([&](storage::Tx& tx) { return hotline::own_referral(tx, id, code); });
  }
  std::size_t listed_for(const std::string& name) {
    const FacilityId id = id_of(name);
    return on_database([&](storage::Tx& tx) { return hotline::own_referrals(tx, id).size(); });
  }
  /// The error's code, or nothing if it was done.
  std::optional<Code> answers(const std::string& name, const std::string& code, Deed deed) {
    const FacilityId id = id_of(name);
    const auto done = on_database([&](storage::Tx& tx) {
      return hotline::answer_referral(tx, engine().desk(), id, code, deed, "", now());
    });
    return done ? std::nullopt : std::optional(done.error().code);
  }
  std::optional<Code> finishes(const std::string& name, const std::string& code) {
    const FacilityId id = id_of(name);
    const auto done = on_database(
        [&](storage::Tx& tx) { return hotline::finish_referral(tx, engine().desk(), id, code, "", now()); });
    return done ? std::nullopt : std::optional(done.error().code);
  }
  std::string owner(const std::string& code) {
    return on_database([&](storage::Tx& tx) { return hotline::show_case(tx, code).value().owner; });
  }
};

TEST_F(OwnReferrals, WhoIsAskedSeesThePlaceAndWhoIsNotSeesNoCase) {
  const std::string code = report();
  const auto seen = seen_by(station_name, code);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->state, ReferralState::alerted);
  EXPECT_TRUE(seen->is_live);
  EXPECT_FALSE(seen->unit_name.empty());
  EXPECT_EQ(listed_for(station_name), 1U);
  EXPECT_FALSE(seen_by(police_name, code)) << "its turn has not come";
  EXPECT_EQ(listed_for(police_name), 0U);
  for (const Deed deed : {Deed::accept, Deed::decline, Deed::progress, Deed::hand_back, Deed::transfer}) {
    EXPECT_EQ(answers(police_name, code, deed), Code::not_found);
  }
  EXPECT_EQ(finishes(police_name, code), Code::not_found);
  EXPECT_EQ(answers(police_name, "999999", Deed::accept), Code::not_found);
}

TEST_F(OwnReferrals, OfTwoWhoAcceptExactlyOneWins) {
  const std::string code = report();
  clock.advance(10min);
  facility(police_name).expects(alert());
  EXPECT_EQ(answers(police_name, code, Deed::accept), std::nullopt);
  facility(police_name).expects(details());
  facility(station_name).expects(taken_by_another());
  EXPECT_EQ(owner(code), police_name);
  EXPECT_TRUE(answers(station_name, code, Deed::accept));
  const auto seen = seen_by(station_name, code);
  ASSERT_TRUE(seen);
  EXPECT_FALSE(seen->is_live);
  EXPECT_EQ(seen->unit_name, "") << "another has it";
  EXPECT_EQ(listed_for(station_name), 0U);
}

TEST_F(OwnReferrals, WhoHasItSaysThatTheyAreAtItAndWhenItIsDone) {
  const std::string code = report();
  EXPECT_EQ(answers(station_name, code, Deed::progress), Code::not_allowed);
  EXPECT_EQ(finishes(station_name, code), Code::not_allowed);
  EXPECT_EQ(answers(station_name, code, Deed::accept), std::nullopt);
  facility(station_name).expects(details());
  EXPECT_TRUE(seen_by(station_name, code)->due_at);
  EXPECT_EQ(answers(station_name, code, Deed::progress), std::nullopt);
  EXPECT_EQ(finishes(station_name, code), std::nullopt);
  const auto seen = seen_by(station_name, code);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->state, ReferralState::closed);
  EXPECT_FALSE(seen->is_live);
}

TEST_F(OwnReferrals, WhoSaidNoMayTakeItAfterAllWhileNobodyHasIt) {
  const std::string code = report();
  EXPECT_EQ(answers(station_name, code, Deed::decline), std::nullopt);
  facility(police_name).expects(alert());
  EXPECT_EQ(answers(station_name, code, Deed::accept), std::nullopt);
  facility(station_name).expects(details());
  facility(police_name).expects(taken_by_another());
}

TEST_F(OwnReferrals, WhoGaveItOnReadsNothingOfItAnyMore) {
  const std::string code = report();
  facility(station_name).replies("nhan {code}").expects(details());
  facility(station_name).replies("chuyen " + code + " cong an").expects(text("Da chuyen vu viec"));
  facility(police_name).expects(alert());
  EXPECT_FALSE(seen_by(station_name, code));
  EXPECT_EQ(answers(station_name, code, Deed::accept), Code::not_found);
}

TEST_F(OwnReferrals, WhoIsInConflictLearnsNothing) {
  const std::string code = report();
  const FacilityId station = id_of(station_name);
  on_database([&](storage::Tx& tx) {
    hotline::add_conflict(tx, hotline::find_case(tx, code)->id, station);
    return 0;
  });
  EXPECT_FALSE(seen_by(station_name, code));
  EXPECT_EQ(listed_for(station_name), 0U);
  EXPECT_EQ(answers(station_name, code, Deed::accept), Code::not_found);
}

}  // namespace
}  // namespace tongdai::test
