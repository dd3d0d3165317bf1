#include <boost/asio/io_context.hpp>

#include "api/server/doors.hpp"
#include "support/source_dir.hpp"
#include "unit/app/config_room.hpp"

namespace tongdai::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ConfigFile : public ConfigTest {};

TEST_F(ConfigFile, ASoundFileIsRead) {
  const auto config = read(sound);
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_EQ(config->file, file());
  EXPECT_EQ(config->name, "Lai Châu");
  EXPECT_EQ(config->data_dir, folder / "data");
  EXPECT_EQ(config->listen, "");
  EXPECT_EQ(config->socket, "");
  EXPECT_EQ(config->hotline.duty.size(), 2U);
  EXPECT_EQ(config->hotline.policy.reply, hotline::Reply::acknowledge);
  EXPECT_EQ(config->hotline.step_critical, 5min);
  EXPECT_EQ(config->reply_window, 10min);
  EXPECT_EQ(config->campaign_cap_per_day, 3);
  ASSERT_EQ(config->gateways.size(), 1U);
  EXPECT_EQ(config->gateways[0].settings.rate_parts_per_s, 100);
  EXPECT_TRUE(config->gateways[0].settings.sender_is_discreet);
  ASSERT_EQ(config->routes.size(), 1U);
  EXPECT_THAT(config->routes[0].gateways, ElementsAre("main"));
  EXPECT_FALSE(config->words.sensitive.empty());
}

TEST_F(ConfigFile, EveryKeyMayBeSet) {
  const auto config =
      read(std::string(sound) +
           "[api]\nlisten = \"127.0.0.1:8080\"\nsocket = \"/run/t.sock\"\ntoken = \"secret\"\n"
           "[campaigns]\ncap_per_day = 7\n"
           "[hotline.escalation]\ncritical_s = 10\nhigh_s = 20\nnormal_s = 30\nduty_repeat_s = 40\n"
           "lease_critical_s = 50\nlease_s = 60\nfacilities_max = 7\n");
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_EQ(config->listen, "127.0.0.1:8080");
  EXPECT_EQ(config->socket, "/run/t.sock");
  EXPECT_EQ(config->token, "secret");
  EXPECT_EQ(config->campaign_cap_per_day, 7);
  const auto& h = config->hotline;
  EXPECT_THAT(
      (std::vector{h.step_critical, h.step_high, h.step_normal, h.duty_repeat, h.lease_critical, h.lease}),
      ElementsAre(10s, 20s, 30s, 40s, 50s, 60s));
  EXPECT_EQ(h.facilities_max, 7);
}

TEST_F(ConfigFile, TheReadyOnesAreSound) {
  for (const char* name : {"/config/sandbox.toml", "/config/tongdai.toml"}) {
    const auto config = read_config(in_checkout(name));
    EXPECT_TRUE(config.has_value()) << config.error();
  }
}

TEST_F(ConfigFile, AFileThatIsNotThereIsNamed) {
  const auto config = read_config(folder / "none.toml");
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error(), (folder / "none.toml").string() + ": cannot be read\n");
}

TEST_F(ConfigFile, AFileThatIsNoTomlIsNamedWithItsLine) {
  EXPECT_THAT(faults("[service]\nname = \n"), StartsWith("t.toml:2: "));
}

TEST_F(ConfigFile, ServiceKeys) {
  EXPECT_EQ(faults(with("name = \"Lai Châu\"\n", "")), "t.toml:1: service.name: is required\n");
  EXPECT_EQ(faults(with("\"Lai Châu\"", "5")),
            "t.toml:2: service.name: must be a text, got a whole number\n");
  EXPECT_EQ(faults(with("Lai Châu", "")), "t.toml:2: service.name: must not be empty\n");
  EXPECT_THAT(faults(with("Asia/Ho_Chi_Minh", "Asia/Hanoi")), StartsWith("t.toml:3: service.timezone: "));
  EXPECT_EQ(faults(with("data_dir = \"data\"\n", "")), "t.toml:1: service.data_dir: is required\n");
}

