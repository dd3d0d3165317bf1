#pragma once

#include <cstddef>

#include "core/key_id.hpp"
#include "core/log.hpp"
#include "storage/tx.hpp"

/// Keys that will not do: what to do with what they sealed.
namespace tongdai::storage {

/// The highest number of a key that any row names, those of no file left out.
[[nodiscard]] KeyId last_key(Tx& tx);

/// Gives open cases whose key is gone a new one, so that they can be written on: their keys were lost, or the
/// database is an old copy from before an erasure. What nobody can read is not handled or sent any more. At
/// start.
void replace_lost_keys(Tx& tx, Log& log);

/// Does any row name a key that stands in no file (sealing::Vault::unwritten_from)? Any transaction.
[[nodiscard]] bool any_unwritten_keys(Tx& tx);

/// Seals anew, with keys that can be destroyed, what at most `limit` of those sealed. Writer thread. Returns
/// how many; 0 as well if no key can be written yet.
std::size_t reseal_unwritten(Tx& tx, std::size_t limit);

}  // namespace tongdai::storage
