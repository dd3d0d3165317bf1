#include "report/spreadsheet.hpp"

#include "report/workbook.hpp"

namespace tongdai::report {
namespace {

constexpr double first_width = 40;  // characters
constexpr double width = 16;
constexpr int rows_above_table = 3;  // heading, nothing, columns

void add_sheet(Workbook& book, const Section& section) {
  std::vector<double> widths(section.columns.size(), width);
  if (!widths.empty()) widths.front() = first_width;
  book.begin_sheet(section.sheet, widths);
  book.row({Cell::of(section.heading)}, Workbook::Style::title);
  book.row({});
  if (!section.columns.empty()) {
    Cells head;
    for (const std::string& c : section.columns) head.push_back(Cell::of(c));
    book.row(head, Workbook::Style::heading);
    book.freeze_top(rows_above_table);
  }
  for (const Cells& row : section.rows) {
    const bool is_total = section.has_total && &row == &section.rows.back();
    book.row(row, is_total ? Workbook::Style::total : Workbook::Style::plain);
  }
  book.row({});
  for (const std::string& note : section.notes) book.row({Cell::of(note)});
}

}  // namespace

Result<void> write_xlsx(const Document& d, const std::filesystem::path& file,
                        const std::filesystem::path& temporary) {
  auto book = Workbook::create(file, temporary);
  if (!book) return std::unexpected(book.error());
  book->begin_sheet(d.facts.empty() ? "-" : d.facts.front().first, {first_width, first_width});
  book->row({Cell::of(d.title)}, Workbook::Style::title);
  book->row({});
  for (const auto& [what, value] : d.facts) book->row({Cell::of(what), Cell::of(value)});
  for (const Section& section : d.sections) add_sheet(*book, section);
  return book->close();
}

}  // namespace tongdai::report
