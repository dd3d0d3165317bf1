#pragma once

#include <csv.h>

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace tongdai::directory {

/// One row of a file, by the columns of its header.
struct CsvRow {
  std::int64_t line = 0;            ///< where it begins, from 1
  std::vector<std::string> fields;  ///< trimmed of blanks; in the order of the columns that were asked for
  std::string fault;                ///< not empty: the row cannot be used, and why
};

/// Reads a table as people save it: RFC 4180 in UTF-8 with or without BOM, LF or CRLF, separated by comma,
/// semicolon or tab (told by the header), blank lines anywhere. Streams: holds one block of the file. libcsv
/// does the parsing.
class CsvReader {
 public:
  /// Columns a file may have, in the order of `CsvRow::fields`; absent optional ones are "".
  struct Columns {
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
    bool has_own = false;  ///< any others as well, behind those
  };

  explicit CsvReader(std::istream& in);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  /// Reads the header. Error: invalid, naming the line, the column and what is allowed.
  [[nodiscard]] Result<void> read_header(const Columns& columns);
  /// What the fields of a row are called: in small letters (a-z), after the header was read.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
  /// The next row that is not blank; nullopt at the end.
  [[nodiscard]] std::optional<CsvRow> next();

 private:
  static constexpr std::size_t block_bytes = 64 * 1024;
  static constexpr std::size_t row_bytes_max = 1024 * 1024;  ///< a quote left open must not swallow the file

  static void on_field(void* data, std::size_t size, void* self);
  static void on_row(int ended_by, void* self);
  [[nodiscard]] std::optional<CsvRow> raw();
  bool feed();
  void end_row();
  [[nodiscard]] Result<void> map_columns(const CsvRow& header, const Columns& columns);
  [[nodiscard]] CsvRow arrange(CsvRow row) const;

  std::istream& in_;
  csv_parser parser_{};
  std::string block_;
  std::deque<CsvRow> rows_;
  CsvRow current_;
  std::int64_t line_ = 1;
  std::size_t since_row_ = 0;
  bool ended_ = false;
  std::vector<std::string> names_;              // of the columns that were asked for
  std::vector<std::optional<std::size_t>> at_;  // where each stands in the file
  std::size_t width_ = 0;                       // of the header
};

/// "a; b;;c" cut at the semicolons, trimmed, without empty ones.
[[nodiscard]] std::vector<std::string> cut_list(std::string_view joined);

}  // namespace tongdai::directory
