#pragma once

#include <unordered_map>

#include "campaigns/store.hpp"
#include "outbox/door.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

namespace tongdai::campaigns {

/// Feeds live campaigns into the outbox: a short ready queue ahead of the gateways, never the whole audience.
/// Starts those whose time has come, holds them outside their hours, ends those that are done or whose end
/// has passed. Writer thread.
class Pump {
 public:
  Pump(outbox::Door& door, outbox::Messages& messages, const text::TimeZone& zone)
      : door_(door), messages_(messages), zone_(zone) {}

  /// One turn over all live campaigns. How many recipients it moved on.
  std::size_t run_once(storage::Tx& tx, TimePoint now);

 private:
  std::size_t run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now);
  std::size_t feed(storage::Tx& tx, const Campaign& c, TimePoint now);
  void finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now);

  outbox::Door& door_;
  outbox::Messages& messages_;
  const text::TimeZone& zone_;
  /// Finer than a record's millisecond: a rate above 1,000 a second needs it.
  using Slot = std::chrono::sys_time<std::chrono::microseconds>;
  std::unordered_map<CampaignId, Slot> next_slot_;  // of campaigns with a rate of their own
};

}  // namespace tongdai::campaigns
