#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <sstream>

#include "cli/print.hpp"
#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using cli::Json;
using testing::HasSubstr;

/// The machine's zone, for as long as it lives.
class Zone {
 public:
  explicit Zone(const char* name) {
    const char* before = std::getenv("TZ");
    if (before != nullptr) before_ = before;
    ::setenv("TZ", name, 1);
    ::tzset();
  }
  ~Zone() {
    before_ ? ::setenv("TZ", before_->c_str(), 1) : ::unsetenv("TZ");
    ::tzset();
  }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

 private:
  std::optional<std::string> before_;
};

std::string table(const Json& items, const std::vector<cli::Column>& columns) {
  std::ostringstream out;
  cli::print_table(out, items, columns);
  return out.str();
}

std::string document(const Json& json) {
  std::ostringstream out;
  cli::print_document(out, json);
  return out.str();
}

TEST(Table, AlignsVietnameseByCodePoints) {
  const Json items = {{{"code", "03388"}, {"name", "Phường Đoàn Kết"}, {"type", "ward"}},
                      {{"code", "03595"}, {"name", "Xã Than Uyên"}, {"type", "commune"}}};
  EXPECT_EQ(table(items, {{"code"}, {"name"}, {"type", "KIND"}}),
            "CODE   NAME             KIND\n"
            "03388  Phường Đoàn Kết  ward\n"
            "03595  Xã Than Uyên     commune\n");
}

TEST(Table, AlignsTextThatCameDecomposed) {
  const Json items = {{{"name", "Phu\u031Bo\u031B\u0300ng"}, {"n", 5}}, {{"name", "x"}, {"n", 1200}}};
  EXPECT_EQ(table(items, {{"name"}, {"n"}}),
            "NAME       N\n"
            "Phường     5\n"
            "x       1200\n");
}

TEST(Table, ShowsWhatIsMissingAsADash) {
  EXPECT_EQ(table({{{"a", nullptr}, {"b", ""}}, {{"b", true}}}, {{"a"}, {"b"}, {"due_at"}}),
            "A  B    DUE AT\n"
            "-  -    -\n"
            "-  yes  -\n");
  EXPECT_EQ(table(Json::array(), {{"a"}}), "none\n");
}

TEST(Printable, TakesWhatWouldSteerATerminalAway) {
  EXPECT_EQ(cli::printable("a\x1b[31mb\nc\td\x7f"), "a [31mb c d ");
  EXPECT_EQ(cli::printable("a\u009bb"), "a b");
  EXPECT_EQ(cli::printable("\u202Eabc\u2066d"), "abcd");
  EXPECT_EQ(cli::printable("Đoàn Kết 🙂"), "Đoàn Kết 🙂");
  EXPECT_EQ(cli::printable("a\xff"), "a\uFFFD");
}

TEST(ValueText, TellsTimesInTheMachinesZone) {
  const Zone zone("Asia/Ho_Chi_Minh");
  EXPECT_EQ(cli::value_text("2021-11-25T00:00:03.250Z"), "2021-11-25 07:00:03");
  EXPECT_EQ(cli::value_text("2021-11-25"), "2021-11-25");
}

TEST(Document, ShowsMembersThenSectionsThenTables) {
  const Json status = {{"version", "0.1.0"},
                       {"database", {{"state", "ok"}, {"size_bytes", 4096}}},
                       {"state", "serving"},
                       {"gateways", {{{"name", "viettel"}, {"rate", 100}}, {{"name", "vina"}, {"rate", 50}}}},
                       {"coverage", {{"units_without_duty", {"Xã Bum Nưa", "Xã Pa Ủ"}}}}};
  EXPECT_EQ(document(status),
            "version  0.1.0\n"
            "state    serving\n"
            "\n"
            "database\n"
            "  state       ok\n"
            "  size bytes  4096\n"
            "\n"
            "gateways\n"
            "  NAME     RATE\n"
            "  viettel   100\n"
            "  vina       50\n"
            "\n"
            "coverage\n"
            "  units without duty  Xã Bum Nưa, Xã Pa Ủ\n");
}

