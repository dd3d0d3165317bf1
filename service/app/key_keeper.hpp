#pragma once

#include "core/log.hpp"
#include "storage/database.hpp"

namespace tongdai::app {

/// Looks after the file of keys: keys are made ahead, the journal's end is told there, keys of erased cases
/// go, and what was sealed while the file could not be written is sealed anew. Loop thread.
class KeyKeeper {
 public:
  KeyKeeper(storage::Database& database, Log& log) : database_(database), log_(log) {}

  [[nodiscard]] asio::awaitable<void> run_once();

 private:
  struct Found {
    bool is_written = true;
    bool journal_is_whole = true;
    bool any_unwritten = false;  ///< rows are sealed with keys of no file
    bool any_doomed = false;     ///< an erasure gave keys up
  };
  [[nodiscard]] Found look(storage::Tx& tx);
  void tell(const Found& found);

  storage::Database& database_;
  Log& log_;
  bool journal_alarmed_ = false;
  bool keys_alarmed_ = false;
};

}  // namespace tongdai::app
