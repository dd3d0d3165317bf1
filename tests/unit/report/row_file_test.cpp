#include "report/row_file.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "support/temp_dir.hpp"

namespace tongdai::report {
namespace {

std::string content(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

std::string cell(std::string_view text) {
  std::string out;
  add_csv_cell(out, text);
  return out;
}

TEST(RowFile, CsvHasAHeadAndQuotedTexts) {
  const test::TempDir dir;
  auto file = open_rows(RowFormat::csv, dir / "a.csv", dir.path(), {"seq", "phone"});
  ASSERT_TRUE(file);
  (*file)->row({Cell::count(1'000'000), Cell::of("a \"b\", c"), Cell{}});
  ASSERT_TRUE((*file)->close());
  EXPECT_EQ(content(dir / "a.csv"), "\xEF\xBB\xBFseq,phone\r\n1000000,\"a \"\"b\"\", c\",\r\n");
}

TEST(RowFile, NoCellOfACsvIsAFormula) {
  for (const char* formula : {"=1+1", "+84912", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1",
                              "\uFF0B1", "\uFF0D1", "\uFF20A"}) {
    EXPECT_EQ(cell(formula).substr(0, 2), "\"'") << formula;
  }
  EXPECT_EQ(cell("1=1"), "\"1=1\"");
  EXPECT_EQ(cell(""), "\"\"");
}

TEST(RowFile, AnXlsxIsAZipWithTheSheet) {
  const test::TempDir dir;
  auto file = open_rows(RowFormat::xlsx, dir / "a.xlsx", dir.path(), {"seq", "phone"});
  ASSERT_TRUE(file);
  for (int i = 0; i < 1000; ++i) (*file)->row({Cell::count(i), Cell::of("=HYPERLINK(\"http://x\")")});
  ASSERT_TRUE((*file)->close());
  EXPECT_EQ(content(dir / "a.xlsx").substr(0, 2), "PK");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path()), {}), 1) << "nothing else is left";
}

TEST(RowFile, WhatCannotBeWrittenIsSaid) {
  const test::TempDir dir;
  EXPECT_FALSE(open_rows(RowFormat::csv, dir / "no/such/a.csv", dir.path(), {"a"}));
  auto xlsx = open_rows(RowFormat::xlsx, dir / "no/such/a.xlsx", dir.path(), {"a"});
  ASSERT_TRUE(xlsx) << "it is put together at the end";
  const auto closed = (*xlsx)->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, Code::unavailable);
}

}  // namespace
}  // namespace tongdai::report
