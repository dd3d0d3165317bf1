#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/command_line.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view first_page = R"({"items":[{"id":"3"},{"id":"2"}],"next":"2"})";
constexpr std::string_view last_page = R"({"items":[{"id":"1"}],"next":null})";

TEST(Lists, PrintTheBareArrayOfAllPages) {
  FakeDaemon daemon({answer(200, first_page), answer(200, last_page)});
  const Ran ran = tongdai(daemon, {"message", "list", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.json(), nlohmann::json::parse(R"([{"id":"3"},{"id":"2"},{"id":"1"}])"));
  const std::vector<Heard> heard = daemon.heard();
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0].line, "GET /api/v1/messages?limit=50");
  EXPECT_EQ(heard[1].line, "GET /api/v1/messages?limit=48&cursor=2");
}

TEST(Lists, StopAtTheLimit) {
  FakeDaemon daemon({answer(200, first_page)});
  const Ran two = tongdai(daemon, {"message", "list", "--json", "--limit", "2"});
  EXPECT_EQ(two.json().size(), 2U);
  const Ran one = tongdai(daemon, {"message", "list", "--json", "--limit", "1"});
  EXPECT_EQ(one.json().size(), 1U);
  EXPECT_EQ(daemon.heard().size(), 2U);
}

TEST(Lists, WithoutLimitComeWhole) {
  FakeDaemon daemon({answer(200, R"({"items":[{"name":"a"}],"next":7})"),
                     answer(200, R"({"items":[{"name":"b"}],"next":null})")});
  const Ran ran = tongdai(daemon, {"group", "list", "--json"});
  EXPECT_EQ(ran.json().size(), 2U);
  EXPECT_EQ(daemon.heard().at(1).line, "GET /api/v1/groups?cursor=7");
}

TEST(Lists, AnEmptyOneIsAnEmptyArrayOrNone) {
  FakeDaemon daemon({answer(200, R"({"items":[],"next":null})")});
  EXPECT_EQ(tongdai(daemon, {"case", "list", "--json"}).json(), nlohmann::json::array());
  EXPECT_EQ(tongdai(daemon, {"case", "list"}).out, "none\n");
  EXPECT_EQ(tongdai(daemon, {"group", "list"}).out, "none\n");
}

TEST(Lists, OfADaemonThatNeverEndsAreRefused) {
  FakeDaemon daemon({answer(200, R"({"items":[{"name":"a"}],"next":"1"})")});
  const Ran ran = tongdai(daemon, {"group", "list", "--json"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, HasSubstr("does not end"));
}

TEST(Lists, ThatAreNoListsAreRefused) {
  FakeDaemon daemon({answer(200, R"({"name":"a"})")});
  const Ran ran = tongdai(daemon, {"group", "list"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, HasSubstr("/api/v1/groups is no list"));
}

TEST(Lists, AreTablesForPeople) {
  FakeDaemon daemon(
      {answer(200, R"({"items":[)"
                   R"({"code":"4821","state":"open","urgency":"critical","unit_name":"Xã Bình Lư",)"
                   R"("services":["health","police"],"owner":null},)"
                   R"({"code":"77","state":"accepted","urgency":"high","unit_name":"Phường Đoàn Kết",)"
                   R"("services":[],"owner":"Trạm y tế"}],"next":null})")});
  EXPECT_EQ(tongdai(daemon, {"case", "list"}).out,
            "CODE  STATE     URGENCY   UNIT             SERVICES        OWNER      OPENED AT  DUE AT\n"
            "4821  open      critical  Xã Bình Lư       health, police  -          -          -\n"
            "77    accepted  high      Phường Đoàn Kết  -               Trạm y tế  -          -\n");
}

}  // namespace
}  // namespace tongdai::test
