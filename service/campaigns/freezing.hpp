#pragma once

#include <cstdint>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "storage/tx.hpp"

/// Writes the audience of an approved campaign down, some thousands of contacts a transaction: a report never
/// waits for millions of rows. Until all are written the campaign is not frozen and does not start. Writer
/// thread.
namespace tongdai::campaigns {

/// At approval. Contacts that come later are not of the audience.
void begin_freeze(storage::Tx& tx, CampaignId id, TimePoint now);
/// Those who are not written down yet never are.
void end_freeze(storage::Tx& tx, CampaignId id);

/// Contacts looked at in one step: 40 ms of the writer in the middle, 100 ms at most (a million, two busy
/// cores).
inline constexpr std::int64_t freeze_step_contacts = 4000;

/// The next `contacts` of the campaign that is least far; it also writes how far it came, so that a crash
/// loses nothing and nobody is taken twice. False if no audience was left to be written down.
bool freeze_step(storage::Tx& tx, std::int64_t contacts = freeze_step_contacts);

}  // namespace tongdai::campaigns
