#include <gmock/gmock.h>

#include <filesystem>

#include "cli/client.hpp"
#include "command_line.hpp"
#include "fake_daemon.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class CampaignReport : public testing::Test {
 protected:
  [[nodiscard]] std::string file(const char* name) const { return (dir_ / name).string(); }
  /// What the one call asked for.
  std::string line(std::vector<std::string> arguments) {
    FakeDaemon daemon({answer(200, R"({"items":[]})")});
    const Ran ran = tongdai(daemon, arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return daemon.heard().empty() ? "" : daemon.heard().front().line;
  }
  std::string refused(std::vector<std::string> arguments) {
    FakeDaemon daemon({});
    const Ran ran = tongdai(daemon, arguments);
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(daemon.heard(), IsEmpty());
    return ran.err + ran.out;
  }
  TempDir dir_;
};

TEST_F(CampaignReport, TheFilesEndingChoosesTheExportsFormat) {
  EXPECT_EQ(line({"campaign", "export", "5", file("a.csv")}), "GET /api/v1/campaigns/5/export");
  EXPECT_EQ(line({"campaign", "export", "5", file("a.xlsx"), "--numbers", "whole"}),
            "GET /api/v1/campaigns/5/export?format=xlsx&numbers=whole");
  EXPECT_THAT(refused({"campaign", "export", "5", file("a.pdf")}), HasSubstr("must end in .csv or .xlsx"));
}

TEST_F(CampaignReport, AnExportMayBeLongerThanAnyAnswer) {
  const std::string rows(cli::answer_max + 1, 'x');
  FakeDaemon daemon({answer(200, rows, "text/csv")});
  const Ran ran = tongdai(daemon, {"campaign", "export", "5", file("a.csv")});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(std::filesystem::file_size(file("a.csv")), rows.size());
}

TEST_F(CampaignReport, AccountsAreCalls) {
  EXPECT_EQ(line({"campaign", "breakdown", "5", "--by", "unit", "--level", "Huyện"}),
            "GET /api/v1/campaigns/5/breakdown?by=unit&level=Huy%E1%BB%87n");
  EXPECT_EQ(line({"campaign", "audit", "5"}), "GET /api/v1/campaigns/5/audit");
  EXPECT_EQ(line({"campaign", "repair", "5"}), "POST /api/v1/campaigns/5/repair");
}

TEST_F(CampaignReport, ABreakdownShowsTheStatesThatAreThere) {
  FakeDaemon daemon({answer(200, R"({"items":[{"key":"03595","name":"Xã Than Uyên","reached":7,"parts":14,)"
                                 R"("counts":{"audience":9,"pending":0,"delivered":7,"suppressed":2}}]})")});
  const Ran ran = tongdai(daemon, {"campaign", "breakdown", "5", "--by", "unit"});
  EXPECT_THAT(ran.out, HasSubstr("Xã Than Uyên"));
  EXPECT_THAT(ran.out, HasSubstr("SUPPRESSED"));
  EXPECT_THAT(ran.out, testing::Not(HasSubstr("UNCERTAIN")));
}

TEST_F(CampaignReport, AReportTakesCampaignsAndThenItsFile) {
  EXPECT_EQ(
      line({"campaign", "report", "5", "6", file("r.html"), "--from", "2021-11-15", "--to", "2021-12-15"}),
      "GET /api/v1/report?from=2021-11-15&to=2021-12-15&campaigns=5%2C6&format=html");
  EXPECT_EQ(
      line({"campaign", "report", "--series", "9", "--from", "2021-11-15", "--to", "2021-12-15", "--format",
            "xlsx", "--language", "en", "--interval", "week", file("r")}),
      "GET /api/v1/report?from=2021-11-15&to=2021-12-15&series=9&format=xlsx&language=en&interval=week");
  EXPECT_TRUE(std::filesystem::exists(file("r.html")));
  EXPECT_TRUE(std::filesystem::exists(file("r")));
}

TEST_F(CampaignReport, AReportWithoutAPeriodOrAFormatIsBadUsage) {
  EXPECT_THAT(refused({"campaign", "report", file("r.html"), "--from", "2021-11-15"}), HasSubstr("--to"));
  EXPECT_THAT(refused({"campaign", "report", file("r.doc"), "--from", "2021-11-15", "--to", "2021-12-15"}),
              HasSubstr("must end in .html or .xlsx"));
}

}  // namespace
}  // namespace tongdai::test
