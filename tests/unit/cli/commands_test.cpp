#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// What a command says to the daemon.
struct Said {
  std::vector<std::string> arguments;
  std::string line;
  std::string body = {};
};

class EveryCommand : public testing::TestWithParam<Said> {};

TEST_P(EveryCommand, MakesItsOneCall) {
  FakeDaemon daemon({answer(200, R"({"items":[],"next":null})")});
  const Ran ran = tongdai(daemon, GetParam().arguments);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  ASSERT_EQ(daemon.heard().size(), 1U);
  const Heard heard = daemon.heard().front();
  EXPECT_EQ(heard.line, GetParam().line);
  if (!GetParam().body.empty()) {
    EXPECT_EQ(nlohmann::json::parse(heard.body), nlohmann::json::parse(GetParam().body));
    EXPECT_THAT(heard.head, HasSubstr("Content-Type: application/json\r\n"));
  } else {
    EXPECT_EQ(heard.body, "");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Questions, EveryCommand,
    testing::Values(
        Said{{"status"}, "GET /api/v1/status"},
        Said{{"unit", "find", "Than Uyên"}, "GET /api/v1/units?name=Than%20Uy%C3%AAn"},
        Said{{"contact", "show", "+84912345678"}, "GET /api/v1/contacts/%2B84912345678"},
        Said{{"group", "list"}, "GET /api/v1/groups"}, Said{{"tag", "list"}, "GET /api/v1/tags"},
        Said{{"list", "list"}, "GET /api/v1/lists"}, Said{{"audience", "list"}, "GET /api/v1/audiences"},
        Said{{"audience", "measure", "phụ nữ/3"}, "GET /api/v1/audiences/ph%E1%BB%A5%20n%E1%BB%AF%2F3/size"},
        Said{{"campaign", "preview", "5"}, "GET /api/v1/campaigns/5/preview"},
        Said{{"campaign", "show", "5"}, "GET /api/v1/campaigns/5"},
        Said{{"campaign", "show", "../cases"}, "GET /api/v1/campaigns/..%2Fcases"},
        Said{{"campaign", "list"}, "GET /api/v1/campaigns?limit=50"},
        Said{{"campaign", "calendar"}, "GET /api/v1/campaigns/calendar"},
        Said{{"campaign", "calendar", "--month", "2024-02"},
             "GET /api/v1/campaigns/calendar?from=2024-02-01&to=2024-02-29"},
        Said{{"series", "list"}, "GET /api/v1/series?limit=50"},
        Said{{"series", "show", "5"}, "GET /api/v1/series/5"},
        Said{{"message", "show", "7"}, "GET /api/v1/messages/7"},
        Said{{"message", "list"}, "GET /api/v1/messages?limit=50"},
        Said{{"message", "list", "--state", "uncertain", "--to", "+84912345678", "--limit", "3"},
             "GET /api/v1/messages?state=uncertain&to=%2B84912345678&limit=3"},
        Said{{"facility", "list"}, "GET /api/v1/facilities"},
        Said{{"case", "list", "--state", "open"}, "GET /api/v1/cases?state=open&limit=50"},
        Said{{"case", "show", "4821"}, "GET /api/v1/cases/4821"},
        Said{{"gateway", "list"}, "GET /api/v1/gateways"}, Said{{"user", "list"}, "GET /api/v1/users"},
        Said{{"token", "list"}, "GET /api/v1/tokens"},
        Said{{"sandbox", "inbox", "0912345678"}, "GET /api/v1/sandbox/inbox/0912345678"}));

INSTANTIATE_TEST_SUITE_P(
    Changes, EveryCommand,
    testing::Values(
        Said{{"contact", "optout", "+84912345678"}, "POST /api/v1/contacts/%2B84912345678/opt-out"},
        Said{{"contact", "consent", "+84912345678"}, "POST /api/v1/contacts/%2B84912345678/consent"},
        Said{{"audience", "save", "--group", "phu-nu", "--group", "a b", "women", "--unit", "03595"},
             "POST /api/v1/audiences",
             R"({"name":"women","groups":["phu-nu","a b"],"units":["03595"]})"},
        Said{{"audience", "save", "women", "--language", "hmn", "--exclude-group", "can-bo", "--exclude-unit",
              "12", "--tag", "moi", "--exclude-tag", "cu", "--sample", "10", "--list", "a", "--exclude-list",
              "b"},
             "POST /api/v1/audiences",
             R"({"name":"women","languages":["hmn"],"tags":["moi"],"exclude_groups":["can-bo"],
                 "exclude_units":["12"],"exclude_tags":["cu"],"sample":10,"lists":["a"],
                 "exclude_lists":["b"]})"},
        Said{{"campaign", "test", "5", "0987000001", "+84987000002", "--language", "vi"},
             "POST /api/v1/campaigns/5/test",
             R"({"to":["0987000001","+84987000002"],"language":"vi"})"},
        Said{{"campaign", "submit", "5"}, "POST /api/v1/campaigns/5/submit", "{}"},
        Said{{"campaign", "approve", "5"}, "POST /api/v1/campaigns/5/approve", "{}"},
        Said{{"campaign", "reject", "5", "--comment", "sai ngày"},
             "POST /api/v1/campaigns/5/reject",
             R"({"comment":"sai ngày"})"},
        Said{{"campaign", "pause", "5"}, "POST /api/v1/campaigns/5/pause", "{}"},
        Said{{"campaign", "resume", "5"}, "POST /api/v1/campaigns/5/resume", "{}"},
        Said{{"campaign", "cancel", "5"}, "POST /api/v1/campaigns/5/cancel", "{}"},
        Said{{"series", "submit", "5"}, "POST /api/v1/series/5/submit", "{}"},
        Said{{"series", "approve", "5"}, "POST /api/v1/series/5/approve", "{}"},
        Said{{"series", "reject", "5", "--comment", "x"},
             "POST /api/v1/series/5/reject",
             R"({"comment":"x"})"},
        Said{{"series", "pause", "5"}, "POST /api/v1/series/5/pause", "{}"},
        Said{{"series", "resume", "5"}, "POST /api/v1/series/5/resume", "{}"},
        Said{{"series", "cancel", "5"}, "POST /api/v1/series/5/cancel", "{}"},
        Said{{"send", "--to", "0912345678", "--text", "xin chào"},
             "POST /api/v1/messages",
             R"({"to":"0912345678","text":"xin chào"})"},
        Said{{"send", "--to", "0912345678", "--text", "-1", "--purpose", "operator_code", "--gateway",
              "viettel"},
             "POST /api/v1/messages",
             R"({"to":"0912345678","text":"-1","purpose":"operator_code","gateway":"viettel"})"},
        Said{{"message", "resend", "7"}, "POST /api/v1/messages/7/resend"},
        Said{{"message", "write-off", "7"}, "POST /api/v1/messages/7/write-off"},
        Said{{"case", "open", "--unit", "03595", "--service", "health", "--urgency", "high", "--note", "gấp"},
             "POST /api/v1/cases",
             R"({"unit":"03595","service":"health","urgency":"high","note":"gấp"})"},
        Said{{"case", "open", "--unit", "03595", "--service", "health", "--urgency", "high", "--note", "x",
              "--phone", "0912345678", "--conflict", "Công an xã", "Trạm y tế", "--json"},
             "POST /api/v1/cases",
             R"({"unit":"03595","service":"health","urgency":"high","note":"x","phone":"0912345678",
                 "conflicts":["Công an xã","Trạm y tế"]})"},
        Said{{"case", "open", "--note", "bi danh o Than Uyen"},
             "POST /api/v1/cases",
             R"({"note":"bi danh o Than Uyen"})"},
        Said{{"case", "missed-call", "--phone", "0912345678"},
             "POST /api/v1/calls",
             R"({"phone":"0912345678","kind":"missed_call"})"},
        Said{{"case", "missed-call", "--phone", "0912345678", "--please-call"},
             "POST /api/v1/calls",
             R"({"phone":"0912345678","kind":"please_call"})"},
        Said{{"case", "called-back", "4821"}, "POST /api/v1/cases/4821/called-back"},
        Said{{"case", "close", "4821"}, "POST /api/v1/cases/4821/close", "{}"},
        Said{{"case", "close", "4821", "--outcome", "safe"},
             "POST /api/v1/cases/4821/close",
             R"({"outcome":"safe"})"},
        Said{{"user", "disable", "an"}, "POST /api/v1/users/an/disable"},
        Said{{"user", "enable", "an"}, "POST /api/v1/users/an/enable"},
        Said{{"token", "revoke", "bao-cao"}, "POST /api/v1/tokens/bao-cao/revoke"},
        Said{{"gateway", "pause", "viettel"}, "POST /api/v1/gateways/viettel/pause"},
        Said{{"gateway", "resume", "viettel"}, "POST /api/v1/gateways/viettel/resume"},
        Said{{"sandbox", "text", "--from", "0912345678", "toi bi danh"},
             "POST /api/v1/sandbox/texts",
             R"({"from":"0912345678","text":"toi bi danh"})"},
        Said{{"sandbox", "text", "--from", "0912345678", "--to", "19001234", "status"},
             "POST /api/v1/sandbox/texts",
             R"({"from":"0912345678","to":"19001234","text":"status"})"},
        Said{{"backup", "/var/backups/t.db"}, "POST /api/v1/backup", R"({"file":"/var/backups/t.db"})"}));

