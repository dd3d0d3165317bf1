#include "directory/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const CsvReader::Columns columns{{"phone"}, {"name", "unit"}};

/// What a reader makes of a whole file.
struct Table {
  std::string refused;  ///< of the header
  std::vector<CsvRow> rows;
};

Table read(const std::string& file) {
  std::istringstream in(file);
  CsvReader reader(in);
  Table table;
  if (const auto header = reader.read_header(columns); !header) {
    table.refused = header.error().what;
    return table;
  }
  while (auto row = reader.next()) table.rows.push_back(std::move(*row));
  return table;
}

TEST(Csv, ReadsARowByTheColumnsOfItsHeader) {
  const Table table = read("unit,phone\n03595,0912\n");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].line, 2);
  EXPECT_EQ(table.rows[0].fault, "");
  EXPECT_THAT(table.rows[0].fields, ElementsAre("0912", "", "03595"));
}

TEST(Csv, SkipsTheByteOrderMark) {
  const Table table = read("\xEF\xBB\xBFphone,name\n0912,Sùng\n");
  EXPECT_EQ(table.refused, "");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].fields[1], "Sùng");
}

TEST(Csv, SkipsTheByteOrderMarkBeforeAQuotedHeader) {
  const Table table = read("\xEF\xBB\xBF\"phone\",\"name\"\r\n0912,A\r\n");
  EXPECT_EQ(table.refused, "");
  EXPECT_EQ(table.rows.size(), 1U);
}

TEST(Csv, TakesBothLineEndsAndAFileWithoutALastOne) {
  for (const std::string end : {"\n", "\r\n"}) {
    const Table table = read("phone,name" + end + "1,A" + end + "2,B");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_THAT(table.rows[0].fields, ElementsAre("1", "A", ""));
    EXPECT_THAT(table.rows[1].fields, ElementsAre("2", "B", ""));
    EXPECT_EQ(table.rows[0].line, 2);
    EXPECT_EQ(table.rows[1].line, 3);
  }
}

TEST(Csv, TellsTheSeparatorByTheHeader) {
  for (const std::string separator : {",", ";", "\t"}) {
    const Table table = read("phone" + separator + "name\n1" + separator + "A\n");
    ASSERT_EQ(table.rows.size(), 1U) << separator;
    EXPECT_THAT(table.rows[0].fields, ElementsAre("1", "A", ""));
  }
}

TEST(Csv, AHeaderWithACommaIsSeparatedByCommas) {
  const Table table = read("phone,name\n1,a;b\n");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].fields[1], "a;b");
}

TEST(Csv, KeepsSeparatorsAndNewlinesInQuotes) {
  const Table table = read("phone,name\n1,\"A, \"\"B\"\"\nC\"\n2,D\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].fields[1], "A, \"B\"\nC");
  EXPECT_EQ(table.rows[0].line, 2);
}

TEST(Csv, CountsTheLinesOfAFieldThatHasSeveral) {
  for (const std::string end : {"\n", "\r\n"}) {
    const Table table = read("phone,name" + end + "1,\"A" + end + "B" + end + "C\"" + end + "2,D" + end);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].line, 2);
    EXPECT_EQ(table.rows[1].line, 5);
  }
}

TEST(Csv, SkipsBlankLinesAndCountsThem) {
  for (const std::string end : {"\n", "\r\n"}) {
    const Table table =
        read(end + "phone,name" + end + end + "1,A" + end + ",," + end + "  " + end + "2,B" + end + end);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].line, 4);
    EXPECT_EQ(table.rows[1].line, 7);
  }
}

TEST(Csv, TrimsBlanks) {
  EXPECT_THAT(read(" phone , name \n 1 ,\" A \"\n").rows.at(0).fields, ElementsAre("1", "A", ""));
}

TEST(Csv, NamesOfColumnsMayHaveCapitals) {
  EXPECT_THAT(read("Phone,NAME\n1,A\n").rows.at(0).fields, ElementsAre("1", "A", ""));
}

TEST(Csv, AShortRowHasEmptyFields) {
  EXPECT_THAT(read("phone,name,unit\n1\n").rows.at(0).fields, ElementsAre("1", "", ""));
}

