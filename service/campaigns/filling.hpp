#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "campaigns/resolved_audience.hpp"
#include "campaigns/spec.hpp"
#include "core/ids.hpp"
#include "core/phone.hpp"
#include "storage/tx.hpp"

/// What stands in a campaign's placeholders for each person, frozen with the audience: what was approved is
/// what is sent, whatever a contact is called tomorrow.
namespace tongdai::campaigns {

/// Between the values in campaign_recipient.fill. clean_value leaves none in a value.
inline constexpr char fill_separator = '\x1F';

/// What the texts of the campaign name, sorted, each once. Any transaction.
[[nodiscard]] std::vector<std::string> placeholders_of(storage::Tx& tx, CampaignId id);

/// A placeholder that nobody of the audience could have a value for is a fault: all have `name` and `unit`,
/// and those of a list its own columns. Any transaction.
void check_placeholders(storage::Tx& tx, const std::vector<SpecText>& texts, const ResolvedAudience& audience,
                        config::Faults& faults);

/// The same for a campaign as it was written: one of its lists may have been replaced since by one with other
/// columns.
void check_placeholders(storage::Tx& tx, CampaignId id, config::Faults& faults);

/// Makes the values of one person after another. Names of units are looked up once. Any transaction.
class Filler {
 public:
  Filler(storage::Tx& tx, CampaignId id);

  /// Do its texts name anything?
  [[nodiscard]] bool is_needed() const noexcept { return !names_.empty(); }
  /// campaign_recipient.fill of a person: what the columns of the campaign's lists say of the number, the
  /// first list that says something; else `name`, and `unit` by the name of the unit that stands in its place
  /// today;
  /// "" where nothing is known.
  [[nodiscard]] std::string fill(const Phone& phone, std::string_view name, std::optional<UnitId> home);

 private:
  /// A list whose columns the texts name.
  struct List {
    std::int64_t batch = 0;
    std::vector<std::optional<std::size_t>> columns;  ///< by the place of a name, where its value stands
  };
  void read_lists(CampaignId id);
  /// Puts in what the list says where nothing is known yet.
  void add_own(const List& list, const Phone& phone);
  [[nodiscard]] const std::string& unit(UnitId id);

  storage::Tx& tx_;
  std::vector<std::string> names_;
  std::vector<List> lists_;
  std::unordered_map<UnitId, std::string> units_;
  std::vector<std::string> values_;  // of the one who is being filled in
};

}  // namespace tongdai::campaigns
