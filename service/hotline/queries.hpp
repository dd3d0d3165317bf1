#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hotline/calls.hpp"
#include "hotline/law_clock.hpp"
#include "hotline/recognition/suggestions.hpp"
#include "hotline/relay/relay_state.hpp"
#include "hotline/store.hpp"
#include "hotline/tracks.hpp"

/// Questions about cases, for people. No reporter's number and no words are in these views. Any transaction.
namespace tongdai::hotline {

struct TimelineEntry {
  TimePoint at{};
  std::string kind;
  std::string facility;  ///< name, "" if none
  std::string detail;
};

struct ReferralView {
  int step = 0;
  int track = 0;
  std::string facility;
  ReferralState state = ReferralState::planned;
  std::string why;
  std::optional<TimePoint> alerted_at;
  std::optional<TimePoint> answered_at;  ///< its own last word
  std::optional<TimePoint> accepted_at;  ///< it had the case from here
  std::optional<TimePoint> left_at;      ///< to here
};

/// A facility that the plan is without.
struct LeftOut {
  std::string facility;
  std::string why;
};

/// What goes on beside the lead.
struct TrackView {
  Track t;
  std::string owner;  ///< name, "" if none
};

struct CaseView {
  Case c;
  std::string unit_code;
  std::string unit_name;
  std::string owner;                                 ///< name
  std::vector<std::string> asked;                    ///< names of who was asked and may still answer
  std::string language;                              ///< what the reporter speaks, "" if nobody said
  RelayState thread = RelayState::open;              ///< of the texts with the reporter
  std::optional<TimePoint> heard_at;                 ///< their last text
  std::optional<TimePoint> limit_at;                 ///< the first end of a clock of the law that runs
  bool waits_for_call = false;                       ///< the reporter is to be called
  std::vector<ReferralView> referrals;               ///< only by `show_case`
  std::vector<TimelineEntry> timeline;               ///< only by `show_case`
  std::vector<recognition::Suggestion> suggestions;  ///< only by `show_case`
  std::optional<CallBack> call_back;                 ///< only by `show_case`
  std::vector<Clock> clocks;                         ///< only by `show_case`
  std::vector<LeftOut> left_out;                     ///< only by `show_case`
  std::vector<TrackView> tracks;                     ///< only by `show_case`
};

[[nodiscard]] std::optional<CaseView> show_case(storage::Tx& tx, std::string_view code);
/// Where a case stands in the list: the most urgent first, then the oldest.
struct CasePlace {
  int urgency = -1;  ///< as the enum; -1 stands before all
  std::int64_t id = 0;
};
/// In that order, those behind `after`; `state` filters; at most `limit` (1..1001).
[[nodiscard]] std::vector<CaseView> list_cases(storage::Tx& tx, std::optional<CaseState> state,
                                               CasePlace after, int limit);

struct CaseCounts {
  std::int64_t open = 0;
  std::int64_t accepted = 0;
  std::int64_t closed = 0;
};
[[nodiscard]] CaseCounts count_cases(storage::Tx& tx);

/// What waits for people of the facilities and the desk.
struct Waiting {
  std::int64_t cases = 0;    ///< open, taken by nobody
  std::int64_t overdue = 0;  ///< of them those of which an alert was not answered in its time
};
[[nodiscard]] Waiting count_waiting(storage::Tx& tx);

}  // namespace tongdai::hotline
