#pragma once

#include <optional>
#include <string>

#include "campaigns/actor.hpp"
#include "campaigns/history.hpp"
#include "campaigns/store.hpp"
#include "outbox/door.hpp"

/// Changes of a campaign that was written down already. Each in one transaction; a refusal changes nothing.
/// Writer thread.
namespace tongdai::campaigns {

/// A whole new file in place of the old one: back to a draft that nobody has approved. The identifier stays,
/// the editor becomes the author, and the file a revision. Faults with their places, as `create`. Errors:
/// not_found; not_allowed once it has begun, or is over.
[[nodiscard]] Result<CampaignState> edit(storage::Tx& tx, IdSource& ids, CampaignId id, const Spec& spec,
                                         const Document& document, const Actor& actor, TimePoint now,
                                         config::Faults& faults);

/// Rows of an audience that one step takes away: some 30 ms of the writer.
inline constexpr std::int64_t drop_step_recipients = 4000;
/// The next rows of audiences whose approval was taken back. False if there were none.
bool drop_step(storage::Tx& tx, std::int64_t recipients = drop_step_recipients);
/// Is some of its former audience still there? Then it cannot be approved again yet.
[[nodiscard]] bool is_being_dropped(storage::Tx& tx, const Campaign& c);

/// What may be changed of a campaign on its way.
struct Tuning {
  std::optional<int> rate;             ///< parts a second at most; 0 for the gateway's own
  std::optional<std::string> gateway;  ///< this one only; "" lets the routes choose
};

/// In force within one turn of the pump; what waits in a queue goes over to the new gateway. Errors:
/// not_found; not_allowed if it is not approved, running or paused; refused if the gateway may not carry its
/// texts.
[[nodiscard]] Result<CampaignState> tune(storage::Tx& tx, IdSource& ids, const outbox::Door& door,
                                         CampaignId id, const Tuning& tuning, const Actor& actor,
                                         TimePoint now);

}  // namespace tongdai::campaigns
