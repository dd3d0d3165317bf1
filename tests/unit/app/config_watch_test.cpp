#include "unit/app/config_room.hpp"

namespace tongdai::app {
namespace {

using ::testing::HasSubstr;

class WatchConfigs : public ConfigTest {
 protected:
  [[nodiscard]] static std::string with_watch(std::string_view lines) {
    return std::string(sound) + "[watch]\n" + std::string(lines);
  }
};

TEST_F(WatchConfigs, WithoutTheTableLinksAndSilenceAreWatchedAndNothingLeaves) {
  const auto config = read(sound);
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_EQ(config->watch.heartbeat, "");
  EXPECT_EQ(config->watch.gateway_down, Duration{2min});
  EXPECT_EQ(config->watch.silence, std::nullopt);
  EXPECT_FALSE(config->watch.synthetic);
}

TEST_F(WatchConfigs, ASyntheticReportGoesFromItsGatewaysNumberToTheLine) {
  const auto config = read(with_watch("[watch.synthetic]\ngateway = \"main\"\nevery_s = 600\n"));
  ASSERT_TRUE(config.has_value()) << config.error();
  ASSERT_TRUE(config->watch.synthetic);
  EXPECT_EQ(config->watch.synthetic->from, config->lines.front());
  EXPECT_EQ(config->watch.synthetic->to, config->lines.front());
  EXPECT_EQ(config->watch.synthetic->every, Duration{10min});
}

TEST_F(WatchConfigs, EveryKeyIsChecked) {
  EXPECT_THAT(
      faults(with_watch("heartbeat = \"beat\"\n")),
      HasSubstr("watch.heartbeat: must be a URL with http:// or https://, or the absolute path of a file"));
  EXPECT_THAT(faults(with_watch("heartbeat = \"/nowhere/at/all\"\n")),
              HasSubstr("watch.heartbeat: must be a file in a folder that exists"));
  EXPECT_THAT(faults(with_watch("heartbeat = \"https://u:p@h/\"\n")),
              HasSubstr("watch.heartbeat: must not hold a name or a password"));
  EXPECT_THAT(faults(with_watch("heartbeat_method = \"put\"\n")),
              HasSubstr("watch.heartbeat_method: must be"));
  EXPECT_THAT(faults(with_watch("heartbeat_s = 1\n")),
              HasSubstr("watch.heartbeat_s: must be between 10 and"));
  EXPECT_THAT(faults(with_watch("gateway_down_s = -1\n")),
              HasSubstr("watch.gateway_down_s: must be between 0"));
  EXPECT_THAT(faults(with_watch("silence_s = 5\n")),
              HasSubstr("watch.silence_s: must be \"auto\", 0 for never, or between 600 and 2592000"));
  EXPECT_THAT(faults(with_watch("silence_s = \"often\"\n")), HasSubstr("watch.silence_s: must be \"auto\""));
  EXPECT_THAT(faults(with_watch("typo = 1\n")), HasSubstr("watch.typo: is not known here"));
  EXPECT_THAT(faults(with_watch("[watch.synthetic]\ngateway = \"other\"\n")),
              HasSubstr("watch.synthetic.gateway: must be the name of a gateway"));
  EXPECT_THAT(faults(with_watch("[watch.synthetic]\ngateway = \"main\"\nto = \"0912345678\"\n")),
              HasSubstr("watch.synthetic.to: must be the hotline's line, which reports come to"));
  EXPECT_THAT(faults(with_watch("[watch.synthetic]\ngateway = \"main\"\nevery_s = 60\nwithin_s = 60\n")),
              HasSubstr("watch.synthetic.within_s: must be less than every_s"));
}

TEST_F(WatchConfigs, SilenceMayBeAPeriodOrNever) {
  EXPECT_EQ(read(with_watch("silence_s = 0\n"))->watch.silence, Duration{0});
  EXPECT_EQ(read(with_watch("silence_s = 7200\n"))->watch.silence, Duration{2h});
  EXPECT_EQ(read(with_watch("silence_s = \"auto\"\n"))->watch.silence, std::nullopt);
}

}  // namespace
}  // namespace tongdai::app