TEST(Commands, ACalendarIsATableOfItsDays) {
  FakeDaemon daemon({answer(200, R"({"days":[{"date":"2021-11-24","holiday":null,"campaigns":[]},
      {"date":"2021-11-25","holiday":null,"campaigns":[{"id":"5","title":"A","state":"approved","series":null,
       "hours":["07:00-11:30","13:30-22:00"]}]},{"date":"2021-11-26","holiday":"Le","campaigns":[]}]})")});
  const Ran ran = tongdai(daemon, {"campaign", "calendar"});
  EXPECT_THAT(ran.out, HasSubstr("2021-11-25  07:00-11:30, 13:30-22:00  5"));
  EXPECT_THAT(ran.out, HasSubstr("2021-11-26"));
  EXPECT_THAT(ran.out, testing::Not(HasSubstr("2021-11-24")));
}

TEST(Commands, ATestTellsWhatWasRefusedAndIsThenRefusedItself) {
  FakeDaemon daemon({answer(200, R"({"id":"5","sent":1,"refused":1,"items":[
      {"place":"to[0]","to":"+8498•••001","language":"vi","message":"71","gateway":"viettel","parts":1,
       "refusal":null,"detail":null},
      {"place":"to[1]","to":"+8498•••002","language":"vi","message":null,"gateway":null,"parts":null,
       "refusal":"opted_out","detail":"the person asked not to be written to"}]})")});
  const Ran ran = tongdai(daemon, {"campaign", "test", "5", "0987000001", "0987000002"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "tongdai: 1 of 2 texts were refused.\n");
  EXPECT_THAT(ran.out, HasSubstr("opted_out  the person asked not to be written to"));
  EXPECT_THAT(ran.out, HasSubstr("71"));
  EXPECT_EQ(tongdai(daemon, {"campaign", "test", "5"}).exit, 2);
}

TEST(Commands, AMonthThatIsNoneIsRefused) {
  FakeDaemon daemon({answer(200, "{}")});
  EXPECT_EQ(tongdai(daemon, {"campaign", "calendar", "--month", "2021-13"}).exit, 2);
}

TEST(Commands, ABackupsFileIsMadeAbsolute) {
  FakeDaemon daemon({answer(200, "{}")});
  ASSERT_EQ(tongdai(daemon, {"backup", "copy.db"}).exit, 0);
  const nlohmann::json body = nlohmann::json::parse(daemon.heard().at(0).body);
  EXPECT_EQ(body["file"], (std::filesystem::current_path() / "copy.db").string());
}

TEST(Commands, FilesGoWithTheirType) {
  FakeDaemon daemon({answer(200, "{}")});
  TempDir dir;
  write_file(dir / "f", "rows");
  const std::string file = (dir / "f").string();
  EXPECT_EQ(
      tongdai(daemon, {"unit", "import", file, "--valid-from", "2025-07-01", "--valid-to", "2030-01-01"})
          .exit,
      0);
  EXPECT_EQ(tongdai(daemon, {"facility", "import", file}).exit, 0);
  EXPECT_EQ(tongdai(daemon, {"campaign", "create", file}).exit, 0);
  const std::vector<Heard> heard = daemon.heard();
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(heard[0].line, "POST /api/v1/units/import?valid_from=2025-07-01&valid_to=2030-01-01");
  EXPECT_EQ(heard[1].line, "POST /api/v1/facilities/import");
  EXPECT_EQ(heard[2].line, "POST /api/v1/campaigns");
  EXPECT_THAT(heard[0].head, HasSubstr("Content-Type: text/csv\r\n"));
  EXPECT_THAT(heard[2].head, HasSubstr("Content-Type: application/toml\r\n"));
  for (const Heard& each : heard) EXPECT_EQ(each.body, "rows");
}

class Export : public testing::Test {
 protected:
  [[nodiscard]] std::string file() const { return (dir_ / "report.csv").string(); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir_.path()), {}));
  }
  TempDir dir_;
};

