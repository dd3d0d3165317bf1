#pragma once

#include <cstdint>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// Messages of a campaign that went from its audience straight into a gateway's hands. One row tells it of
/// all that left in a turn, before they leave; each becomes a row of its own with the first word on it. What
/// a crash leaves of a range is in doubt: campaigns::lay_down_handovers writes it down. Writer's closures.
namespace tongdai::outbox {

struct HandoverRange {
  MessageId first;  ///< of `first_seq`; the others' ids follow in the order of their seq
  CampaignId campaign;
  std::int64_t first_seq = 0, last_seq = 0;  ///< places in the audience, not all of them handed over
  std::string_view gateway;
  std::int64_t messages = 0;  ///< handed over
};

/// Notes the range and tallies its messages as `submitting`.
void note_handover(storage::Tx& tx, const HandoverRange& range, TimePoint now);

/// One message of the range has a row of its own now; with the last one the range goes. Written down with the
/// closure's end.
void settle_handover(storage::Tx& tx, MessageId range);

}  // namespace tongdai::outbox
