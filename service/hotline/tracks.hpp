#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/store.hpp"

/// Several services at once. A case has its lead, which stands in the case itself; a service that is to have
/// its own facility, or must not be asked without the reporter's consent, has a track beside it: its own
/// plan, steps, owner and lease. Seen through `find_on_track`, a track is a case of one service, and every
/// rule of escalation and ownership holds for it. Writer thread for changes.
namespace tongdai::hotline {

enum class TrackState : std::uint8_t {
  waiting,   ///< for the reporter's consent, or for the place: nobody is asked
  open,      ///< as a case's
  accepted,  ///< as a case's
  closed,    ///< done, or the case was closed
};

enum class TrackEvent : std::uint8_t { opened, accepted, let_go, closed };

enum class Consent : std::uint8_t {
  not_needed,
  needed,  ///< nobody is asked, unless the settings waive it: danger to life, a child
  given,
  refused,  ///< nobody is asked, whatever the urgency: a human decides
};

/// The state after `event`, or not_allowed.
[[nodiscard]] Result<TrackState> next(TrackState from, TrackEvent event);

struct Track {
  CaseId case_id;
  int number = 1;  ///< from 1; the lead is 0
  std::string service;
  TrackState state = TrackState::waiting;
  Consent consent = Consent::not_needed;
  FacilityId owner;
  int step = 0;
  std::optional<TimePoint> due_at;
};

[[nodiscard]] std::vector<Track> tracks_of(storage::Tx& tx, CaseId id);
/// The case as this track sees it; track 0 is the case itself.
[[nodiscard]] std::optional<Case> find_on_track(storage::Tx& tx, CaseId id, int track);
/// Who has the case or a track of it, each once. They read and write in it, nobody else (FIELD 5.14).
[[nodiscard]] std::vector<FacilityId> owners_of(storage::Tx& tx, CaseId id);
/// The referral by which one of these facilities has the case or a track of it; nullopt if none has.
[[nodiscard]] std::optional<Referral> part_in_hand(storage::Tx& tx, CaseId id,
                                                   const std::vector<FacilityId>& facilities);
/// What the lead of a case is to do: the needed services without a track; of a track its own.
[[nodiscard]] std::vector<std::string> own_services(storage::Tx& tx, const Case& c);

/// Makes tracks for the needed services that are to have one by the settings, and has the duty officers ask
/// for a consent that is missing. The lead keeps at least one service, unless all of them wait for consent;
/// and `planned`, which its facilities are asked for already.
void split_tracks(storage::Tx& tx, Desk& desk, const Case& c, const std::vector<std::string>& planned,
                  TimePoint now);
/// Services that nobody may be asked for in this case: the reporter did not agree, or not yet.
[[nodiscard]] std::vector<std::string> withheld_services(storage::Tx& tx, const Desk& desk, CaseId id);
/// Those that may be asked now get their plan, and their first facility is asked.
void open_tracks(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// The reporter agrees that this service is asked, or does not; a service that the case did not need so far
/// is needed now. Errors: not_allowed (it is being asked already; the case is closed), invalid (no service).
[[nodiscard]] Result<void> record_consent(storage::Tx& tx, Desk& desk, const Case& c,
                                          const std::string& service, bool given, TimePoint now);

/// Is a track open or taken?
[[nodiscard]] bool has_live_track(storage::Tx& tx, CaseId id);
/// The lead's work is done, and its referrals are ended: the first live track becomes the lead.
void promote_track(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// All of them: the case is closed.
void close_tracks(storage::Tx& tx, CaseId id);

struct TrackDue {
  CaseId case_id;
  int number = 0;
};
[[nodiscard]] std::vector<TrackDue> tracks_due(storage::Tx& tx, TimePoint now, std::size_t limit);

/// @name The rows, for the store: as those of a case.
/// @{
void set_track_timer(storage::Tx& tx, const Case& c, int step, TimePoint due_at);
[[nodiscard]] bool set_track_owner(storage::Tx& tx, const Case& c, FacilityId owner, TimePoint lease_ends);
[[nodiscard]] bool clear_track_owner(storage::Tx& tx, const Case& c, TimePoint due_at);
[[nodiscard]] bool close_track(storage::Tx& tx, const Case& c);
/// @}

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::TrackState> {
  static constexpr std::array<std::string_view, 4> names{"waiting", "open", "accepted", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::TrackEvent> {
  static constexpr std::array<std::string_view, 4> names{"opened", "accepted", "let_go", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Consent> {
  static constexpr std::array<std::string_view, 4> names{"not_needed", "needed", "given", "refused"};
};
