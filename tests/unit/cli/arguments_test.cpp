#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Arguments, TakesJsonBeforeAndBehindTheCommand) {
  for (const std::vector<std::string>& line :
       std::vector<std::vector<std::string>>{{"--json", "text", "measure", "chao"},
                                             {"text", "--json", "measure", "chao"},
                                             {"text", "measure", "--json", "chao"},
                                             {"text", "measure", "chao", "--json"},
                                             {"--json", "text", "measure", "chao", "--json"}}) {
    const Ran ran = tongdai(line);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.json()["units"], 4);
  }
}

TEST(Arguments, TakesTheSocketAnywhereAndBeforeTheEnvironment) {
  FakeDaemon daemon({answer(200, R"({"state":"ok"})")});
  const std::string socket = daemon.socket().string();
  const Surroundings elsewhere{.environment = {{"TONGDAI_SOCKET", "/nowhere/d.sock"}}};
  EXPECT_EQ(tongdai({"--socket", socket, "status"}, elsewhere).exit, 0);
  EXPECT_EQ(tongdai({"status", "--socket", socket, "--json"}, elsewhere).exit, 0);
  EXPECT_EQ(tongdai({"status"}, {.environment = {{"TONGDAI_SOCKET", socket}}}).exit, 0);
  EXPECT_EQ(daemon.heard().size(), 3U);
}

TEST(Arguments, KnowsTheDaemonsUsualSocket) {
  for (const std::map<std::string, std::string>& environment :
       std::vector<std::map<std::string, std::string>>{{}, {{"TONGDAI_SOCKET", ""}}}) {
    const Ran ran = tongdai({"status"}, {.environment = environment});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_THAT(ran.err, HasSubstr("/run/tongdai/tongdaid.sock"));
  }
}

TEST(Arguments, BadUsageIsTwoAndSaysWhy) {
  for (const std::vector<std::string>& line : std::vector<std::vector<std::string>>{
           {},
           {"bogus"},
           {"campaign"},
           {"campaign", "show"},
           {"campaign", "show", ""},
           {"campaign", "show", "1", "2"},
           {"status", "status"},
           {"status", "--bogus"},
           {"--socket"},
           {"--socket", "", "status"},
           {"send", "--to", "0912345678"},
           {"send", "--text", "chao"},
           {"case", "open", "--unit", "03595", "--service", "health", "--urgency", "high"},
           {"message", "list", "--limit", "0"},
           {"message", "list", "--limit", "many"},
           {"unit", "import", "units.csv", "--valid-from", "yesterday"},
           {"sandbox", "text", "chao"}}) {
    const Ran ran = tongdai(line);
    EXPECT_EQ(ran.exit, 2) << testing::PrintToString(line);
    EXPECT_THAT(ran.out, IsEmpty()) << testing::PrintToString(line);
    EXPECT_FALSE(ran.err.empty()) << testing::PrintToString(line);
  }
}

TEST(Arguments, HelpAndVersionAreNoFaults) {
  const Ran help = tongdai({"campaign", "show", "--help"});
  EXPECT_EQ(help.exit, 0);
  EXPECT_THAT(help.out, HasSubstr("tongdai campaign show"));
  EXPECT_THAT(help.err, IsEmpty());
  const Ran version = tongdai({"--version"});
  EXPECT_EQ(version.exit, 0);
  EXPECT_THAT(version.out, StartsWith("tongdai "));
}

TEST(Arguments, ATextMayBeAnyWords) {
  for (const std::string words :
       {"status", "campaign", "--json", "-5", "++", "{}", "[a, b]", "\"q\"", "%%", "a=b"}) {
    const Ran ran = tongdai({"--json", "text", "measure", "--", words});
    ASSERT_EQ(ran.exit, 0) << words << ran.err;
    EXPECT_EQ(ran.json()["unaccented"]["text"], words);
  }
  EXPECT_EQ(tongdai({"--json", "text", "measure", "status"}).json()["unaccented"]["text"], "status");
  EXPECT_EQ(tongdai({"--json", "text", "measure", ""}).json()["units"], 0);
}

}  // namespace
}  // namespace tongdai::test
