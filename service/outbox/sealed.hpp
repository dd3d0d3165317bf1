#pragma once

#include "core/key_id.hpp"
#include "outbox/door.hpp"

/// What is sealed of a message: the text of all that is about a case or to a reporter, and a reporter's
/// number. It is opened when the message is claimed, in memory.
namespace tongdai::outbox {

// The number of a message. M: "" or the table's name with a dot.
#define TONGDAI_RECIPIENT(M)                                                                                 \
  "unseal(CASE WHEN " M "sealed_recipient IS NULL THEN NULL ELSE " M "key_id END, " M "sealed_recipient, " M \
  "recipient)"

/// Stores a text under a new id, sealed with `key` if there is one.
[[nodiscard]] BodyId store_body(storage::Tx& tx, IdSource& ids, const Body& body, KeyId key);

[[nodiscard]] bool is_to_reporter(Purpose purpose) noexcept;

/// What a draft is sealed with: the key of its case, or of the text that it answers; none for a campaign's
/// and what is about no case. Writer thread.
[[nodiscard]] KeyId key_of(storage::Tx& tx, const Draft& draft);

}  // namespace tongdai::outbox