TEST(Document, ShowsObjectsWithSectionsOneBelowTheOther) {
  const Json preview = {{"texts",
                         {{{"language", "vi"}, {"unaccented", {{"parts", 1}}}},
                          {{"language", "hmn"}, {"unaccented", {{"parts", 2}}}}}}};
  EXPECT_EQ(document(preview),
            "texts\n"
            "  language  vi\n"
            "\n"
            "  unaccented\n"
            "    parts  1\n"
            "\n"
            "  language  hmn\n"
            "\n"
            "  unaccented\n"
            "    parts  2\n");
}

TEST(CaseShow, TellsItsTimelineInLocalTime) {
  const Zone zone("Asia/Ho_Chi_Minh");
  FakeDaemon daemon({answer(
      200,
      R"({"code":"4821","state":"accepted","urgency":"critical","unit":"03595","unit_name":"Xã Than Uyên",)"
      R"("services":["health"],"owner":"Trạm y tế Than Uyên","opened_at":"2021-11-25T00:00:00.000Z","due_at":null,)"
      R"("referrals":[{"step":1,"facility":"Trạm y tế Than Uyên","state":"accepted","why":"serves the unit"}],)"
      R"("timeline":[{"at":"2021-11-25T00:00:00.000Z","kind":"opened","facility":"","detail":"by text"},)"
      R"({"at":"2021-11-25T00:05:00.000Z","kind":"accepted","facility":"Trạm y tế Than Uyên","detail":""}],)"
      R"("suggestions":[{"kind":"urgency","value":"weapon","text":"71","from":3,"length":7}]})")});
  EXPECT_EQ(tongdai(daemon, {"case", "show", "4821"}).out,
            "code       4821\n"
            "state      accepted\n"
            "urgency    critical\n"
            "unit       03595\n"
            "unit name  Xã Than Uyên\n"
            "services   health\n"
            "owner      Trạm y tế Than Uyên\n"
            "opened at  2021-11-25 07:00:00\n"
            "due at     -\n"
            "\n"
            "referrals\n"
            "  STEP  FACILITY             STATE     WHY\n"
            "     1  Trạm y tế Than Uyên  accepted  serves the unit\n"
            "\n"
            "timeline\n"
            "  AT                   KIND      FACILITY             DETAIL\n"
            "  2021-11-25 07:00:00  opened    -                    by text\n"
            "  2021-11-25 07:05:00  accepted  Trạm y tế Than Uyên  -\n"
            "\n"
            "suggestions\n"
            "  KIND     VALUE   TEXT  FROM  LENGTH\n"
            "  urgency  weapon  71       3       7\n");
}

TEST(ImportReport, ShowsTheRejectedLines) {
  FakeDaemon daemon({answer(200, R"({"imported":10,"updated":2,"rejected":1,)"
                                 R"("rejects":[{"line":7,"reason":"phone: must be a number"}]})")});
  TempDir dir;
  write_file(dir / "c.csv", "phone\n");
  const Ran ran = tongdai(daemon, {"contact", "import", (dir / "c.csv").string()});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "imported  10\n"
            "updated   2\n"
            "rejected  1\n"
            "\n"
            "rejects\n"
            "  LINE  REASON\n"
            "     7  phone: must be a number\n");
}

TEST(Times, AreInTheServicesZoneWhereverTheMachineIs) {
  const Zone machine("America/New_York");
  const std::string_view body =
      R"({"start":"2021-11-25T00:00:03Z","windows":["07:00-11:30"],"texts":[{"at":null,"times":["2021-11-24T23:59:59Z"]}]})";
  FakeDaemon daemon({answer(200, body, "application/json", "Service-Timezone: Asia/Ho_Chi_Minh\r\n")});
  const Ran ran = tongdai(daemon, {"campaign", "show", "1"});
  EXPECT_THAT(ran.out, HasSubstr("2021-11-25 07:00:03"));
  EXPECT_THAT(ran.out, HasSubstr("2021-11-25 06:59:59"));
  EXPECT_THAT(tongdai(daemon, {"campaign", "show", "1", "--json"}).out, HasSubstr("2021-11-25T00:00:03Z"));
}

TEST(Times, OfADaemonThatDoesNotSayItsZoneAreInTheMachines) {
  const Zone machine("America/New_York");
  FakeDaemon daemon({answer(200, R"({"start":"2021-11-25T00:00:03Z"})")});
  EXPECT_THAT(tongdai(daemon, {"campaign", "show", "1"}).out, HasSubstr("2021-11-24 19:00:03"));
}

}  // namespace
}  // namespace tongdai::test
