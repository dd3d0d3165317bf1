#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "storage/tx.hpp"

namespace tongdai::sealing {
class Vault;
}

/// Who read what of a case, and who changed what: rows that are only added, chained by their hashes, and the
/// last of them told in the file of keys, so that a row that was changed, put in or taken away, also at the
/// end, is found (the do-no-harm list, 28). No entry holds a number of a person or a text.
namespace tongdai::ops {

struct JournalEntry {
  std::int64_t number = 0;  ///< from 1
  TimePoint at{};
  std::string who;     ///< a person's name, "token NAME", "operator at the socket", "signal", "rule"
  std::string action;  ///< "case.read", "campaigns/{id}/approve"
  std::string object;  ///< an id, a code, a name; "" if there is none
  std::string detail;
};

/// Adds one, in the transaction of what it tells of. Writer thread.
void note(storage::Tx& tx, const sealing::Vault& vault, TimePoint now, std::string_view who,
          std::string_view action, std::string_view object, std::string_view detail = {});

/// Newest first, those before `before` (0: from the newest), at most `limit`. Any transaction.
[[nodiscard]] std::vector<JournalEntry> list_journal(storage::Tx& tx, std::int64_t before, int limit);

struct JournalVerdict {
  std::int64_t entries = 0;
  std::string fault;  ///< "" if the journal is whole; else where, and what is wrong
};
/// Holds every row against the chain, and the chain against the head that was told. Any transaction.
[[nodiscard]] JournalVerdict verify_journal(storage::Tx& tx, const sealing::Vault& vault);

/// Tells the file of keys how far the journal came, if it came further; waits for the disk then. False if the
/// journal is not what was told before: nothing is told then, so that the proof stays. Any transaction that
/// sees commits only.
[[nodiscard]] bool tell_journal_head(storage::Tx& tx, sealing::Vault& vault);

}  // namespace tongdai::ops
