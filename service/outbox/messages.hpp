#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "outbox/claimed.hpp"
#include "outbox/message_state.hpp"
#include "storage/tx.hpp"

namespace tongdai::outbox {

class Door;

/// Tells the watchers: a message of its own by its id, those of a campaign together, as its "progress".
void changed(storage::Tx& tx, MessageId id, CampaignId campaign);
/// Topic of the latter; its id is the campaign's.
inline constexpr std::string_view progress = "progress";
/// Topics of what the lines wait for, told beside "message": texts that no campaign sends came into a queue,
/// or waiting ones may leave earlier. `urgent_came_due`: replies or alerts, which may leave at once. The id
/// means nothing.
inline constexpr std::string_view came_due = "came due";
inline constexpr std::string_view urgent_came_due = "urgent came due";

/// What became of a message, for those who asked for it.
struct Fate {
  MessageId id;
  MessageState state = MessageState::queued;
  Purpose purpose = Purpose::campaign;
  CampaignId campaign;
  CaseId case_id;
  ReferralId referral;
  std::string reason;
};

/// When a suspended campaign's messages are due.
inline constexpr TimePoint suspended_until = TimePoint::max();

/// May a text of a campaign leave? Asked when it is claimed, for what stood in a queue may have come back to
/// it after its campaign was paused, cancelled or had closed for the night.
struct CampaignLeave {
  bool is_cancelled = false;
  TimePoint from{};                        ///< not before; suspended_until: when it is released
  TimePoint closes_at = TimePoint::max();  ///< no gateway may deliver it later: what it keeps is void then
  bool is_advertising = false;
};
using CampaignGate = std::function<CampaignLeave(storage::Tx&, CampaignId, TimePoint now)>;

/// Finer than a record's millisecond: a rate above 1,000 a second needs it.
using Slot = std::chrono::sys_time<std::chrono::microseconds>;

/// Told in the transaction that decides a message's fate: every final state, and `uncertain`.
using FateListener = std::function<void(storage::Tx&, const Fate&, TimePoint now)>;

/// The ledger of messages: the only code that changes a message's state. Writer thread.
class Messages {
 public:
  explicit Messages(IdSource& ids) : ids_(ids) {}

  void set_listener(FateListener listener) { listener_ = std::move(listener); }
  /// Without one, all may leave.
  void set_campaign_gate(CampaignGate gate) { gate_ = std::move(gate); }
  [[nodiscard]] CampaignLeave campaign_leave(storage::Tx& tx, CampaignId id, TimePoint now) const {
    return gate_ ? gate_(tx, id, now) : CampaignLeave{};
  }

  /// Applies one event: checks it against the life cycle, writes the new state and the history, tells the
  /// listener. Errors: not_found; not_allowed, and the message stays as it is.
  Result<MessageState> apply(storage::Tx& tx, MessageId id, MessageEvent event, std::string_view reason,
                             TimePoint now);

  /// The straight way of most messages, one statement each. False, and nothing changed, if the message does
  /// not stand where the step begins: then `apply` says what is wrong.
  bool submitting(storage::Tx& tx, const Claimed& claimed, std::string_view gateway, TimePoint now);
  /// `ref`: the gateway's identifier of all of it, "" if it gave none or one for each part.
  bool accepted(storage::Tx& tx, MessageId id, CampaignId campaign, const std::string& ref,
                bool awaits_receipt, TimePoint now);
  /// The same of one that was handed over and has no row: it gets one. `arrived`: its receipt is here as
  /// well.
  void accepted(storage::Tx& tx, const Claimed& handed_over, std::string_view gateway, const std::string& ref,
                bool awaits_receipt, bool arrived, TimePoint now);
  /// One that was handed over gets its row, `submitting`, before anything else is said of it.
  void write_down(storage::Tx& tx, const Claimed& handed_over, std::string_view gateway, TimePoint now);
  /// The message whose identifier is `ref` arrived.
  bool delivered(storage::Tx& tx, std::string_view gateway, std::string_view ref, TimePoint now);

  /// Queued messages whose time is up become `expired`. At most `limit`; how many.
  std::size_t expire(storage::Tx& tx, TimePoint now, std::size_t limit);

  /// An operator: send an uncertain message again, give it up, or take a queued one back. Errors as `apply`.
  Result<MessageState> resend(storage::Tx& tx, MessageId id, TimePoint now);
  Result<MessageState> write_off(storage::Tx& tx, MessageId id, TimePoint now);

  /// A campaign is paused, or its hours are over: its queued messages wait until they are released.
  void suspend_campaign(storage::Tx& tx, CampaignId campaign);
  /// What was suspended may leave from `from` on, not faster than `rate_parts_per_s` (0: at once). When the
  /// next one of the campaign may follow.
  Slot release_campaign(storage::Tx& tx, CampaignId campaign, Slot from, int rate_parts_per_s);
  /// Takes a campaign's queued messages back. How many.
  std::size_t cancel_campaign(storage::Tx& tx, CampaignId campaign, TimePoint now);
  /// A case was taken or closed: its queued alerts to others need not leave any more.
  std::size_t cancel_referral(storage::Tx& tx, ReferralId referral, TimePoint now);

  /// The rules that campaigns' texts are held against again when they leave their queue. Before the first is
  /// claimed.
  void set_door(const Door& door) { door_ = &door; }
  [[nodiscard]] const Door& door() const { return *door_; }
  [[nodiscard]] bool has_door() const noexcept { return door_ != nullptr; }

  [[nodiscard]] IdSource& ids() noexcept { return ids_; }

 private:
  void write_event(storage::Tx& tx, MessageId id, MessageState state, std::string_view reason,
                   std::string_view gateway, TimePoint now);

  IdSource& ids_;
  FateListener listener_;
  CampaignGate gate_;
  const Door* door_ = nullptr;
};

}  // namespace tongdai::outbox