TEST_F(Export, WritesTheWholeFile) {
  std::string rows = "phone,state,reason\n";
  while (rows.size() < 2'000'000) rows += "+8491•••678,delivered,\n";
  FakeDaemon daemon({answer(200, rows, "text/csv")});
  const Ran ran = tongdai(daemon, {"campaign", "export", "5", file(), "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(daemon.heard().at(0).line, "GET /api/v1/campaigns/5/export");
  EXPECT_EQ(ran.json()["bytes"], rows.size());
  EXPECT_TRUE(read_file(file()) == rows);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Export, ReplacesAFileOnlyByForce) {
  write_file(file(), "mine");
  FakeDaemon daemon({answer(200, "rows", "text/csv")});
  const Ran refused = tongdai(daemon, {"campaign", "export", "5", file()});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(read_file(file()), "mine");
  EXPECT_THAT(daemon.heard(), IsEmpty());
  EXPECT_EQ(tongdai(daemon, {"campaign", "export", "5", file(), "--force"}).exit, 0);
  EXPECT_EQ(read_file(file()), "rows");
}

TEST_F(Export, LeavesNothingBehindWhenItFails) {
  FakeDaemon unknown({answer(404, R"({"detail":"There is no campaign 5."})")});
  const Ran ran = tongdai(unknown, {"campaign", "export", "5", file()});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "tongdai: There is no campaign 5.\n");
  FakeDaemon dying(
      {"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nphone,state\n"});
  EXPECT_EQ(tongdai(dying, {"campaign", "export", "5", file()}).exit, 3);
  EXPECT_EQ(files(), 0U);
  FakeDaemon daemon({answer(200, "rows", "text/csv")});
  EXPECT_EQ(tongdai(daemon, {"campaign", "export", "5", (dir_ / "no/such/folder.csv").string()}).exit, 1);
}

}  // namespace
}  // namespace tongdai::test
