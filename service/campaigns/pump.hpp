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

  /// The next texts for a gateway, marked `submitting`. Recipients whose text another gateway must carry are
  /// queued there on the way.
  [[nodiscard]] outbox::BulkTaken take(storage::Tx& tx, const outbox::BulkRoom& room, TimePoint now);

 private:
  std::size_t run_campaign(storage::Tx& tx, const Campaign& c, TimePoint now);
  /// `slot`: when the next one may leave; moved on.
  std::size_t lay_out(storage::Tx& tx, const Campaign& c, outbox::Slot& slot, TimePoint now);
  /// True if the next call may find more.
  bool take_from(storage::Tx& tx, const Campaign& c, const outbox::BulkRoom& room,
                 std::vector<outbox::Claimed>& taken, TimePoint now);
  void finish_if_done(storage::Tx& tx, CampaignId id, TimePoint now);

  outbox::Door& door_;
  outbox::Messages& messages_;
  const text::TimeZone& zone_;
  std::unordered_map<CampaignId, outbox::Slot> next_slot_;  // of campaigns that run
};

}  // namespace tongdai::campaigns
