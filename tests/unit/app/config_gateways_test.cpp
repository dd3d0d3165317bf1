#include "unit/app/config_room.hpp"

namespace tongdai::app {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class GatewayConfigs : public ConfigTest {};

constexpr std::string_view second = "[[gateway]]\nname = \"second\"\nadapter = \"sandbox\"\nrate = 1\n";

TEST_F(GatewayConfigs, EveryKeyIsChecked) {
  EXPECT_EQ(faults(with("name = \"main\"\n", "")),
            "t.toml:11: gateway[0].name: is required\n"
            "t.toml:18: route[0].gateways: there is no gateway \"main\"\n");
  EXPECT_THAT(faults(with("adapter = \"sandbox\"\n", "")),
              HasSubstr("t.toml:11: gateway[0].adapter: is required\n"));
  EXPECT_THAT(faults(with("rate = 100\n", "")),
              HasSubstr("t.toml:11: gateway[0].rate: is required: a whole number between 1 and 100000\n"));
  EXPECT_EQ(faults(with("rate = 100", "rate = 100001")),
            "t.toml:14: gateway[0].rate: must be between 1 and 100000, got 100001\n");
  EXPECT_EQ(faults(with("source = \"19001234\"", "source = 5")),
            "t.toml:15: gateway[0].source: must be a text, got a whole number\n");
  EXPECT_THAT(faults(with("sender_is_discreet = true", "sender_is_discreet = \"yes\"")),
              HasSubstr("t.toml:16: gateway[0].sender_is_discreet: must be true or false, got a text\n"));
  EXPECT_THAT(faults(with("rate = 100", "rate = 100\nrates = 5")),
              HasSubstr("t.toml:15: gateway[0].rates: is not known here"));
}

TEST_F(GatewayConfigs, AnAdapterThatIsNotKnownIsNamedWithTheKnownOnes) {
  const std::string printed = faults(with("\"sandbox\"", "\"smtp\""));
  EXPECT_THAT(printed, StartsWith("t.toml:13: gateway[0].adapter: must be one of "));
  EXPECT_THAT(printed, HasSubstr("sandbox"));
  EXPECT_THAT(printed, HasSubstr("got \"smtp\"\n"));
}

TEST_F(GatewayConfigs, TheTableOfItsAdapterIsKept) {
  const auto config = read(with("[[route]]", "[gateway.sandbox]\nlatency_ms = 5\n[[route]]"));
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_EQ(config->gateways[0].path, "gateway[0].sandbox");
  EXPECT_NE(config->gateways[0].own.find("latency_ms"), nullptr);
}

TEST_F(GatewayConfigs, TheTableOfAnotherAdapterIsNotKnown) {
  EXPECT_THAT(faults(with("[[route]]", "[gateway.smpp]\nhost = \"x\"\n[[route]]")),
              HasSubstr("gateway[0].smpp: is not known here"));
}

TEST_F(GatewayConfigs, FaultsOfAnAdapterStandBesideTheOthers) {
  std::string toml = with("[[route]]", "[gateway.sandbox]\nlatncy = 5\nlatency_ms = -1\n[[route]]");
  toml.replace(toml.find("rate = 100"), 10, "rate = 0");
  const std::string printed = faults(toml);
  EXPECT_THAT(printed, HasSubstr("t.toml:14: gateway[0].rate: must be between"));
  EXPECT_THAT(printed, HasSubstr("t.toml:18: gateway[0].sandbox.latncy: is not known here"));
  EXPECT_THAT(printed, HasSubstr("t.toml:19: gateway[0].sandbox.latency_ms: must be between"));
}

TEST_F(GatewayConfigs, AFaultOfATableThatIsNotThereNamesItsGateway) {
  EXPECT_THAT(faults(with("adapter = \"sandbox\"", "adapter = \"smpp\"")),
              HasSubstr("t.toml:11: gateway[0].smpp.host: is required\n"));
}

TEST_F(GatewayConfigs, ARouteToAGatewayThatOnlyReceivesIsNamedWithItsLine) {
  const std::string_view receiver =
      "[[gateway]]\nname = \"ear\"\nadapter = \"smpp\"\nrate = 1\n"
      "[gateway.smpp]\nhost = \"h\"\nsystem_id = \"s\"\npassword = \"p\"\nbind = \"receiver\"\n[[route]]";
  EXPECT_EQ(faults(with("[[route]]", receiver)), "");
  std::string toml = with("[[route]]", receiver);
  toml.replace(toml.find("[\"main\"]"), 8, "[\"main\", \"ear\"]");
  EXPECT_EQ(faults(toml),
            "t.toml:28: route[0].gateways: \"ear\" only receives; a route needs gateways that send\n");
}

TEST_F(GatewayConfigs, WhatAnAdapterWarnsOfIsKept) {
  const auto config =
      read(with("[[route]]",
                "[[gateway]]\nname = \"far\"\nadapter = \"smpp\"\nrate = 1\n[gateway.smpp]\nhost = \"h\"\n"
                "system_id = \"s\"\npassword = \"p\"\ntls = true\ntls_verify = false\n[[route]]"));
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_THAT(config->gateway_warnings,
              ::testing::ElementsAre(::testing::AllOf(HasSubstr("tls_verify"), HasSubstr("gateway=far"))));
}

TEST_F(GatewayConfigs, ANameTwiceIsAFault) {
  EXPECT_EQ(faults(std::string(sound) + "[[gateway]]\nname = \"main\"\nadapter = \"sandbox\"\nrate = 1\n"),
            "t.toml:21: gateway[1].name: \"main\" is the name of another gateway\n");
}

TEST_F(GatewayConfigs, ATwoGatewayFileIsSound) {
  const auto config = read(std::string(sound) + std::string(second));
  ASSERT_TRUE(config.has_value()) << config.error();
  ASSERT_EQ(config->gateways.size(), 2U);
  EXPECT_FALSE(config->gateways[1].settings.sender_is_discreet);
}

TEST_F(GatewayConfigs, OneAtLeastIsNeeded) {
  std::string toml(sound);
  toml.erase(toml.find("[[gateway]]"), toml.find("[[route]]") - toml.find("[[gateway]]"));
  EXPECT_THAT(faults(toml), HasSubstr("gateway: is required: at least one [[gateway]]\n"));
  EXPECT_THAT(faults(std::string(sound.substr(0, sound.find("[[route]]")))),
              HasSubstr("route: is required: at least one [[route]]\n"));
}

TEST_F(GatewayConfigs, NoneIsDiscreetUnlessItSaysSo) {
  const auto config = read(with("sender_is_discreet = true\n", ""));
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_FALSE(config->gateways[0].settings.sender_is_discreet);
  EXPECT_THAT(config->warnings,
              ::testing::ElementsAre(HasSubstr("no gateway has sender_is_discreet = true")));
}

TEST_F(GatewayConfigs, GatewayMustBeAList) {
  std::string toml(sound);
  toml.replace(toml.find("[[gateway]]"), 11, "[gateway]");
  EXPECT_THAT(faults(toml),
              HasSubstr("t.toml:11: gateway: must be a list of tables ([[gateway]]), got a table\n"));
}

TEST_F(GatewayConfigs, RouteKeys) {
  EXPECT_THAT(faults(with("\"campaign\", ", "\"spam\", ")),
              StartsWith("t.toml:18: route[0].purpose: must be of "));
  EXPECT_THAT(faults(with("\"campaign\", ", "\"spam\", ")), HasSubstr("got \"spam\"\n"));
  EXPECT_EQ(faults(with("gateways = [\"main\"]", "gateways = []")),
            "t.toml:19: route[0].gateways: must name at least one gateway\n");
  EXPECT_EQ(faults(with("gateways = [\"main\"]", "gateways = [\"main\", \"mian\"]")),
            "t.toml:19: route[0].gateways: there is no gateway \"mian\"\n");
  EXPECT_THAT(
      faults(with("gateways = [\"main\"]", "gateways = \"main\"")),
      HasSubstr(
          "t.toml:19: route[0].gateways: must be a list of texts such as [\"a\", \"b\"], got a text\n"));
  EXPECT_THAT(faults(std::string(sound) + "prefixes = [\"84\"]\n"),
              HasSubstr("route[0].prefixes: is not known here"));
}

}  // namespace
}  // namespace tongdai::app
