#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "report/cell.hpp"

namespace tongdai::report {

/// An XLSX file that is written row by row and never stands in memory (libxlsxwriter's constant-memory mode).
/// Texts are texts: no cell is a formula or a link. One thread; blocks on the disk.
class Workbook {
 public:
  static constexpr std::int64_t rows_max = 1'048'576;    ///< of a sheet
  static constexpr std::size_t text_chars_max = 32'767;  ///< of a cell; more is cut off

  /// `temporary`: a folder for what is not put together yet. Error: unavailable.
  [[nodiscard]] static Result<Workbook> create(const std::filesystem::path& file,
                                               const std::filesystem::path& temporary);
  Workbook(Workbook&& other) noexcept;
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  Workbook& operator=(Workbook&&) = delete;
  ~Workbook();

  /// What follows stands in a new sheet. A name that is taken gets a number; what a name may not have is left
  /// out. `widths`: of its columns, in characters.
  void begin_sheet(std::string_view name, const std::vector<double>& widths);
  enum class Style : std::uint8_t { plain, heading, total, title };
  void row(const Cells& cells, Style style = Style::plain);
  /// So many rows of the sheet's top stay in sight.
  void freeze_top(int rows);
  [[nodiscard]] std::int64_t rows() const noexcept;

  /// Puts the file together. Error: unavailable (the disk is full).
  [[nodiscard]] Result<void> close();

 private:
  struct Impl;
  explicit Workbook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tongdai::report
