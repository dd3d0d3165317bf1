#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// Makes the values of one person after another. Names of units are looked up once. Any transaction.
class Filler {
 public:
  Filler(storage::Tx& tx, CampaignId id);

  /// Do its texts name anything?
  [[nodiscard]] bool is_needed() const noexcept { return !names_.empty(); }
  /// campaign_recipient.fill of a person: `name`, and `unit` by the name of the unit that stands in its place
  /// today; "" where nothing is known.
  [[nodiscard]] std::string fill(std::string_view name, std::optional<UnitId> home);

 private:
  [[nodiscard]] const std::string& unit(UnitId id);

  storage::Tx& tx_;
  std::vector<std::string> names_;
  std::unordered_map<UnitId, std::string> units_;
};

/// Writes the values of those who were written down behind `after_seq`. Nothing to do for a campaign without
/// placeholders. Writer thread.
void fill_in(storage::Tx& tx, CampaignId id, std::int64_t after_seq);

}  // namespace tongdai::campaigns
