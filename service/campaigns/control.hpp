#pragma once

#include <string_view>

#include "campaigns/store.hpp"
#include "outbox/messages.hpp"
#include "text/time_zone.hpp"

/// What operators do with a campaign. Each in one transaction; a refusal changes nothing. Writer thread.
namespace tongdai::campaigns {

/// Whether a queued text of the campaign may leave now (outbox::CampaignGate).
[[nodiscard]] outbox::CampaignLeave leave_of(storage::Tx& tx, CampaignId id, const text::TimeZone& zone,
                                             TimePoint now);

/// Submit, approve (freezes the audience, renders the texts), reject, pause, resume or cancel. Pause and
/// cancel act on every message that is not yet submitting. Errors: not_found, not_allowed, conflict.
[[nodiscard]] Result<CampaignState> act(storage::Tx& tx, outbox::Messages& messages, CampaignId id,
                                        CampaignEvent event, std::string_view who, std::string_view comment,
                                        TimePoint now);

}  // namespace tongdai::campaigns
