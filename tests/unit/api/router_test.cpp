#include "api/server/router.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace tongdai::api {
namespace {

constexpr std::array<Route, 5> table{{
    {Method::get, "/api/v1/things", nullptr, everybody},
    {Method::post, "/api/v1/things", nullptr, everybody},
    {Method::get, "/api/v1/things/{id}", nullptr, everybody},
    {Method::get, "/api/v1/things/newest", nullptr, everybody},
    {Method::post, "/api/v1/things/{id}/parts/{part}", nullptr, everybody},
}};

std::expected<Match, Response> find(std::string_view method, std::string_view target) {
  return Router(table).find(method, parse_target(target).value());
}

TEST(Router, FindsARowByMethodAndPath) {
  EXPECT_EQ(find("GET", "/api/v1/things")->route, &table[0]);
  EXPECT_EQ(find("HEAD", "/api/v1/things")->route, &table[0]);
  EXPECT_EQ(find("POST", "/api/v1/things")->route, &table[1]);
}

TEST(Router, FillsInThePlaces) {
  const auto match = find("POST", "/api/v1/things/a%2Fb/parts/7");
  EXPECT_EQ(match->route, &table[4]);
  EXPECT_EQ(match->places.at("id"), "a/b");
  EXPECT_EQ(match->places.at("part"), "7");
}

TEST(Router, APlainRowGoesBeforeAPlace) {
  EXPECT_EQ(find("GET", "/api/v1/things/newest")->route, &table[3]);
  EXPECT_EQ(find("GET", "/api/v1/things/new%65st")->route, &table[3]);
}

TEST(Router, KnowsTheEventStream) {
  const auto match = find("GET", "/api/v1/events");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route, nullptr);
}

TEST(Router, RefusesWhatIsNotInTheTable) {
  for (const std::string_view target : {"/", "/api/v1/things/", "/api/v1/things//parts/1", "/api/v1%2Fthings",
                                        "//api/v1/things", "/API/v1/things", "/api/v1/things/../things"}) {
    EXPECT_EQ(find("GET", target).error().status, 404) << target;
  }
  EXPECT_EQ(find("POST", "/api/v1/things/7").error().status, 405);
}

TEST(ParseTarget, ReadsTheQuery) {
  const Target target = parse_target("/a%20b?x=1&y=c+d%26&&flag&z=a=b").value();
  EXPECT_EQ(target.path(), "/a b");
  EXPECT_EQ(target.query, (api::Fields{{"x", "1"}, {"y", "c d&"}, {"flag", ""}, {"z", "a=b"}}));
}

TEST(ParseTarget, APlusInAPathIsAPlus) {
  EXPECT_EQ(parse_target("/+84912")->path(), "/+84912");
}

RC_GTEST_PROP(ParseTargetProperty, AnyOctetsAreAnswered, ()) {
  const auto target = "/" + *rc::gen::arbitrary<std::string>();
  if (const auto parsed = parse_target(target)) static_cast<void>(Router(table).find("GET", *parsed));
}

}  // namespace
}  // namespace tongdai::api
