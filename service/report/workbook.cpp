#include "report/workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <array>
#include <set>
#include <string>
#include <utility>

namespace tongdai::report {
namespace {

constexpr std::size_t sheet_chars_max = 31;
constexpr std::size_t styles = 4;
constexpr std::size_t kinds = 5;

std::size_t count_chars(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return n;
}

/// At most so many characters, none cut apart.
std::string first_chars(std::string_view text, std::size_t most) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && ++n > most) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

/// Without the control characters that XML has no place for.
std::string printable(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return out;
}

const char* number_format(Cell::Kind kind) {
  switch (kind) {
    case Cell::Kind::count:
    case Cell::Kind::money:
      return "#,##0";
    case Cell::Kind::share:
      return "0.0%";
    case Cell::Kind::empty:
    case Cell::Kind::text:
      return "@";
  }
  return "General";
}

}  // namespace

struct Workbook::Impl {
  std::string temporary;  // libxlsxwriter keeps the pointer
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_row_t next = 0;
  std::set<std::string> names;
  std::array<std::array<lxw_format*, kinds>, styles> formats{};
  lxw_error failed = LXW_NO_ERROR;

  ~Impl() {
    if (book != nullptr) lxw_workbook_free(book);
  }
  void note(lxw_error error) {
    if (failed == LXW_NO_ERROR) failed = error;
  }
  void make_formats();
  void put(lxw_col_t column, const Cell& cell, lxw_format* format);
};

void Workbook::Impl::make_formats() {
  constexpr double title_size = 14;
  for (std::size_t s = 0; s < styles; ++s) {
    for (std::size_t k = 0; k < kinds; ++k) {
      lxw_format* const f = workbook_add_format(book);
      const auto style = static_cast<Style>(s);
      format_set_num_format(f, number_format(static_cast<Cell::Kind>(k)));
      if (style != Style::plain) format_set_bold(f);
      if (style == Style::title) format_set_font_size(f, title_size);
      if (style == Style::heading) {
        format_set_bottom(f, LXW_BORDER_THIN);
        format_set_text_wrap(f);
      }
      if (style == Style::total) format_set_top(f, LXW_BORDER_THIN);
      formats.at(s).at(k) = f;
    }
  }
}

void Workbook::Impl::put(lxw_col_t column, const Cell& cell, lxw_format* format) {
  switch (cell.kind) {
    case Cell::Kind::empty:
      return;
    case Cell::Kind::text:
      return note(worksheet_write_string(sheet, next, column,
                                         first_chars(printable(cell.text), text_chars_max).c_str(), format));
    case Cell::Kind::count:
    case Cell::Kind::share:
    case Cell::Kind::money:
      return note(worksheet_write_number(sheet, next, column, cell.number, format));
  }
}

Workbook::Workbook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workbook::Workbook(Workbook&& other) noexcept = default;
Workbook::~Workbook() = default;

Result<Workbook> Workbook::create(const std::filesystem::path& file, const std::filesystem::path& temporary) {
  auto impl = std::make_unique<Impl>();
  impl->temporary = temporary.string();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = impl->temporary.data();
  options.use_zip64 = LXW_TRUE;
  impl->book = workbook_new_opt(file.c_str(), &options);
  if (impl->book == nullptr) return fail(Code::unavailable, "the workbook cannot be begun: out of memory");
  impl->make_formats();
  return Workbook(std::move(impl));
}

void Workbook::begin_sheet(std::string_view name, const std::vector<double>& widths) {
  std::string clean = printable(name);
  std::erase_if(clean,
                [](char c) { return std::string_view("[]:*?/\\'\n\t").find(c) != std::string_view::npos; });
  if (clean.empty()) clean = "-";
  std::string chosen = first_chars(clean, sheet_chars_max);
  for (int n = 2; impl_->names.contains(chosen); ++n) {
    const std::string number = fmt::format(" {}", n);
    chosen = first_chars(clean, sheet_chars_max - count_chars(number)) + number;
  }
  impl_->names.insert(chosen);
  impl_->sheet = workbook_add_worksheet(impl_->book, chosen.c_str());
  impl_->next = 0;
  if (impl_->sheet == nullptr) return impl_->note(LXW_ERROR_MEMORY_MALLOC_FAILED);
  worksheet_set_landscape(impl_->sheet);
  constexpr std::uint8_t a4 = 9;
  worksheet_set_paper(impl_->sheet, a4);
  worksheet_fit_to_pages(impl_->sheet, 1, 0);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    impl_->note(worksheet_set_column(impl_->sheet, column, column, widths[i], nullptr));
  }
}

void Workbook::row(const Cells& cells, Style style) {
  if (impl_->sheet == nullptr) return;
  lxw_col_t column = 0;
  for (const Cell& cell : cells) {
    const auto& of_style = impl_->formats.at(static_cast<std::size_t>(style));
    impl_->put(column++, cell, of_style.at(static_cast<std::size_t>(cell.kind)));
  }
  ++impl_->next;
}

void Workbook::freeze_top(int rows) {
  if (impl_->sheet != nullptr) worksheet_freeze_panes(impl_->sheet, static_cast<lxw_row_t>(rows), 0);
}

std::int64_t Workbook::rows() const noexcept {
  return impl_->next;
}

Result<void> Workbook::close() {
  const lxw_error closed = workbook_close(std::exchange(impl_->book, nullptr));
  impl_->note(closed);
  if (impl_->failed == LXW_NO_ERROR) return {};
  return fail(Code::unavailable,
              fmt::format("the workbook cannot be written: {}", lxw_strerror(impl_->failed)));
}

}  // namespace tongdai::report
