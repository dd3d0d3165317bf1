#pragma once

#include <string_view>

#include "campaigns/actor.hpp"
#include "campaigns/almanac.hpp"
#include "campaigns/store.hpp"
#include "outbox/messages.hpp"

/// What operators do with a campaign. Each in one transaction; a refusal changes nothing. Writer thread.
namespace tongdai::campaigns {

/// Whether a queued text of the campaign may leave now (outbox::CampaignGate).
[[nodiscard]] outbox::CampaignLeave leave_of(storage::Tx& tx, CampaignId id, const Almanac& almanac,
                                             TimePoint now);

/// Who wrote a campaign does not approve it; the administrator may, and the history says so. A rejection says
/// what to change.
/// Submit, approve (freezes the audience, renders the texts), reject, pause, resume or cancel. Pause and
/// cancel act on every message that is not yet submitting; who has none yet is accounted for in steps
/// (ending.hpp). Errors: not_found, not_allowed, conflict;
/// invalid: the comment; refused: what a gateway cannot carry is neither submitted nor approved, and `faults`
/// says which texts, with their places in the file (fitness.hpp).
[[nodiscard]] Result<CampaignState> act(storage::Tx& tx, outbox::Messages& messages, CampaignId id,
                                        CampaignEvent event, const Actor& actor, std::string_view comment,
                                        TimePoint now, config::Faults* faults = nullptr);

}  // namespace tongdai::campaigns
