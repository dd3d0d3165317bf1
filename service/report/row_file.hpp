#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "report/cell.hpp"

namespace tongdai::report {

enum class RowFormat : std::uint8_t { csv, xlsx };

/// A long table on its way into a file, row by row. What a spreadsheet would take for a formula is no formula
/// there. One thread; blocks on the disk.
class RowFile {
 public:
  RowFile() = default;
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;
  virtual ~RowFile() = default;
  virtual void row(const Cells& cells) = 0;
  /// Error: unavailable (the disk is full).
  [[nodiscard]] virtual Result<void> close() = 0;
};

/// Begins the file with its head. CSV: RFC 4180, UTF-8 with the mark that spreadsheets know it by. XLSX: a
/// further sheet each million rows. `temporary`: a folder on a disk with room. Error: unavailable.
[[nodiscard]] Result<std::unique_ptr<RowFile>> open_rows(RowFormat format, const std::filesystem::path& file,
                                                         const std::filesystem::path& temporary,
                                                         const std::vector<std::string>& head);

/// A quoted cell (RFC 4180). Spreadsheets take what begins with = + - @ (also in full width), a tab or an end
/// of line for a formula or hide it: an apostrophe goes before.
void add_csv_cell(std::string& line, std::string_view text);

}  // namespace tongdai::report

template <>
struct tongdai::EnumNames<tongdai::report::RowFormat> {
  static constexpr std::array<std::string_view, 2> names{"csv", "xlsx"};
};