TEST(Csv, ARowWithTooManyColumnsIsAFault) {
  const Table table = read("phone,name\n1,A,B\n2,C\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].line, 2);
  EXPECT_EQ(table.rows[0].fault, "3 columns, but the header has 2");
  EXPECT_EQ(table.rows[1].fault, "");
}

TEST(Csv, AColumnWithoutANameIsLeftOut) {
  EXPECT_THAT(read("phone,,name\n1,x,A\n").rows.at(0).fields, ElementsAre("1", "A", ""));
}

TEST(Csv, ARowThatIsNotUtf8IsAFaultOfItsOwn) {
  const Table table = read("phone,name\n1,S\xF9ng\n2,B\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].fault, "name: is not UTF-8; save the file as CSV UTF-8");
  EXPECT_EQ(table.rows[1].fault, "");
}

TEST(Csv, AQuoteThatIsNeverClosedIsAFaultWithItsLine) {
  const Table table = read("phone,name\n1,A\n2,\"B\n3,C\n4,D\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[1].line, 3);
  EXPECT_THAT(table.rows[1].fault, HasSubstr("a quote is opened and not closed"));
}

TEST(Csv, AQuoteThatIsNeverClosedDoesNotSwallowALongFile) {
  std::string file = "phone,name\n1,\"A\n";
  file.append(3 * 1024 * 1024, 'x');
  const Table table = read(file);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].line, 2);
  EXPECT_THAT(table.rows[0].fault, HasSubstr("a quote is opened and not closed"));
}

TEST(Csv, AQuoteThatIsNeverClosedInTheHeaderIsRefused) {
  EXPECT_THAT(read("phone,\"name\n1,A\n").refused, HasSubstr("line 1: a quote is opened and not closed"));
}

TEST(Csv, RowsOverTheEdgesOfBlocksAreWhole) {
  constexpr int rows = 20'000;
  std::string file = "phone,name\n";
  for (int i = 0; i < rows; ++i) file += std::to_string(i) + ",\"Giàng, Thị Mỷ\"\r\n";
  const Table table = read(file);
  ASSERT_EQ(table.rows.size(), static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    ASSERT_EQ(table.rows[i].fields[0], std::to_string(i));
    ASSERT_EQ(table.rows[i].fields[1], "Giàng, Thị Mỷ");
    ASSERT_EQ(table.rows[i].line, static_cast<std::int64_t>(i) + 2);
  }
}

TEST(CsvHeader, AnUnknownColumnIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(read("phone,nmae\n").refused,
            "line 1: column 2 has a name that is not known; the columns are phone, name, unit");
}

TEST(CsvHeader, AMissingColumnIsRefused) {
  EXPECT_EQ(read("name,unit\n").refused,
            "line 1: the column phone is missing; the columns are phone, name, unit");
}

TEST(CsvHeader, AColumnTwiceIsRefused) {
  EXPECT_EQ(read("phone,name,Name\n").refused, "line 1: the column name stands there twice");
}

TEST(CsvHeader, NamesItsLineBehindBlankLines) {
  EXPECT_THAT(read("\n\nname\n").refused, HasSubstr("line 3: "));
}

TEST(CsvHeader, Utf16IsRefusedWithWhatToDo) {
  const std::string little("\xFF\xFEp\0h\0", 6), big("\xFE\xFF\0p\0h", 6);
  for (const std::string& file : {little, big}) {
    EXPECT_EQ(read(file).refused, "line 1: the file is UTF-16; save it as CSV UTF-8");
  }
}

TEST(CsvHeader, AnEmptyFileIsRefused) {
  for (const std::string file : {"", "\n\n", "\xEF\xBB\xBF", " , \n"}) {
    EXPECT_EQ(read(file).refused, "line 1: the file is empty; a header is needed");
  }
}

TEST(CsvHeader, AFileWithAHeaderOnlyHasNoRows) {
  const Table table = read("phone,name");
  EXPECT_EQ(table.refused, "");
  EXPECT_THAT(table.rows, IsEmpty());
}

TEST(CutList, CutsTrimsAndDropsWhatIsEmpty) {
  EXPECT_THAT(cut_list("a; b;;c "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(cut_list(""), IsEmpty());
  EXPECT_THAT(cut_list(" ; "), IsEmpty());
}

}  // namespace
}  // namespace tongdai::directory
