#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/actor.hpp"
#include "campaigns/almanac.hpp"
#include "campaigns/store.hpp"
#include "outbox/messages.hpp"

/// Campaigns that belong together: the steps of a series have one audience, one class and one schedule's
/// hours, and each its own texts and dates. Each step stays a campaign that can be handled alone.
namespace tongdai::campaigns {

using SeriesId = Id<struct SeriesTag>;

/// The campaigns that a file makes, in the order of the file: itself, its steps, or one for each day of its
/// repeat (from that day's begin to its end, not before the schedule's start; days that are skipped as
/// holidays make none). Faults: more than `steps_max`, none at all, or one that never opens between its start
/// and its end. Pure.
/// A drip makes one for each of `list_days` (Drip::column's, in order), `Drip::days` later, from that day's
/// begin to its end; those whose day is over before the schedule's start make none.
[[nodiscard]] std::vector<Spec> plan(const Spec& spec, const Almanac& almanac, config::Faults& faults,
                                     const std::vector<text::Date>& list_days = {});

/// Days of a list that a drip looks at, those that are over included: years of them.
inline constexpr std::size_t drip_days_max = 2000;

struct Series {
  SeriesId id;
  std::string title;
  std::string author;
  TimePoint created_at{};
};

struct CreatedSeries {
  SeriesId id;
  std::vector<CampaignId> steps;  ///< in the order of `plan`
};
/// Stores the drafts of a series. Faults as `create`; nothing is stored then. Writer thread.
[[nodiscard]] CreatedSeries create_series(storage::Tx& tx, IdSource& ids, std::string_view title,
                                          const std::vector<Spec>& steps, std::string_view author,
                                          TimePoint now, config::Faults& faults);

[[nodiscard]] std::optional<Series> find_series(storage::Tx& tx, SeriesId id);
/// Newest first.
[[nodiscard]] std::vector<Series> list_series(storage::Tx& tx, int limit);

/// What `act` does, to all steps that it concerns: those that are over, or that have gone this way already,
/// stay as they are; pausing and resuming pass over what has not been approved. All or nothing: one that
/// refuses is named, and nothing is changed. The steps as they are then. Errors as `act`; not_allowed if no
/// step is concerned. Writer thread.
[[nodiscard]] Result<std::vector<Campaign>> act_series(storage::Tx& tx, outbox::Messages& messages,
                                                       SeriesId id, CampaignEvent event, const Actor& actor,
                                                       std::string_view comment, TimePoint now);

}  // namespace tongdai::campaigns
