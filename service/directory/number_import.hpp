#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/ids.hpp"
#include "core/log.hpp"
#include "directory/import_report.hpp"
#include "storage/writer.hpp"
#include "text/numbering_plan.hpp"

namespace tongdai::directory {

class CsvReader;

/// What an upload of numbers is for.
enum class NumberKind : std::uint8_t {
  list,         ///< by a name: `phone` and any other columns, which become placeholders of its campaigns
  do_not_call,  ///< the national register (Decree 91/2020): the column `phone` alone; there is one
};

/// Brings numbers in from a file that takes the place of the one before as a whole: staged beside it in
/// transactions of some thousands of rows, in force in one. At every moment one whole list, or register,
/// counts. What a crash cut off goes on at the next start. Loop thread.
class NumberImport {
 public:
  static constexpr std::size_t name_bytes_max = 200;
  static constexpr std::size_t columns_max = 32;  ///< own ones of a list

  NumberImport(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log,
               const text::NumberingPlan& plan);

  /// Takes the file over (it is renamed within its folder) and deletes it at the end. `updated` counts the
  /// rows of numbers that stood there already: the first counts. Errors: not_found (no file), invalid (no
  /// header with `phone`, or a column that cannot be a placeholder: the file is left alone; or no row with a
  /// number): what was in force stays so. `name`: of the list; "" for the register.
  [[nodiscard]] asio::awaitable<Result<ImportReport>> run(NumberKind kind, std::filesystem::path file,
                                                          std::string name = "");
  /// At start: goes on with what a crash cut off, and drops what is left of uploads of before.
  [[nodiscard]] asio::awaitable<void> resume_unfinished();

 private:
  struct Job;
  struct Member;
  struct Line;
  [[nodiscard]] asio::awaitable<std::vector<Line>> read(CsvReader& reader) const;
  /// False if the number stands there already.
  static bool insert(storage::Tx& tx, const Job& job, const Member& member);
  void store(storage::Tx& tx, Job& job, const std::vector<Line>& lines) const;
  /// Comes into force, if anybody is in it.
  void end(storage::Tx& tx, const Job& job) const;
  [[nodiscard]] asio::awaitable<Result<void>> store_all(Job& job);
  [[nodiscard]] asio::awaitable<Result<ImportReport>> go_on(Job job);
  [[nodiscard]] asio::awaitable<void> drop_superseded();

  storage::Writer& writer_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  const text::NumberingPlan& plan_;
};

}  // namespace tongdai::directory

template <>
struct tongdai::EnumNames<tongdai::directory::NumberKind> {
  static constexpr std::array<std::string_view, 2> names{"list", "do_not_call"};
};