TEST_F(ConfigFile, ATableThatIsMissing) {
  EXPECT_THAT(faults("[[gateway]]\nname = \"a\"\nadapter = \"sandbox\"\nrate = 1\n"),
              ::testing::AllOf(HasSubstr("service: is required\n"), HasSubstr("numbering: is required\n"),
                               HasSubstr("route: is required")));
}

TEST_F(ConfigFile, ATableThatIsNone) {
  EXPECT_THAT(faults("api = 5\n" + std::string(sound)),
              HasSubstr("t.toml:1: api: must be a table, got a whole number\n"));
}

TEST_F(ConfigFile, KeysThatAreNotKnownAreNamedWithTheKnownOnes) {
  EXPECT_THAT(faults(with("data_dir =", "datadir =")),
              HasSubstr("t.toml:4: service.datadir: is not known here; known: "));
  EXPECT_THAT(faults(std::string(sound) + "[servce]\n"),
              HasSubstr("t.toml:20: servce: is not known here; known: "));
  EXPECT_THAT(faults(std::string(sound) + "[hotline.escalation]\ncritical = 5\n"),
              HasSubstr("t.toml:21: hotline.escalation.critical: is not known here"));
}

TEST_F(ConfigFile, ApiKeys) {
  EXPECT_EQ(faults(std::string(sound) + "[api]\nlisten = 8080\n"),
            "t.toml:21: api.listen: must be a text, got a whole number\n");
  EXPECT_EQ(faults(std::string(sound) + "[api]\nsocket = true\n").substr(0, 22), "t.toml:21: api.socket:");
  EXPECT_THAT(faults(std::string(sound) + "[api]\ntoken = 5\n"),
              HasSubstr("t.toml:21: api.token: must be a text"));
  EXPECT_EQ(faults(std::string(sound) + "[api]\nhosts = [\"lc.example.vn\"]\nsession_idle_minutes = 600\n"),
            "");
  EXPECT_THAT(faults(std::string(sound) + "[api]\nhosts = [\"a.vn\", \"https://lc.example.vn\"]\n"),
              HasSubstr("t.toml:21: api.hosts[1]: must be a name in small letters"));
  EXPECT_THAT(faults(std::string(sound) + "[api]\nsession_hours = 0\n"),
              HasSubstr("api.session_hours: must be between 1 and 168, got 0"));
}

TEST_F(ConfigFile, WhatIsListenedOnIsCheckedByTheRuleOfTheDoors) {
  constexpr std::string_view form = "must be an address and a port, like 127.0.0.1:8080 or [::1]:8080, got ";
  constexpr std::string_view loopback = "must be a loopback address (127.0.0.0/8 or [::1]), got ";
  struct Case {
    std::string_view listen, fault;
  };
  for (const auto& [listen, fault] :
       {Case{"127.0.0.1:0", ""}, Case{"127.8.9.1:0", ""}, Case{"localhost:0", ""}, Case{"[::1]:0", ""},
        Case{"8080", form}, Case{":8080", form}, Case{"127.0.0.1:", form}, Case{"127.0.0.1:65536", form},
        Case{"127.0.0.1:80a", form}, Case{"::1:8080", form}, Case{"[127.0.0.1]:8080", form},
        Case{"example.org:8080", form}, Case{"0.0.0.0:8080", loopback}, Case{"192.0.2.7:8080", loopback},
        Case{"[::]:8080", loopback}}) {
    const std::string printed =
        faults(std::string(sound) + "[api]\nlisten = \"" + std::string(listen) + "\"\n");
    const std::string start = "t.toml:21: api.listen: " + std::string(fault) + "\"" + std::string(listen);
    if (fault.empty()) {
      EXPECT_EQ(printed, "") << listen;
    } else {
      EXPECT_THAT(printed, StartsWith(start));
    }
    asio::io_context loop;
    const auto door = api::open_tcp(loop.get_executor(), std::string(listen));
    EXPECT_EQ(!door && door.error().code == Code::invalid, !fault.empty()) << listen;
  }
}

