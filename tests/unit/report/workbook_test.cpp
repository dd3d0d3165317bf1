#include "report/workbook.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstdio>

#include "report/spreadsheet.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A member of the archive, by python's zip library, which every machine with our tests has.
std::string member(const std::filesystem::path& file, const std::string& name) {
  const std::string command =
      "python3 -c \"import sys, zipfile, xml.dom.minidom as x; "
      "t = zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode(); x.parseString(t.encode()); "
      "sys.stdout.write(t)\" '" +
      file.string() + "' '" + name + "'";
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> piece{};
  for (std::size_t n = 0; (n = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    out.append(piece.data(), n);
  pclose(pipe);
  return out;
}

TEST(Workbook, TextsAreTextsAndNumbersNumbers) {
  const test::TempDir dir;
  auto book = Workbook::create(dir / "a.xlsx", dir.path());
  ASSERT_TRUE(book);
  book->begin_sheet("Kết quả", {10, 20});
  book->row({Cell::of("=1+1"), Cell::count(450000), Cell::share(0.5), Cell{}, Cell::of("a<b & \x01 c")});
  ASSERT_TRUE(book->close());
  const std::string sheet = member(dir / "a.xlsx", "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(sheet, HasSubstr("<t>=1+1</t>"));
  EXPECT_THAT(sheet, HasSubstr("<v>450000</v>"));
  EXPECT_THAT(sheet, HasSubstr("a&lt;b &amp;  c"));
}

TEST(Workbook, SheetsHaveNamesThatAreAllowedAndTheirOwn) {
  const test::TempDir dir;
  auto book = Workbook::create(dir / "a.xlsx", dir.path());
  ASSERT_TRUE(book);
  for (int i = 0; i < 2; ++i) {
    book->begin_sheet("Vụ việc theo nhu cầu hỗ trợ: [tất cả] / năm", {});
    book->row({Cell::count(i)});
  }
  book->begin_sheet("*?", {});
  ASSERT_TRUE(book->close());
  const std::string names = member(dir / "a.xlsx", "xl/workbook.xml");
  EXPECT_THAT(names, HasSubstr("name=\"Vụ việc theo nhu cầu hỗ trợ tất\""));
  EXPECT_THAT(names, HasSubstr("name=\"Vụ việc theo nhu cầu hỗ trợ t 2\""));
  EXPECT_THAT(names, HasSubstr("name=\"-\""));
}

TEST(Workbook, ADocumentHasASheetEachSection) {
  const test::TempDir dir;
  Document d;
  d.title = "Báo cáo";
  d.facts = {{"Đơn vị", "Lai Châu"}};
  d.sections = {{"Một", "Một", {"A", "B"}, {{Cell::of("x"), Cell::count(7)}}, true, {"ghi chú"}},
                {"Hai", "Hai", {}, {}, false, {}}};
  ASSERT_TRUE(write_xlsx(d, dir / "d.xlsx", dir.path()));
  const std::string names = member(dir / "d.xlsx", "xl/workbook.xml");
  for (const char* name : {"Đơn vị", "Một", "Hai"}) EXPECT_THAT(names, HasSubstr(name));
  EXPECT_THAT(member(dir / "d.xlsx", "xl/worksheets/sheet2.xml"), HasSubstr("ghi chú"));
}

}  // namespace
}  // namespace tongdai::report
