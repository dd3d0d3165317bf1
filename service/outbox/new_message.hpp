#pragma once

#include <optional>
#include <string_view>

#include "core/ids.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"
#include "outbox/purpose.hpp"
#include "storage/tx.hpp"

namespace tongdai::outbox {

/// A message that the door let in. Views live until it is written.
struct NewMessage {
  Purpose purpose = Purpose::campaign;
  const Phone& to;
  BodyId body;
  std::size_t parts = 1;
  std::string_view gateway;
  bool pinned = false;
  bool in_hand = false;  ///< goes straight to its gateway: `submitting`, not `queued`
  TimePoint not_before{};
  TimePoint expires_at{};
  CampaignId campaign{};
  std::optional<std::int64_t> campaign_seq{};
  CaseId case_id{};
  ReferralId referral{};
};

/// Writes it down. For the door alone. Writer's closures.
MessageId insert(storage::Tx& tx, IdSource& ids, const NewMessage& message, TimePoint now);

}  // namespace tongdai::outbox
