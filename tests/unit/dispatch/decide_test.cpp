#include "dispatch/decide.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tongdai::dispatch {
namespace {

using gateway::Outcome;
using outbox::Purpose;

/// One case of the table: who, how it went, and what is decided, in words.
struct Case {
  Purpose purpose = Purpose::campaign;
  Outcome outcome = Outcome::accepted;
  int attempts = 1;
  std::string gateway = "a";
  std::vector<std::string> route{"a", "b"};
  bool pinned = false;
  bool deduplicates = false;
  Duration after{};  ///< asked for by the gateway
};

/// "accept", "give up", "lose sight", or "back to GATEWAY in N ms[, free]"; the backoff in force is 7000 ms.
std::string decision(const Case& c) {
  outbox::Claimed message;
  message.purpose = c.purpose;
  message.attempts = c.attempts;
  message.pinned = c.pinned;
  gateway::SubmitResult result;
  result.outcome = c.outcome;
  result.after = c.after;
  struct Words {
    std::string operator()(const Accept&) const { return "accept"; }
    std::string operator()(const GiveUp&) const { return "give up"; }
    std::string operator()(const LoseSight&) const { return "lose sight"; }
    std::string operator()(const PutBack& p) const {
      return "back to " + p.gateway + " in " + std::to_string(p.after.count()) + " ms" +
             (p.counts ? "" : ", free");
    }
  };
  return std::visit(Words{}, decide(message, result, c.gateway, c.route, c.deduplicates, 7s));
}

TEST(DecideTest, AcceptedIsAccepted) {
  EXPECT_EQ(decision({}), "accept");
}

TEST(DecideTest, LaterWaitsTheBackoffAndCosts) {
  EXPECT_EQ(decision({.outcome = Outcome::retry_later}), "back to a in 7000 ms");
}

TEST(DecideTest, LaterWaitsAtLeastAsLongAsTheGatewayAsked) {
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .after = 60s}), "back to a in 60000 ms");
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .after = 1s}), "back to a in 7000 ms");
}

TEST(DecideTest, AfterThreeTimesLaterTheNextGatewayIsTried) {
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .attempts = 2}), "back to a in 7000 ms");
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .attempts = 3}), "back to b in 7000 ms");
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .attempts = 6, .gateway = "b"}),
            "back to a in 7000 ms");
}

TEST(DecideTest, LaterEndsWithThePurposesAttempts) {
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .attempts = 7}), "back to a in 7000 ms");
  EXPECT_EQ(decision({.outcome = Outcome::retry_later, .attempts = 8}), "give up");
  EXPECT_EQ(decision({.purpose = Purpose::reporter_reply, .outcome = Outcome::retry_later, .attempts = 5}),
            "give up");
  EXPECT_EQ(decision({.purpose = Purpose::facility_alert, .outcome = Outcome::retry_later, .attempts = 19}),
            "back to a in 7000 ms");
  EXPECT_EQ(decision({.purpose = Purpose::facility_alert, .outcome = Outcome::retry_later, .attempts = 20}),
            "give up");
}

TEST(DecideTest, ThrottledStaysAndCostsNothingHoweverOften) {
  EXPECT_EQ(decision({.outcome = Outcome::throttled}), "back to a in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::throttled, .attempts = 100}), "back to a in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::throttled, .after = 5s}), "back to a in 5000 ms, free");
}

TEST(DecideTest, UnreachableGoesToTheNextGatewayRoundTheRouteAndCostsNothing) {
  EXPECT_EQ(decision({.outcome = Outcome::unreachable}), "back to b in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::unreachable, .gateway = "b"}), "back to a in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::unreachable, .attempts = 100}), "back to b in 1000 ms, free");
}

TEST(DecideTest, UnreachableWaitsWhereThereIsNoOther) {
  EXPECT_EQ(decision({.outcome = Outcome::unreachable, .route = {"a"}}), "back to a in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::unreachable, .pinned = true}), "back to a in 1000 ms, free");
  EXPECT_EQ(decision({.outcome = Outcome::unreachable, .gateway = "gone"}), "back to gone in 1000 ms, free");
}

TEST(DecideTest, RejectedIsTriedOnceThroughEachLaterGateway) {
  EXPECT_EQ(decision({.outcome = Outcome::rejected}), "back to b in 0 ms");
  EXPECT_EQ(decision({.outcome = Outcome::rejected, .gateway = "b"}), "give up");
}

TEST(DecideTest, RejectedEndsWhereThereIsNoOther) {
  EXPECT_EQ(decision({.outcome = Outcome::rejected, .route = {"a"}}), "give up");
  EXPECT_EQ(decision({.outcome = Outcome::rejected, .pinned = true}), "give up");
}

TEST(DecideTest, UncertainIsResentOnlyWhereThePurposeSaysSo) {
  for (const Purpose p : {Purpose::reporter_reply, Purpose::facility_alert, Purpose::relay_to_facility,
                          Purpose::operator_code}) {
    EXPECT_EQ(decision({.purpose = p, .outcome = Outcome::uncertain}), "back to a in 7000 ms") << name_of(p);
  }
  for (const Purpose p : {Purpose::campaign, Purpose::relay_to_reporter}) {
    EXPECT_EQ(decision({.purpose = p, .outcome = Outcome::uncertain}), "lose sight") << name_of(p);
  }
}

TEST(DecideTest, UncertainIsResentWhereTheGatewayDeduplicates) {
  EXPECT_EQ(decision({.outcome = Outcome::uncertain, .deduplicates = true}), "back to a in 7000 ms");
}

TEST(DecideTest, UncertainForeverIsLostSightOfAndNeverCalledFailed) {
  EXPECT_EQ(decision({.purpose = Purpose::facility_alert, .outcome = Outcome::uncertain, .attempts = 20}),
            "lose sight");
}

}  // namespace
}  // namespace tongdai::dispatch
