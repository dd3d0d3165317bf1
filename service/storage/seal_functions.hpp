#pragma once

#include <string>
#include <string_view>

#include "core/key_id.hpp"
#include "storage/tx.hpp"

namespace tongdai::sealing {
class Vault;
}

namespace tongdai::storage {

/// The words by which SQL seals (docs/sealing.md):
///
///   seal(key, text)            what may stand on the disk in place of the text, a BLOB
///   unseal(key, sealed, text)  the text again; `text` as it is where key is NULL, which is not sealed; ''
///   where
///                              the key is destroyed
///   tag(text)                  what stands for a number where it is looked for; '' for ''
///   new_key()                  a key that nothing is sealed with yet
///   has_key(key)               1, or 0 if it is destroyed, of another file or NULL
///
/// In place of a key 'house' may stand: what belongs to no case, and cannot be erased by itself. The vault
/// outlives the connection.
void add_seal_functions(Connection& connection, sealing::Vault& vault);

/// The same words for C++. A key is lost if the transaction is undone.
[[nodiscard]] KeyId new_key(Tx& tx);
[[nodiscard]] std::string tag(Tx& tx, std::string_view value);

}  // namespace tongdai::storage
