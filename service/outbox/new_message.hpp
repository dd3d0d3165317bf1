#pragma once

#include <optional>
#include <string_view>

#include "core/key_id.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"
#include "outbox/claimed.hpp"
#include "outbox/message_state.hpp"
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
  TimePoint not_before{};
  TimePoint expires_at{};
  CampaignId campaign{};
  std::optional<std::int64_t> campaign_seq{};
  CaseId case_id{};
  ReferralId referral{};
  KeyId key{};  ///< what it is sealed with, if it is
};

/// Writes it down, `queued`. For the door alone. Writer's closures.
MessageId insert(storage::Tx& tx, IdSource& ids, const NewMessage& message, TimePoint now);

/// The first word on a message that was handed over.
struct FirstWord {
  MessageState state = MessageState::submitting;  ///< or accepted, or delivered
  std::string_view gateway;
  std::string_view ref{};  ///< the gateway's identifier of all of it, "" if there is none
  bool awaits_receipt = false;
};
/// Gives it its row, and takes it off its range. For Messages alone.
void insert_handed_over(storage::Tx& tx, const Claimed& message, const FirstWord& word, TimePoint now);

}  // namespace tongdai::outbox
