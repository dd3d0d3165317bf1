#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/spec.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"

/// The campaigns' rows. Writer thread for changes, any transaction for questions.
namespace tongdai::campaigns {

struct Campaign {
  CampaignId id;
  std::string title;
  Class klass = Class::social_policy;
  CampaignState state = CampaignState::draft;
  std::int64_t series = 0;  ///< the series it is a step of; 0 for none
  std::string legal_basis;
  std::string author;  ///< who wrote it as it stands: its creator, or the last to edit it
  Schedule schedule;
  Canary canary;
  bool paced_by_cases = true;
  std::string audience_saved;  ///< the saved audience it was made from; "" if its file has its own terms
  bool frozen = false;         ///< all of the audience is written down; it does not start before
  std::int64_t audience = 0;   ///< so far, while it is being written down
  std::int64_t cursor = 0;     ///< the last recipient that the pump took, or that was ended
  TimePoint created_at{};
};

struct CampaignText {
  int ordinal = 0;
  std::string language;
  Accents accents = Accents::keep;
  std::string body;
  BodyId rendered;                                ///< 0 before approval; of one of whom nothing is known
  int parts = 1;                                  ///< of the rendered text
  std::map<std::string, std::string> fallback{};  ///< by placeholder
  BodyId stripped;                                ///< as `rendered`, without accents

  [[nodiscard]] SpecText as_written() const { return {language, accents, body, fallback}; }
};

/// Stores a new draft. Unknown groups, tags, lists, units and saved audiences are faults with their places;
/// nothing is stored then.
CampaignId create(storage::Tx& tx, IdSource& ids, const Spec& spec, std::string_view author, TimePoint now,
                  config::Faults& faults);

[[nodiscard]] std::optional<Campaign> find(storage::Tx& tx, CampaignId id);
/// Newest first.
[[nodiscard]] std::vector<Campaign> list(storage::Tx& tx, int limit);
/// The steps of a series, by their starts.
[[nodiscard]] std::vector<Campaign> of_series(storage::Tx& tx, std::int64_t series);
/// Those that are not cancelled and may send between the two, by their starts; at most `limit`.
[[nodiscard]] std::vector<Campaign> between(storage::Tx& tx, TimePoint from, TimePoint to, int limit);
/// Approved, running and paused ones.
[[nodiscard]] std::vector<Campaign> live(storage::Tx& tx);
[[nodiscard]] std::vector<CampaignText> texts(storage::Tx& tx, CampaignId id);

/// One guarded statement; Error: not_allowed, or conflict if somebody was faster. Writes the history.
[[nodiscard]] Result<CampaignState> move(storage::Tx& tx, IdSource& ids, const Campaign& c,
                                         CampaignEvent event, std::string_view who, std::string_view comment,
                                         TimePoint now);
/// A line of the history that does not move it.
void note(storage::Tx& tx, IdSource& ids, const Campaign& c, std::string_view who, std::string_view comment,
          TimePoint now);
void set_audience(storage::Tx& tx, CampaignId id, std::int64_t audience);
void set_frozen(storage::Tx& tx, CampaignId id);
void set_cursor(storage::Tx& tx, CampaignId id, std::int64_t cursor);
/// `stripped`: the same text without accents.
void set_rendered(storage::Tx& tx, CampaignId id, int ordinal, BodyId body, BodyId stripped);

}  // namespace tongdai::campaigns
