#pragma once

#include "core/key_id.hpp"
#include "core/phone.hpp"
#include "storage/tx.hpp"

namespace tongdai::inbox {

/// What a text of this sender is sealed with before anybody has read it: the key of their open case, or one
/// of its own. Writer thread.
[[nodiscard]] KeyId key_for(storage::Tx& tx, const Phone& sender);

}  // namespace tongdai::inbox
