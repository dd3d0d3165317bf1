#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/phone.hpp"
#include "core/time.hpp"
#include "outbox/purpose.hpp"
#include "text/encoding.hpp"

namespace tongdai::outbox {

/// A stored text, shared by all messages that carry it.
struct Body {
  std::string text;  ///< UTF-8, NFC
  text::Encoding encoding = text::Encoding::gsm7;
  std::size_t parts = 1;
  BodyId id{};
};

/// Where a message that has no row yet comes from (outbox/handover.hpp).
struct HandedOver {
  MessageId range;
  std::int64_t campaign_seq = 0;
  TimePoint at{};
};

/// A message in dispatch's hands.
struct Claimed {
  MessageId id;
  Purpose purpose = Purpose::campaign;
  Phone recipient;
  std::shared_ptr<const Body> body;  ///< not null
  int attempts = 0;                  ///< this one included
  bool pinned = false;
  bool first_time = true;  ///< it was never submitted before
  TimePoint expires_at{};
  TimePoint closes_at = TimePoint::max();  ///< of a campaign: when its hours end that are open now
  CampaignId campaign;
  std::optional<HandedOver> handed_over{};  ///< it has no row yet
};

/// What a gateway has room for.
struct BulkRoom {
  const std::string& gateway;
  const std::vector<std::string>& able;  ///< the gateways that can send now
  std::size_t messages = 0;
  std::int64_t parts = 0;  ///< the last message may exceed it
};

/// Bulk texts that stood in no queue, marked `submitting`.
struct BulkTaken {
  std::vector<Claimed> claimed;
  bool more = false;  ///< another look may find more
};

}  // namespace tongdai::outbox
