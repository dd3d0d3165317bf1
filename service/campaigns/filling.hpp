#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "storage/tx.hpp"

/// What stands in a campaign's placeholders for each person, frozen with the audience: what was approved is
/// what is sent, whatever a contact is called tomorrow.
namespace tongdai::campaigns {

/// Between the values in campaign_recipient.fill. clean_value leaves none in a value.
inline constexpr char fill_separator = '\x1F';

/// What the texts of the campaign name, sorted, each once. Any transaction.
[[nodiscard]] std::vector<std::string> placeholders_of(storage::Tx& tx, CampaignId id);

/// Writes the values of those who were written down behind `after_seq`: `name`, and `unit` by the name of the
/// unit that stands in its place today; "" where nothing is known. Nothing to do for a campaign without
/// placeholders. Writer thread.
void fill_in(storage::Tx& tx, CampaignId id, std::int64_t after_seq);

}  // namespace tongdai::campaigns
