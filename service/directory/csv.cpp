#include "directory/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <new>

#include "text/encoding.hpp"

namespace tongdai::directory {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string trim(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

bool is_utf16(std::string_view head) {
  return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
}

unsigned char separator_of(std::string_view first_line) {
  // What stands outside of quotes in the header tells; a comma wins, for it is the rule.
  bool quoted = false;
  unsigned char found = ',';
  for (const char c : first_line) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',') return ',';
    if (c == ';' || c == '\t') found = static_cast<unsigned char>(c);
  }
  return found;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in) {
  if (csv_init(&parser_, CSV_REPALL_NL) != 0) throw std::bad_alloc();
}

CsvReader::~CsvReader() {
  csv_free(&parser_);
}

void CsvReader::on_field(void* data, std::size_t size, void* self) {
  auto& reader = *static_cast<CsvReader*>(self);
  if (reader.current_.fields.empty()) reader.current_.line = reader.line_;
  const std::string_view field(static_cast<const char*>(data), size);
  reader.current_.fields.push_back(trim(field));
  reader.line_ += std::ranges::count(field, '\n');
}

void CsvReader::on_row(int ended_by, void* self) {
  auto& reader = *static_cast<CsvReader*>(self);
  reader.end_row();
  if (ended_by == '\n') ++reader.line_;
}

void CsvReader::end_row() {
  since_row_ = 0;
  const bool blank = std::ranges::all_of(current_.fields, [](const std::string& f) { return f.empty(); });
  if (!blank) rows_.push_back(std::move(current_));
  current_ = {};
}

bool CsvReader::feed() {
  if (ended_) return false;
  block_.resize(block_bytes);
  in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
  block_.resize(static_cast<std::size_t>(in_.gcount()));
  since_row_ += block_.size();
  ended_ = block_.empty();
  bool closed = true;
  if (!ended_) {
    (void)csv_parse(&parser_, block_.data(), block_.size(), &on_field, &on_row, this);
  } else {
    // Strict only now: a quote within a field is forgiven, the end of the file within quotes is not.
    (void)csv_set_opts(&parser_, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    closed = csv_fini(&parser_, &on_field, &on_row, this) == 0;
  }
  if (!closed || since_row_ > row_bytes_max) {
    const std::int64_t begun = current_.fields.empty() ? line_ : current_.line;
    rows_.push_back({begun, {}, "a quote is opened and not closed; the rest of the file cannot be read"});
    ended_ = true;
  }
  return true;
}

std::optional<CsvRow> CsvReader::raw() {
  while (rows_.empty()) {
    if (!feed()) return std::nullopt;
  }
  CsvRow row = std::move(rows_.front());
  rows_.pop_front();
  return row;
}

Result<void> CsvReader::read_header(const Columns& columns) {
  std::array<char, 4096> head{};
  in_.read(head.data(), head.size());
  std::string_view start(head.data(), static_cast<std::size_t>(in_.gcount()));
  in_.clear(in_.rdstate() & ~std::ios::failbit);
  if (is_utf16(start)) return fail(Code::invalid, "line 1: the file is UTF-16; save it as CSV UTF-8");
  if (start.starts_with(byte_order_mark)) start.remove_prefix(byte_order_mark.size());
  csv_set_delim(&parser_, separator_of(start.substr(0, start.find('\n'))));
  (void)csv_parse(&parser_, start.data(), start.size(), &on_field, &on_row, this);
  auto header = raw();
  if (!header) return fail(Code::invalid, "line 1: the file is empty; a header is needed");
  if (!header->fault.empty())
    return fail(Code::invalid, fmt::format("line {}: {}", header->line, header->fault));
  return map_columns(*header, columns);
}

Result<void> CsvReader::map_columns(const CsvRow& header, const Columns& columns) {
  for (const auto& list : {columns.required, columns.optional})
    names_.insert(names_.end(), list.begin(), list.end());
  at_.assign(names_.size(), std::nullopt);
  width_ = header.fields.size();
  for (std::size_t i = 0; i < width_; ++i) {
    const std::string name = lower(header.fields[i]);
    if (name.empty()) continue;
    if (columns.has_own && std::ranges::find(names_, name) == names_.end()) {
      names_.push_back(name);
      at_.emplace_back();
    }
    const auto known = std::ranges::find(names_, name);
    if (known == names_.end()) {
      return fail(Code::invalid,
                  fmt::format("line {}: column {} has a name that is not known; the columns are {}",
                              header.line, i + 1, fmt::join(names_, ", ")));
    }
    auto& at = at_[static_cast<std::size_t>(known - names_.begin())];
    if (at)
      return fail(Code::invalid, fmt::format("line {}: the column {} stands there twice", header.line, name));
    at = i;
  }
  for (std::size_t i = 0; i < columns.required.size(); ++i) {
    if (!at_[i]) {
      return fail(Code::invalid, fmt::format("line {}: the column {} is missing; the columns are {}",
                                             header.line, names_[i], fmt::join(names_, ", ")));
    }
  }
  return {};
}

CsvRow CsvReader::arrange(CsvRow row) const {
  if (!row.fault.empty()) return row;
  CsvRow out{row.line, std::vector<std::string>(names_.size()), {}};
  if (row.fields.size() > width_) {
    out.fault = fmt::format("{} columns, but the header has {}", row.fields.size(), width_);
    return out;
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (!at_[i] || *at_[i] >= row.fields.size()) continue;
    std::string& field = row.fields[*at_[i]];
    if (!text::is_valid_utf8(field)) {
      out.fault = fmt::format("{}: is not UTF-8; save the file as CSV UTF-8", names_[i]);
      return out;
    }
    out.fields[i] = std::move(field);
  }
  return out;
}

std::optional<CsvRow> CsvReader::next() {
  auto row = raw();
  if (!row) return std::nullopt;
  return arrange(std::move(*row));
}

std::vector<std::string> cut_list(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t to = std::min(joined.find(';'), joined.size());
    if (std::string part = trim(joined.substr(0, to)); !part.empty()) out.push_back(std::move(part));
    joined.remove_prefix(std::min(to + 1, joined.size()));
  }
  return out;
}

}  // namespace tongdai::directory
