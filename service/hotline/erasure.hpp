#pragma once

#include <cstdint>

#include "core/error.hpp"
#include "hotline/store.hpp"

/// Taking back what a case holds of a person: its keys are destroyed, so that neither the rows nor an old
/// copy of the database tell it again (the do-no-harm list, 27). Rows stay for the counts: state, urgency,
/// unit, services, times. Writer thread.
namespace tongdai::hotline {

struct Erased {
  std::int64_t cases = 0;
  std::int64_t texts = 0;
  std::int64_t messages = 0;
};
[[nodiscard]] inline bool any(const Erased& erased) {
  return erased.cases + erased.texts + erased.messages > 0;
}
/// "2 cases, 3 texts, 4 messages", for the journal.
[[nodiscard]] std::string print(const Erased& erased);

/// Of a case: number, words, note, what was sent about it, and the details of its timeline. What still waits
/// to be sent is taken back. The keys are doomed, and go once this is committed (storage/doomed_keys.hpp).
/// Errors: not_allowed, the case is not closed, and somebody may still need it; conflict, a text of its
/// person is coming in.
[[nodiscard]] Result<Erased> erase_case(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);

/// Cases that were closed before `before`, and texts that came before and opened none, at most `limit` of
/// each.
Erased erase_old(storage::Tx& tx, Desk& desk, TimePoint before, std::size_t limit, TimePoint now);

}  // namespace tongdai::hotline
