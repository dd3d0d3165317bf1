#pragma once

#include <optional>
#include <string>
#include <vector>

#include "outbox/message_state.hpp"
#include "outbox/purpose.hpp"
#include "outbox/tally.hpp"
#include "storage/tx.hpp"

/// Questions about messages, for people and programs. Any transaction.
namespace tongdai::outbox {

struct MessageStep {
  TimePoint at{};
  MessageState state = MessageState::queued;
  std::string reason;
  std::string gateway;
};

struct MessageView {
  MessageId id;
  MessageState state = MessageState::queued;
  std::string reason;
  Purpose purpose = Purpose::campaign;
  Phone to;
  std::string gateway;
  int parts = 1;
  int attempts = 0;
  CampaignId campaign;
  std::string text;
  TimePoint created_at{};
  std::vector<MessageStep> history;  ///< in order; only by `message`
};

struct MessageFilter {
  std::optional<MessageState> state;
  std::optional<Phone> to;                ///< not those to a reporter: who asks must not learn who reported
  std::vector<MessageId> of_campaigns{};  ///< with `to`: what campaigns sent there; the campaigns know
  MessageId before;                       ///< only older ones (the cursor); 0 from the newest
  int limit = 50;                         ///< 1..1000
};

[[nodiscard]] std::optional<MessageView> find_message(storage::Tx& tx, MessageId id);
/// Newest first, without history.
[[nodiscard]] std::vector<MessageView> list_messages(storage::Tx& tx, const MessageFilter& filter);

/// Is there a message of this referral that left, may have left or may still leave?
[[nodiscard]] bool any_alive(storage::Tx& tx, CaseId case_id, ReferralId referral);

}  // namespace tongdai::outbox
