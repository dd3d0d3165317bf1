#include "report/document.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "report/html.hpp"

namespace tongdai::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const text::TimeZone zone = text::TimeZone::find("Asia/Ho_Chi_Minh").value();

Edition edition(Language language) {
  return {"Lai Châu",
          parse_rfc3339("2021-11-15T00:00:00+07:00").value(),
          parse_rfc3339("2021-12-16T00:00:00+07:00").value(),
          parse_rfc3339("2021-12-20T08:00:00+07:00").value(),
          zone,
          language};
}

Figures figures() {
  Figures f;
  CampaignFigures c;
  c.title = "Tháng hành động 2021: 25/11";
  c.state = campaigns::CampaignState::completed;
  c.start = parse_rfc3339("2021-11-25T07:00:00+07:00").value();
  c.end = parse_rfc3339("2021-11-27T21:00:00+07:00").value();
  c.accounts.audience = 450000;
  c.reached = 441000;
  c.parts = 900000;
  c.cost = 270000000;
  f.campaigns = {c};
  f.total = c;
  f.people_reached = 441000;
  f.by_unit = {{"03595", "Xã Than Uyên", 20000, 19000, 40000}, {"", "", 10, 0, 0}};
  f.cases.by_unit.lines = {{"03595", "Xã Than Uyên"}, {"", ""}};
  f.cases.by_unit.columns = {{"2021-11", ""}, {"2021-12", ""}};
  f.cases.by_unit.counts = small_cells::protect_table({{12, 7}, {3, 9}}, 2);
  f.cases.cases = f.cases.by_unit.counts.total();
  f.cases.urgencies = {{"critical", ""}, {"high", ""}, {"normal", ""}};
  f.cases.by_urgency = small_cells::protect_list({11, 10, 10});
  return f;
}

const Section& section(const Document& d, std::string_view heading) {
  const auto found = std::ranges::find(d.sections, heading, &Section::heading);
  if (found == d.sections.end()) throw std::runtime_error("no section " + std::string(heading));
  return *found;
}

TEST(Document, SaysWhatItIsOf) {
  const Document d = write_document(figures(), edition(Language::vi));
  EXPECT_THAT(d.facts, testing::Contains(
                           std::pair<std::string, std::string>("Kỳ báo cáo", "15/11/2021 – 15/12/2021")));
  EXPECT_THAT(d.facts, testing::Contains(std::pair<std::string, std::string>(
                           "Số người nhận được ít nhất một tin", "441.000")));
  const Document e = write_document(figures(), edition(Language::en));
  EXPECT_THAT(e.facts, testing::Contains(std::pair<std::string, std::string>(
                           "Period", "15 November 2021 – 15 December 2021")));
}

TEST(Document, CostIsThereOnlyIfThereArePrices) {
  Figures f = figures();
  EXPECT_THAT(section(write_document(f, edition(Language::en)), "Campaigns").columns,
              testing::Not(testing::Contains("Cost")));
  f.has_cost = true;
  const Section s = section(write_document(f, edition(Language::en)), "Campaigns");
  const auto at = std::ranges::find(s.columns, "Cost") - s.columns.begin();
  ASSERT_LT(at, std::ssize(s.columns));
  EXPECT_EQ(s.rows.front().at(static_cast<std::size_t>(at)).number, 270000000);
  for (const Cells& row : s.rows) EXPECT_EQ(row.size(), s.columns.size());
}

TEST(Document, SmallCountsAreMarkedAndTheMarksExplained) {
  const Document d = write_document(figures(), edition(Language::vi));
  const Section& s = section(d, "Vụ việc theo địa bàn");
  EXPECT_THAT(s.columns, ElementsAre("Địa bàn", "11/2021", "12/2021", "Tổng cộng"));
  EXPECT_EQ(s.rows[1][0].text, "Không xác định");
  EXPECT_EQ(s.rows[1][1].text, "<5");
  EXPECT_THAT(s.notes, testing::Contains(HasSubstr("ít hơn năm")));
  const bool any_hidden = std::ranges::any_of(s.rows, [](const Cells& row) {
    return std::ranges::any_of(row, [](const Cell& c) { return c.text == "•"; });
  });
  EXPECT_TRUE(any_hidden);
  EXPECT_THAT(print_html(d), testing::Not(HasSubstr("<td class=\"n\">3</td>")));
}

TEST(Document, AnEmptyPeriodSaysSo) {
  Figures f;
  f.cases.by_unit.counts = small_cells::protect_table({{0}}, 1);
  f.cases.by_unit.lines = {{"", ""}};
  f.cases.by_unit.columns = {{"2021-11", ""}};
  f.cases.cases = f.cases.by_unit.counts.total();
  const Document d = write_document(f, edition(Language::en));
  EXPECT_THAT(d.sections.front().notes, ElementsAre("There was no campaign in the period."));
  EXPECT_THAT(d.sections.back().notes, testing::Contains("There are too few cases to tell more."));
}

}  // namespace
}  // namespace tongdai::report
