#include "report/row_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "report/workbook.hpp"

namespace tongdai::report {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::int64_t rows_a_sheet = 1'000'000;
constexpr double column_width = 18;  // characters

class CsvFile final : public RowFile {
 public:
  explicit CsvFile(const std::filesystem::path& file) : out_(file, std::ios::binary | std::ios::trunc) {}

  [[nodiscard]] bool begin(const std::vector<std::string>& head) {
    out_ << byte_order_mark;
    for (std::size_t i = 0; i < head.size(); ++i) out_ << (i == 0 ? "" : ",") << head[i];
    out_ << "\r\n";
    return out_.good();
  }
  void row(const Cells& cells) override {
    line_.clear();
    for (const Cell& cell : cells) {
      if (&cell != cells.data()) line_ += ',';
      if (cell.kind == Cell::Kind::text) {
        add_csv_cell(line_, cell.text);
      } else if (cell.kind != Cell::Kind::empty) {
        line_ += fmt::format("{}", cell.number);
      }
    }
    line_ += "\r\n";
    out_ << line_;
  }
  Result<void> close() override {
    out_.close();
    if (out_.good()) return {};
    return fail(Code::unavailable, "the file cannot be written: is the disk full?");
  }

 private:
  std::ofstream out_;
  std::string line_;
};

class XlsxFile final : public RowFile {
 public:
  XlsxFile(Workbook book, const std::vector<std::string>& head)
      : book_(std::move(book)), width_(head.size()) {
    for (const std::string& name : head) head_.push_back(Cell::of(name));
    begin_sheet();
  }
  void row(const Cells& cells) override {
    if (book_.rows() > rows_a_sheet) begin_sheet();
    book_.row(cells);
  }
  Result<void> close() override { return book_.close(); }

 private:
  void begin_sheet() {
    book_.begin_sheet(fmt::format("{}", ++sheets_), std::vector<double>(width_, column_width));
    book_.row(head_, Workbook::Style::heading);
    book_.freeze_top(1);
  }
  Workbook book_;
  std::size_t width_;
  Cells head_;
  int sheets_ = 0;
};

bool starts_like_formula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  constexpr std::array<std::string_view, 4> wide{"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  return std::ranges::any_of(wide, [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

void add_csv_cell(std::string& line, std::string_view text) {
  line += '"';
  if (starts_like_formula(text)) line += '\'';
  for (const char c : text) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

Result<std::unique_ptr<RowFile>> open_rows(RowFormat format, const std::filesystem::path& file,
                                           const std::filesystem::path& temporary,
                                           const std::vector<std::string>& head) {
  if (format == RowFormat::csv) {
    auto csv = std::make_unique<CsvFile>(file);
    if (!csv->begin(head)) return fail(Code::unavailable, "the file cannot be begun: is the disk full?");
    return csv;
  }
  auto book = Workbook::create(file, temporary);
  if (!book) return std::unexpected(book.error());
  return std::make_unique<XlsxFile>(std::move(*book), head);
}

}  // namespace tongdai::report
