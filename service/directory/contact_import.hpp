#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/ids.hpp"
#include "core/log.hpp"
#include "directory/import_report.hpp"
#include "storage/writer.hpp"
#include "text/numbering_plan.hpp"

namespace tongdai::directory {

class ContactRun;
class CsvReader;

/// Brings contact files of any size in: `phone[,name,unit,language,groups,consent,tags]`, groups and tags
/// separated by ';'.
/// Streams the file in runs of rows, each put in order and stored in transactions of some thousands that also
/// write how far it came; an import that a crash cut off goes on from there at the next start, so that
/// nothing stays half-imported. Of two rows with one number the later one counts, within 100,000 rows and
/// across. Loop thread.
class ContactImport {
 public:
  ContactImport(storage::Writer& writer, IdSource& ids, const Clock& clock, Log& log,
                const text::NumberingPlan& plan);

  /// What becomes of a row's consent to advertising, in the row's transaction. Given by the outbox's side.
  using RecordConsent = std::function<void(storage::Tx&, const Phone&, TimePoint at)>;
  void set_consent(RecordConsent record) { record_consent_ = std::move(record); }

  /// `group` is given to every row besides its own. Takes the file over (it is renamed within its folder) and
  /// deletes it at the end. Errors: not_found (no file), invalid (no header with `phone`; the file is left
  /// alone).
  [[nodiscard]] asio::awaitable<Result<ImportReport>> run(std::filesystem::path file,
                                                          std::optional<std::string> group);
  /// At start: goes on with what a crash cut off.
  [[nodiscard]] asio::awaitable<void> resume_unfinished();

 private:
  struct Job;
  /// The next rows of the file; none at its end.
  [[nodiscard]] asio::awaitable<void> read(CsvReader& reader, ContactRun& run) const;
  /// The rows of `run` from that place on.
  [[nodiscard]] asio::awaitable<void> store(Job& job, const ContactRun& run, std::size_t from);
  void store(storage::Tx& tx, Job& job, const ContactRun& run, std::size_t from, std::size_t to) const;
  [[nodiscard]] asio::awaitable<Result<void>> store_all(Job& job);
  [[nodiscard]] asio::awaitable<Result<ImportReport>> go_on(Job job);

  storage::Writer& writer_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  const text::NumberingPlan& plan_;
  RecordConsent record_consent_;
};

}  // namespace tongdai::directory
