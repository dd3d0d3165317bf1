#pragma once

#include "outbox/door.hpp"
#include "storage/tx.hpp"

namespace tongdai::campaigns {

/// Gives a row, `submitting`, to every message that was in a gateway's hands without one when the last run
/// ended (outbox/handover.hpp): what is in doubt is then decided with the others. `router`: which gateways
/// took their texts without accents. Once at start, before identifiers are made. How many. Writer's closures.
std::int64_t lay_down_handovers(storage::Tx& tx, const outbox::Router& router);

}  // namespace tongdai::campaigns
