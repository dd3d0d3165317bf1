#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/client.hpp"
#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr cli::Timeouts impatient{.connect = 50ms, .ordinary = 50ms, .lengthy = 50ms};

TEST(Client, AProblemIsOneWithItsReasonsAndNothingOnStandardOutput) {
  FakeDaemon daemon({answer(
      400,
      R"({"type":"/problems/invalid","title":"Invalid","status":400,"detail":"The campaign has faults.",)"
      R"("errors":["text[0].body: is required","schedule.end: must be after start"]})",
      "application/problem+json")});
  TempDir dir;
  write_file(dir / "c.toml", "title = \"x\"\n");
  const Ran ran = tongdai(daemon, {"campaign", "create", (dir / "c.toml").string(), "--json"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_EQ(ran.err,
            "tongdai: The campaign has faults.\n"
            "  text[0].body: is required\n"
            "  schedule.end: must be after start\n");
}

TEST(Client, EveryRefusalIsOne) {
  for (const int status : {400, 401, 403, 404, 409, 422, 429, 500, 503}) {
    FakeDaemon daemon({answer(status, R"({"title":"No","detail":"Not so."})", "application/problem+json")});
    const Ran ran = tongdai(daemon, {"message", "show", "7"});
    EXPECT_EQ(ran.exit, 1) << status;
    EXPECT_EQ(ran.err, "tongdai: Not so.\n");
  }
}

TEST(Client, ARefusalWithoutReasonNamesTheCallAndNotItsQuery) {
  FakeDaemon daemon({answer(502, "<html>", "text/html")});
  const Ran ran = tongdai(daemon, {"message", "list", "--to", "0912345678"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("/api/v1/messages with HTTP 502"), Not(HasSubstr("0912345678"))));
}

TEST(Client, AnswersThatAreNoJsonAreRefused) {
  FakeDaemon daemon({answer(200, "hello", "text/plain")});
  const Ran ran = tongdai(daemon, {"status", "--json"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, HasSubstr("it is not tongdaid"));
}

TEST(Client, AnEmptyAnswerIsAnEmptyDocument) {
  FakeDaemon daemon({"HTTP/1.1 204 No Content\r\n\r\n"});
  const Ran ran = tongdai(daemon, {"--json", "gateway", "pause", "viettel"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.json(), nlohmann::json::object());
}

TEST(Client, AMissingSocketIsThreeAndSaysHowToSetAnother) {
  const Ran ran = tongdai({"status", "--socket", "/nowhere/d.sock"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("/nowhere/d.sock"), HasSubstr("--socket"), HasSubstr("$TONGDAI_SOCKET")));
}

TEST(Client, ASocketThatNobodyServesIsThree) {
  TempDir dir;
  std::filesystem::path socket;
  {
    FakeDaemon gone({answer(200, "{}")});
    socket = dir / "left.sock";
    std::filesystem::rename(gone.socket(), socket);
  }
  EXPECT_EQ(tongdai({"status", "--socket", socket.string()}).exit, 3);
  write_file(dir / "file", "");
  EXPECT_EQ(tongdai({"status", "--socket", (dir / "file").string()}).exit, 3);
  EXPECT_EQ(tongdai({"status", "--socket", "/" + std::string(300, 'x')}).exit, 3);
}

TEST(Client, ASilentDaemonIsThree) {
  FakeDaemon daemon({""}, Manner::is_silent);
  const Ran ran = tongdai({"status", "--socket", daemon.socket().string()}, {.timeouts = impatient});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr(daemon.socket().string()), HasSubstr("within 0.05 s")));
}

TEST(Client, ADaemonThatHangsUpIsThree) {
  FakeDaemon daemon({""}, Manner::hangs_up);
  EXPECT_EQ(tongdai(daemon, {"status"}).exit, 3);
  FakeDaemon dying({"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"state\":"});
  EXPECT_EQ(tongdai(dying, {"status"}).exit, 3);
  FakeDaemon strange({"220 mail.example ESMTP\r\n"});
  EXPECT_EQ(tongdai(strange, {"status"}).exit, 3);
}

TEST(Client, StreamsAFileWhole) {
  FakeDaemon daemon({answer(200, R"({"imported":1,"updated":0,"rejected":0,"rejects":[]})")});
  TempDir dir;
  std::string rows = "phone\n";
  while (rows.size() < 3'000'000) rows += "0912345678\n";
  write_file(dir / "contacts.csv", rows);
  const Ran ran =
      tongdai(daemon, {"contact", "import", (dir / "contacts.csv").string(), "--group", "phụ nữ"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const Heard heard = daemon.heard().at(0);
  EXPECT_EQ(heard.line, "POST /api/v1/contacts/import?group=ph%E1%BB%A5%20n%E1%BB%AF");
  EXPECT_THAT(heard.head, HasSubstr("Content-Type: text/csv\r\n"));
  EXPECT_TRUE(heard.body == rows);
}

TEST(Client, HearsWhyALongFileIsRefusedBeforeItIsRead) {
  FakeDaemon daemon({answer(413, R"({"detail":"The file is too long: at most 512 MiB."})")},
                    Manner::refuses_soon);
  TempDir dir;
  write_file(dir / "contacts.csv", std::string(8'000'000, 'x'));
  const Ran ran = tongdai(daemon, {"contact", "import", (dir / "contacts.csv").string()});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "tongdai: The file is too long: at most 512 MiB.\n");
}

TEST(Client, FilesThatCannotBeReadAreRefusedByName) {
  TempDir dir;
  FakeDaemon daemon({answer(200, "{}")});
  const Ran none = tongdai(daemon, {"unit", "import", (dir / "none.csv").string()});
  EXPECT_EQ(none.exit, 1);
  EXPECT_THAT(none.err, HasSubstr("none.csv: no such file"));
  EXPECT_EQ(tongdai(daemon, {"unit", "import", dir.path().string()}).exit, 1);
  EXPECT_THAT(daemon.heard(), IsEmpty());
}

TEST(Client, EncodesForPaths) {
  EXPECT_EQ(cli::percent_encode("+84912345678"), "%2B84912345678");
  EXPECT_EQ(cli::percent_encode("a/b?c#d%e f"), "a%2Fb%3Fc%23d%25e%20f");
  EXPECT_EQ(cli::percent_encode("Az09-._~"), "Az09-._~");
  EXPECT_EQ(cli::percent_encode("ồ"), "%E1%BB%93");
}

}  // namespace
}  // namespace tongdai::test
