#include "campaigns/history.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::string_view select_last_number =
    "SELECT COALESCE(MAX(number), 0) FROM campaign_revision WHERE campaign_id = $1";
constexpr std::string_view insert_revision =
    "INSERT INTO campaign_revision (campaign_id, number, at, who, document, format) VALUES ($1, $2, $3, $4, "
    "$5, $6)";
constexpr std::string_view select_revisions =
    "SELECT number, at, who FROM campaign_revision WHERE campaign_id = $1 ORDER BY number";
constexpr std::string_view select_revision =
    "SELECT number, at, who, document, format FROM campaign_revision WHERE campaign_id = $1 AND number = $2";
constexpr std::string_view select_events =
    "SELECT at, state, who, comment FROM campaign_event WHERE campaign_id = $1 ORDER BY id";

}  // namespace

int write_revision(storage::Tx& tx, CampaignId id, std::string_view who, const Document& document,
                   TimePoint now) {
  const int number = tx.value<int>(select_last_number, id).value_or(0) + 1;
  tx.run(insert_revision, id, number, now, who, document.text, document.format);
  return number;
}

std::vector<Revision> revisions(storage::Tx& tx, CampaignId id) {
  return tx.all(
      select_revisions,
      [](const storage::Row& row) {
        return Revision{row.get<int>(0), row.get<TimePoint>(1), row.text(2), {}};
      },
      id);
}

std::optional<Revision> find_revision(storage::Tx& tx, CampaignId id, std::int64_t number) {
  return tx.first(
      select_revision,
      [](const storage::Row& row) {
        return Revision{
            row.get<int>(0), row.get<TimePoint>(1), row.text(2), {row.text(3), row.get<DocumentFormat>(4)}};
      },
      id, number);
}

std::vector<HistoryEvent> history(storage::Tx& tx, CampaignId id) {
  return tx.all(
      select_events,
      [](const storage::Row& row) {
        return HistoryEvent{row.get<TimePoint>(0), row.get<CampaignState>(1), row.text(2), row.text(3)};
      },
      id);
}

}  // namespace tongdai::campaigns
