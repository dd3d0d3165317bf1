#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign_state.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"

/// What became of a campaign, and every file that it was written with. Nothing of it is changed or deleted.
namespace tongdai::campaigns {

enum class DocumentFormat : std::uint8_t { toml, json };

/// A campaign file as it came, comments and all.
struct Document {
  std::string text;
  DocumentFormat format = DocumentFormat::toml;
};

struct Revision {
  int number = 0;  ///< from 1, without gaps
  TimePoint at{};
  std::string who;
  Document document;
};

struct HistoryEvent {
  TimePoint at{};
  CampaignState state = CampaignState::draft;  ///< after it
  std::string who;
  std::string comment;
};

/// In the transaction that makes it the campaign's. Its number. Writer thread.
int write_revision(storage::Tx& tx, CampaignId id, std::string_view who, const Document& document,
                   TimePoint now);

/// Oldest first, without their documents. Any transaction.
[[nodiscard]] std::vector<Revision> revisions(storage::Tx& tx, CampaignId id);
[[nodiscard]] std::optional<Revision> find_revision(storage::Tx& tx, CampaignId id, std::int64_t number);
/// Oldest first. Any transaction.
[[nodiscard]] std::vector<HistoryEvent> history(storage::Tx& tx, CampaignId id);

}  // namespace tongdai::campaigns

template <>
struct tongdai::EnumNames<tongdai::campaigns::DocumentFormat> {
  static constexpr std::array<std::string_view, 2> names{"toml", "json"};
};
