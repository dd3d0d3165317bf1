#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/audience.hpp"
#include "campaigns/audience_query.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"

/// Audiences by a name of their own, for campaign files to name. What is kept is the query, not the people: a
/// campaign made from it takes who fits at its approval.
namespace tongdai::campaigns {

struct SavedAudience {
  std::string name;
  AudienceQuery query;  ///< its terms by their names as the directory calls them now; `saved` is ""
  TimePoint created_at{};
  TimePoint updated_at{};
};

/// Under this name, in place of what it named before. Campaigns made from that keep what they have. Unknown
/// groups, tags, lists and units are faults with their places; nothing is stored then. `query` has no
/// `saved`. Writer thread.
void save_audience(storage::Tx& tx, IdSource& ids, std::string_view name, const AudienceQuery& query,
                   TimePoint now, config::Faults& faults);

[[nodiscard]] std::optional<SavedAudience> find_saved(storage::Tx& tx, std::string_view name);
/// By name; at most `limit`. Any transaction.
[[nodiscard]] std::vector<SavedAudience> list_saved(storage::Tx& tx, int limit);

/// How many it would be now, chosen as a campaign of the class social_policy with one text would choose:
/// `by_text` has only the text 0. nullopt if there is none of this name. Some seconds for a million contacts.
/// Any transaction.
[[nodiscard]] std::optional<AudienceSize> measure_saved(storage::Tx& tx, std::string_view name);

/// The same of one that is nowhere saved, while people put it together; of at most `measured_terms_max`
/// terms. Faults as by `save_audience`; nullopt then. Any transaction.
inline constexpr std::size_t measured_terms_max = 32;
[[nodiscard]] std::optional<AudienceSize> measure_query(storage::Tx& tx, const AudienceQuery& query,
                                                        config::Faults& faults);

}  // namespace tongdai::campaigns
