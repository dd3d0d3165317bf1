#pragma once

#include <span>

#include "core/key_id.hpp"
#include "storage/database.hpp"

/// Keys that an erasure gives up go after its commit: nothing that was not erased becomes unreadable, and
/// nothing that was erased keeps its key for longer than a crash and a start.
namespace tongdai::storage {

/// In the transaction that erases what they sealed. Writer thread.
void doom(Tx& tx, std::span<const KeyId> keys);
[[nodiscard]] bool any_doomed(Tx& tx);

/// Destroys those of committed transactions; on the disk when it ends. Loop thread. Throws std::system_error
/// if the file of keys cannot be written: they stay doomed.
[[nodiscard]] asio::awaitable<void> destroy_doomed(Database& database);
/// The same at a start, before anything else runs.
void destroy_doomed(Tx& tx, sealing::Vault& vault);

}  // namespace tongdai::storage
