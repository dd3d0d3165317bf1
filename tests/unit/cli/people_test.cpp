#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;

/// The body of the one call.
nlohmann::json body_of(FakeDaemon& daemon, const std::string& line) {
  const auto heard = daemon.heard();
  EXPECT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard.at(0).line, line);
  return nlohmann::json::parse(heard.at(0).body);
}

TEST(PeopleCommands, APasswordComesFromStandardInputAndIsNotShown) {
  FakeDaemon daemon({answer(201, R"({"name":"an","role":"author"})")});
  const Ran ran = tongdai(daemon, {"user", "add", "an", "--role", "author"}, "con trau den");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out + ran.err, testing::Not(HasSubstr("con trau")));
  EXPECT_EQ(body_of(daemon, "POST /api/v1/users"),
            nlohmann::json({{"name", "an"}, {"role", "author"}, {"password", "con trau den"}}));
}

TEST(PeopleCommands, WithoutOneTheDaemonMakesOneWhichIsShown) {
  FakeDaemon daemon({answer(201, R"({"name":"an","role":"facility","password":"abcde-fghjk"})")});
  const Ran ran = tongdai(daemon, {"user", "add", "an", "--role", "facility", "--facility", "Tram y te"});
  EXPECT_THAT(ran.out, HasSubstr("abcde-fghjk"));
  EXPECT_EQ(body_of(daemon, "POST /api/v1/users"),
            nlohmann::json({{"name", "an"}, {"role", "facility"}, {"facility", "Tram y te"}}));
}

TEST(PeopleCommands, APasswordIsReset) {
  FakeDaemon daemon({answer(200, R"({"name":"an"})")});
  EXPECT_EQ(tongdai(daemon, {"user", "reset", "an"}, "con trau den").exit, 0);
  EXPECT_EQ(body_of(daemon, "POST /api/v1/users/an/reset"), nlohmann::json({{"password", "con trau den"}}));
}

TEST(PeopleCommands, ATokenHasARoleAndAnEnd) {
  FakeDaemon daemon({answer(201, R"({"name":"bao-cao","token":"td_00"})")});
  const Ran ran = tongdai(
      daemon, {"token", "create", "bao-cao", "--role", "observer", "--reads-only", "--days", "30", "--json"});
  EXPECT_EQ(ran.json()["token"], "td_00");
  EXPECT_EQ(body_of(daemon, "POST /api/v1/tokens"),
            nlohmann::json({{"name", "bao-cao"}, {"role", "observer"}, {"reads_only", true}, {"days", 30}}));
}

TEST(PeopleCommands, ARoleIsAlwaysSaid) {
  FakeDaemon daemon({answer(200, "{}")});
  EXPECT_EQ(tongdai(daemon, {"user", "add", "an"}).exit, 2);
  EXPECT_EQ(tongdai(daemon, {"token", "create", "an"}).exit, 2);
  EXPECT_EQ(tongdai(daemon, {"token", "create", "an", "--role", "observer", "--days", "-1"}).exit, 2);
}

}  // namespace
}  // namespace tongdai::test
