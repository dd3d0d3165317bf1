#include "dispatch/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tongdai::dispatch {
namespace {

using outbox::Purpose;
using testing::ElementsAre;
using testing::IsEmpty;

const Phone viettel_phone = Phone::stored("+84962345678");
const Phone other_phone = Phone::stored("+84912345678");
const Phone chinese_phone = Phone::stored("+8613812345678");

/// "viettel" and "backup" are plain, "modem" is discreet and deduplicates.
Routes make(std::vector<Route> routes) {
  gateway::Capabilities plain;
  gateway::Capabilities discreet;
  discreet.sender_is_discreet = true;
  discreet.deduplicates = true;
  discreet.limits.parts_max = 3;
  discreet.limits.unicode = false;
  discreet.limits.forbidden = "{";
  return {std::move(routes), {{"viettel", plain}, {"backup", plain}, {"modem", discreet}}};
}

std::string chosen(const Routes& routes, Purpose purpose, const Phone& to, std::string_view pinned = "") {
  const auto choice = routes.choose(purpose, to, pinned);
  return choice ? choice->gateway : "none";
}

TEST(RoutesTest, TheFirstMatchWins) {
  const Routes routes = make({{{}, {"8496"}, {"viettel"}}, {{}, {"84"}, {"backup"}}, {{}, {}, {"modem"}}});
  EXPECT_EQ(chosen(routes, Purpose::campaign, viettel_phone), "viettel");
  EXPECT_EQ(chosen(routes, Purpose::campaign, other_phone), "backup");
  EXPECT_EQ(chosen(routes, Purpose::campaign, chinese_phone), "modem");
}

TEST(RoutesTest, ALaterRouteIsNotTriedWhenTheFirstMatchHasNobodyAble) {
  const Routes routes = make({{{Purpose::reporter_reply}, {}, {"viettel"}}, {{}, {}, {"modem"}}});
  EXPECT_EQ(chosen(routes, Purpose::reporter_reply, other_phone), "none");
}

TEST(RoutesTest, APurposeHasItsOwnRoute) {
  const Routes routes =
      make({{{Purpose::campaign, Purpose::operator_code}, {}, {"backup"}}, {{}, {}, {"viettel"}}});
  EXPECT_EQ(chosen(routes, Purpose::campaign, other_phone), "backup");
  EXPECT_EQ(chosen(routes, Purpose::operator_code, other_phone), "backup");
  EXPECT_EQ(chosen(routes, Purpose::facility_alert, other_phone), "viettel");
}

TEST(RoutesTest, AShortCodeIsMatchedAsItIsDialled) {
  const Routes routes = make({{{}, {"84"}, {"viettel"}}, {{}, {"113"}, {"backup"}}});
  EXPECT_EQ(chosen(routes, Purpose::facility_alert, Phone::stored("113")), "backup");
}

TEST(RoutesTest, NoRouteIsNoGateway) {
  EXPECT_EQ(chosen(make({}), Purpose::campaign, other_phone), "none");
  EXPECT_EQ(chosen(make({{{}, {"856"}, {"viettel"}}}), Purpose::campaign, other_phone), "none");
}

TEST(RoutesTest, CandidatesAreInTheRoutesOrder) {
  const Routes routes = make({{{}, {}, {"backup", "viettel", "modem"}}});
  EXPECT_THAT(routes.candidates(Purpose::campaign, other_phone), ElementsAre("backup", "viettel", "modem"));
}

TEST(RoutesTest, AnAnswerToAReporterSkipsGatewaysThatAreNotDiscreet) {
  const Routes routes = make({{{}, {}, {"viettel", "modem"}}});
  EXPECT_EQ(chosen(routes, Purpose::reporter_reply, other_phone), "modem");
  EXPECT_EQ(chosen(routes, Purpose::relay_to_reporter, other_phone), "modem");
  EXPECT_THAT(routes.candidates(Purpose::reporter_reply, other_phone), ElementsAre("modem"));
}

TEST(RoutesTest, AGatewayThatDoesNotExistIsSkipped) {
  const Routes routes = make({{{}, {}, {"gone", "backup"}}});
  EXPECT_THAT(routes.candidates(Purpose::campaign, other_phone), ElementsAre("backup"));
}

TEST(RoutesTest, APinnedTextGoesWhereItIsPinnedWhateverTheRoutes) {
  const Routes routes = make({{{}, {}, {"viettel"}}});
  EXPECT_EQ(chosen(routes, Purpose::campaign, other_phone, "backup"), "backup");
  EXPECT_EQ(chosen(routes, Purpose::campaign, other_phone, "gone"), "none");
}

TEST(RoutesTest, APinDoesNotOverruleDiscretion) {
  const Routes routes = make({{{}, {}, {"modem"}}});
  EXPECT_EQ(chosen(routes, Purpose::reporter_reply, other_phone, "viettel"), "none");
}

TEST(RoutesTest, TheChoiceSaysWhatTheGatewayTakes) {
  const Routes routes = make({{{}, {}, {"modem"}}});
  const auto choice = routes.choose(Purpose::campaign, other_phone, "");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->limits->parts_max, 3U);
  EXPECT_FALSE(choice->limits->unicode);
  EXPECT_EQ(choice->limits->forbidden, "{");
}

TEST(RoutesTest, KnowsWhoDeduplicates) {
  const Routes routes = make({});
  EXPECT_TRUE(routes.deduplicates("modem"));
  EXPECT_FALSE(routes.deduplicates("viettel"));
  EXPECT_FALSE(routes.deduplicates("gone"));
}

}  // namespace
}  // namespace tongdai::dispatch