TEST_F(ConfigFile, ASocketsPathMustFitASocket) {
  const std::size_t base = folder.path().string().size() + 1;
  asio::io_context loop;
  for (const std::size_t bytes : {107U, 108U}) {
    const std::string name(bytes - base, 's');
    const std::string printed = faults(std::string(sound) + "[api]\nsocket = \"" + name + "\"\n");
    EXPECT_EQ(printed, bytes == 107 ? ""
                                    : "t.toml:21: api.socket: " + name +
                                          ": a socket's path must be at most 107 bytes, this has 108\n");
    EXPECT_EQ(api::open_unix(loop.get_executor(), folder / name).has_value(), bytes == 107);
  }
}

TEST_F(ConfigFile, CampaignKeys) {
  EXPECT_EQ(faults(std::string(sound) + "[campaigns]\ncap_per_day = 0\n"),
            "t.toml:21: campaigns.cap_per_day: must be between 1 and 100, got 0\n");
}

TEST_F(ConfigFile, TheHolidaysComeFromTheirFile) {
  const auto none = read(sound);
  ASSERT_TRUE(none.has_value()) << none.error();
  EXPECT_TRUE(none->holidays->empty());
  const std::string named = std::string(sound) + "[campaigns]\nholidays = \"holidays.toml\"\n";
  EXPECT_THAT(faults(named), StartsWith("holidays.toml: "));
  write("holidays.toml", "[[holiday]]\ndate = \"2026-09-02\"\nname = \"Quốc khánh\"\n");
  const auto config = read(named);
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_EQ(config->holidays->on(text::parse_date("2026-09-02").value()), "Quốc khánh");
  EXPECT_EQ(config->holidays->on(text::parse_date("2026-09-03").value()), std::nullopt);
  const auto warned = [&](const char* at) { return warnings_at(*config, parse_rfc3339(at).value()); };
  EXPECT_THAT(warned("2026-10-30T12:00:00+07:00"), ::testing::IsEmpty());
  EXPECT_THAT(warned("2026-11-02T12:00:00+07:00"),
              ElementsAre(HasSubstr("[campaigns] holidays: the file has none of 2027")));
  EXPECT_THAT(warnings_at(*none, parse_rfc3339("2026-11-02T12:00:00+07:00").value()), ::testing::IsEmpty());
  write("holidays.toml", "[[holiday]]\ndate = \"2.9.2026\"\nname = \"Quốc khánh\"\n");
  EXPECT_EQ(faults(named),
            "holidays.toml:2: holiday[0].date: must be a day such as \"2026-09-02\", got \"2.9.2026\"\n");
}

TEST_F(ConfigFile, EscalationKeys) {
  struct Range {
    const char* key;
    int least, most;
  };
  constexpr int day = 86'400;
  for (const auto& [key, least, most] :
       {Range{"critical_s", 5, day}, Range{"high_s", 5, day}, Range{"normal_s", 5, day},
        Range{"duty_repeat_s", 5, day}, Range{"lease_critical_s", 5, 7 * day}, Range{"lease_s", 5, 7 * day},
        Range{"facilities_max", 1, 20}}) {
    const std::string start = std::string(sound) + "[hotline.escalation]\n" + key + " = ";
    const std::string place = std::string("t.toml:21: hotline.escalation.") + key + ": ";
    const std::string range =
        "must be between " + std::to_string(least) + " and " + std::to_string(most) + ", got ";
    for (const int value : {least - 1, most + 1}) {
      EXPECT_EQ(faults(start + std::to_string(value) + "\n"), place + range + std::to_string(value) + "\n");
    }
    EXPECT_THAT(faults(start + "\"5\"\n"), HasSubstr(place + "must be a whole number"));
  }
}

TEST_F(ConfigFile, HotlineKeys) {
  EXPECT_THAT(faults(with("line = \"19001234\"", "line = \"1900\"\nlin = 1")),
              HasSubstr("hotline.lin: is not known here"));
  EXPECT_THAT(faults(with("line = \"19001234\"", "line = \"abc\"")), HasSubstr("t.toml:8: hotline.line: "));
  EXPECT_THAT(faults(with("phrases = \"phrases.toml\"", "phrases = 5")),
              HasSubstr("t.toml:9: hotline.phrases: must be a text"));
  EXPECT_THAT(faults(with("[hotline]\n", "[hotline]\nreply = \"yes\"\n")),
              HasSubstr("t.toml:8: hotline.reply: must be one of none, acknowledge, guided, got \"yes\"\n"));
  EXPECT_THAT(faults(with("[hotline]\n", "[hotline]\nreply_window_s = 59\n")),
              HasSubstr("t.toml:8: hotline.reply_window_s: must be between 60 and 86400, got 59\n"));
}

