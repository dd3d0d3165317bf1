#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "outbox/messages.hpp"

/// What dispatch does to the ledger: take messages to send, write down how it went. Writer thread.
namespace tongdai::outbox {

/// Takes due messages of one lane from a gateway's queue, oldest first, up to `parts` parts (the last may
/// exceed it) and `messages`, and marks each `submitting`. On the way campaign texts to who opted out or is
/// held since are suppressed, and those whose campaign was cancelled, is paused or is outside its hours are
/// taken back or put off.
[[nodiscard]] std::vector<Claimed> claim(storage::Tx& tx, Messages& messages, std::string_view gateway,
                                         Lane lane, std::size_t messages_max, std::int64_t parts_max,
                                         TimePoint now);

/// What a gateway said when it took a message. Views live until it is written.
struct Acceptance {
  MessageId id;
  CampaignId campaign;
  std::string_view gateway;
  std::span<const std::string> refs;     ///< its identifiers: of all of it, or of each part in order
  bool reports_delivery = true;          ///< else no receipt is awaited
  const Claimed* handed_over = nullptr;  ///< it has no row yet
  bool arrived = false;                  ///< handed over, of one reference: its receipt came with the answer
  bool any_parked = true;                ///< receipts may have come before
};
/// The gateway took it. Receipts that came earlier are applied.
void record_accepted(storage::Tx& tx, Messages& messages, const Acceptance& acceptance, TimePoint now);

/// Back into the queue of `gateway`, due at `not_before`. `counts` false gives the attempt back.
void put_back(storage::Tx& tx, Messages& messages, MessageId id, std::string_view gateway,
              TimePoint not_before, bool counts, std::string_view reason, TimePoint now);

/// For queued messages of one lane of a gateway that cannot send now: `pick` names another gateway, or
/// nothing to let a message wait. Pinned messages stay. How many moved, at most `limit`.
std::size_t reroute(storage::Tx& tx, std::string_view gateway, Lane lane, std::size_t limit,
                    const std::function<std::optional<std::string>(Purpose, const Phone&)>& pick);

/// The gateways in whose queues something waits, configured or not.
[[nodiscard]] std::vector<std::string> queues(storage::Tx& tx);

/// What was in flight when the last run ended: sent again where the purpose says so or where
/// `deduplicates(gateway)`, uncertain else. Once at start, before any gateway runs. How many.
struct Rescued {
  std::size_t resent = 0;
  std::size_t uncertain = 0;
};
[[nodiscard]] Rescued rescue(storage::Tx& tx, Messages& messages,
                             const std::function<bool(std::string_view gateway)>& deduplicates,
                             TimePoint now);

/// When the earliest queued message of a gateway is due; nullopt if none waits.
[[nodiscard]] std::optional<TimePoint> next_due(storage::Tx& tx, std::string_view gateway);

}  // namespace tongdai::outbox
