#pragma once

#include <cstddef>
#include <string>

#include "outbox/door.hpp"

namespace tongdai::outbox {

/// What waits of a campaign goes over to `gateway`, or to where the routes say if it is "". What that gateway
/// cannot carry stays where it is. How many went over. Writer thread.
std::size_t redirect_campaign(storage::Tx& tx, const Door& door, CampaignId campaign,
                              const std::string& gateway);

}  // namespace tongdai::outbox
