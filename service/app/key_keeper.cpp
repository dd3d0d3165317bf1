#include "app/key_keeper.hpp"

#include <system_error>
#include <utility>

#include "ops/journal.hpp"
#include "runtime/asio.hpp"
#include "storage/doomed_keys.hpp"
#include "storage/reseal.hpp"

namespace tongdai::app {
namespace {

constexpr std::size_t resealed_a_step = 50;  // keys: a report waits for one step at most

}  // namespace

KeyKeeper::Found KeyKeeper::look(storage::Tx& tx) {
  Found found;
  found.any_unwritten = storage::any_unwritten_keys(tx);
  found.any_doomed = storage::any_doomed(tx);
  try {
    found.is_written = database_.vault().refill();
    found.journal_is_whole = ops::tell_journal_head(tx, database_.vault());
  } catch (const std::system_error&) {
    found.is_written = false;
  }
  return found;
}

void KeyKeeper::tell(const Found& found) {
  if (!found.journal_is_whole && !std::exchange(journal_alarmed_, true))
    log_.alarm("the journal is not what it was: see `tongdai audit verify`");
  if (!found.is_written && !std::exchange(keys_alarmed_, true))
    log_.alarm("the file of keys cannot be written: the journal's end is not told, and no case is erased");
  if (found.is_written) keys_alarmed_ = false;
}

asio::awaitable<void> KeyKeeper::run_once() {
  // On a reader's thread: it waits for the disk, and reports do not wait for it.
  const Found found = co_await database_.readers().run([this](storage::Tx& tx) { return look(tx); });
  tell(found);
  if (!found.is_written) co_return;
  if (found.any_doomed) co_await storage::destroy_doomed(database_);
  for (bool more = found.any_unwritten; more && !co_await runtime::told_to_end();) {
    more = co_await database_.writer().run(
        [](storage::Tx& tx) { return storage::reseal_unwritten(tx, resealed_a_step) > 0; });
  }
}

}  // namespace tongdai::app
