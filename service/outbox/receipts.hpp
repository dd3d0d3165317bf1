#pragma once

#include <string_view>

#include "outbox/messages.hpp"

/// Delivery receipts: monotonic, one a part, in any order, also before the answer to the submission. Writer
/// thread.
namespace tongdai::outbox {

/// Applies a receipt, or parks it until its part is known.
void record_receipt(storage::Tx& tx, Messages& messages, std::string_view gateway, std::string_view ref,
                    bool delivered, std::string_view reason, TimePoint now);

/// Is any receipt parked?
[[nodiscard]] bool any_parked(storage::Tx& tx);
/// Applies what is parked for an identifier that became known as that of message `id`. What came before the
/// message was submitted is not its own: centres use identifiers again.
void apply_parked(storage::Tx& tx, Messages& messages, MessageId id, std::string_view gateway,
                  std::string_view ref, TimePoint now);

/// Parked receipts older than `before` match nothing any more. How many were dropped.
std::size_t drop_parked(storage::Tx& tx, TimePoint before);

}  // namespace tongdai::outbox