TEST_F(ConfigFile, NobodyOnDutyIsAWarning) {
  EXPECT_THAT(read(sound)->warnings, ::testing::IsEmpty());
  const auto config = read(with("[\"0912000191\", \"0962000192\"]", "[]"));
  ASSERT_TRUE(config.has_value()) << config.error();
  EXPECT_THAT(config->warnings, ElementsAre(HasSubstr("[hotline] duty names nobody")));
}

TEST_F(ConfigFile, ANumberThatIsNoneIsNamedByItsEntryAndNotRepeated) {
  const std::string printed = faults(with("\"0962000192\"", "\"09620\""));
  EXPECT_THAT(printed, HasSubstr("t.toml:10: hotline.duty: entry 1: "));
  EXPECT_THAT(printed, Not(HasSubstr("09620")));
}

TEST_F(ConfigFile, WithoutPhrasesThoseBesideTheNumberingAreRead) {
  std::filesystem::create_directories(folder / "numbering");
  std::filesystem::create_directories(folder / "hotline");
  std::filesystem::rename(folder / "vn.toml", folder / "numbering/vn.toml");
  std::filesystem::rename(folder / "phrases.toml", folder / "hotline/phrases.toml");
  std::filesystem::rename(folder / "languages", folder / "hotline/languages");
  std::string toml = with("phrases = \"phrases.toml\"\n", "");
  toml.replace(toml.find("vn.toml"), 7, "numbering/vn.toml");
  EXPECT_EQ(faults(toml), "");
  toml.erase(toml.find("[hotline]"), toml.find("[[gateway]]") - toml.find("[hotline]"));
  EXPECT_EQ(faults(toml), "");
  std::filesystem::remove(folder / "hotline/phrases.toml");
  EXPECT_THAT(faults(toml), HasSubstr("hotline/phrases.toml: cannot be read\n"));
}

TEST_F(ConfigFile, AFaultOfALanguageIsNamedByItsOwnFile) {
  write("languages/xx.toml", "[language]\ncode = \"xx\"\nmarkers = [\"a\"]\n[[urgency]]\nflag = \"dangr\"\n");
  EXPECT_THAT(faults(sound),
              HasSubstr("languages/xx.toml:5: urgency[0].flag: must be one of danger, weapon"));
  std::filesystem::remove_all(folder / "languages");
  EXPECT_THAT(faults(sound), HasSubstr("languages: must be a folder with a file for each language"));
}

TEST_F(ConfigFile, AFileItNamesThatIsNotThere) {
  EXPECT_THAT(faults(with("phrases.toml", "none.toml")), HasSubstr("none.toml: cannot be read\n"));
  EXPECT_THAT(faults(with("vn.toml", "none.toml")), HasSubstr("none.toml: cannot be read\n"));
}

TEST_F(ConfigFile, AFaultOfAFileItNamesIsPrintedUnderThatName) {
  write("phrases.toml", "[commands]\naccept = []\n");
  EXPECT_THAT(faults(sound),
              HasSubstr("phrases.toml:2: commands.accept: must be a list of at least one phrase\n"));
  write("vn.toml", "trunk = \"0\"\n");
  EXPECT_THAT(faults(sound), HasSubstr("vn.toml:1: country_code: is required\n"));
}

TEST_F(ConfigFile, AllFaultsAreFoundAtOnce) {
  std::string toml = with("data_dir = \"data\"\n", "");
  toml.replace(toml.find("rate = 100"), 10, "rate = 0");
  const std::string printed = faults(toml);
  EXPECT_THAT(printed, HasSubstr("service.data_dir: is required\n"));
  EXPECT_THAT(printed, HasSubstr("gateway[0].rate: must be between 1 and 100000, got 0\n"));
}

}  // namespace
}  // namespace tongdai::app
