#pragma once

#include <unordered_map>

#include "campaigns/audience.hpp"
#include "campaigns/store.hpp"
#include "outbox/campaign_door.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

namespace tongdai::campaigns {

/// Moves live campaigns on: starts those whose time has come, holds them outside their hours, ends those that
/// are done or whose end has passed. A campaign with a rate of its own is laid out in the outbox's queue, a
/// few seconds ahead; of one without, each gateway takes as many as it can carry, straight from the audience.
/// Writer thread.
class Pump {
 public:
  Pump(outbox::Door& door, outbox::Messages& messages, const text::TimeZone& zone)
      : door_(door), messages_(messages), zone_(zone) {}

  /// One turn over all live campaigns. How many recipients it moved on.
  std::size_t run_once(storage::Tx& tx, TimePoint now);

  /// What a gateway has room for.
  struct Room {
    const std::string& gateway;
    const std::vector<std::string>& able;  ///< the gateways that can send now
    std::size_t messages = 0;
    std::int64_t parts = 0;  ///< the last message may exceed it
  };
  /// The next texts for a gateway, marked `submitting`. Recipients whose text another gateway must carry are
  /// queued there on the way.
  [[nodiscard]] std::vector<outbox::Claimed> take(storage::Tx& tx, const Room& room, TimePoint now);

 private:
  std::size_t run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now);
  std::size_t lay_out(storage::Tx& tx, const Campaign& c, TimePoint now);
  void take_from(storage::Tx& tx, const Campaign& c, const Room& room, std::vector<outbox::Claimed>& taken,
                 TimePoint now);
  void finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now);

  outbox::Door& door_;
  outbox::Messages& messages_;
  const text::TimeZone& zone_;
  /// Finer than a record's millisecond: a rate above 1,000 a second needs it.
  using Slot = std::chrono::sys_time<std::chrono::microseconds>;
  std::unordered_map<CampaignId, Slot> next_slot_;  // of campaigns with a rate of their own
};

}  // namespace tongdai::campaigns
