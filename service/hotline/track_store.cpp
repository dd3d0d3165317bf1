#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_tracks =
    "SELECT case_id, track, service, state, consent, COALESCE(owner_id, 0), step, due_at FROM case_track "
    "WHERE case_id = $1 ORDER BY track";
constexpr std::string_view select_owners =
    "SELECT owner_id FROM hotline_case WHERE id = $1 AND state = 'accepted' UNION "
    "SELECT owner_id FROM case_track WHERE case_id = $1 AND state = 'accepted' ORDER BY 1";
constexpr std::string_view select_due =
    "SELECT case_id, track FROM case_track WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
constexpr std::string_view update_timer =
    "UPDATE case_track SET step = $3, due_at = $4 WHERE case_id = $1 AND track = $2 AND state IN ('open', "
    "'accepted')";
constexpr std::string_view update_accepted =
    "UPDATE case_track SET state = 'accepted', owner_id = $3, due_at = $4 WHERE case_id = $1 AND track = $2 "
    "AND "
    "state = 'open'";
constexpr std::string_view update_ownerless =
    "UPDATE case_track SET state = 'open', owner_id = NULL, due_at = $3 WHERE case_id = $1 AND track = $2 "
    "AND "
    "state = 'accepted'";
constexpr std::string_view update_closed =
    "UPDATE case_track SET state = 'closed', due_at = NULL WHERE case_id = $1 AND track = $2 AND state <> "
    "'closed'";
constexpr std::string_view close_all =
    "UPDATE case_track SET state = 'closed', due_at = NULL WHERE case_id = $1 AND state <> 'closed'";

std::optional<TrackState> lookup(TrackState from, TrackEvent event) {
  switch (from) {
    case TrackState::waiting:
      if (event == TrackEvent::opened) return TrackState::open;
      break;
    case TrackState::open:
      if (event == TrackEvent::accepted) return TrackState::accepted;
      break;
    case TrackState::accepted:
      if (event == TrackEvent::let_go) return TrackState::open;
      break;
    case TrackState::closed:
      return std::nullopt;
  }
  return event == TrackEvent::closed ? std::optional(TrackState::closed) : std::nullopt;
}

CaseState as_case(TrackState state) {
  switch (state) {
    case TrackState::open:
      return CaseState::open;
    case TrackState::accepted:
      return CaseState::accepted;
    case TrackState::waiting:
    case TrackState::closed:
      return CaseState::closed;  // nobody is asked, and nobody has it
  }
  std::unreachable();
}

}  // namespace

Result<TrackState> next(TrackState from, TrackEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a track that is {} cannot be {}", name_of(from), name_of(event)));
}

std::vector<Track> tracks_of(storage::Tx& tx, CaseId id) {
  return tx.all(
      select_tracks,
      [](const storage::Row& row) {
        return Track{row.get<CaseId>(0),  row.get<int>(1),
                     row.text(2),         row.get<TrackState>(3),
                     row.get<Consent>(4), row.get<FacilityId>(5),
                     row.get<int>(6),     row.get<std::optional<TimePoint>>(7)};
      },
      id);
}

std::optional<Case> find_on_track(storage::Tx& tx, CaseId id, int track) {
  auto c = find_case(tx, id);
  if (!c || track == 0 || c->state == CaseState::closed) return c;
  const auto all = tracks_of(tx, id);
  const auto found = std::ranges::find(all, track, &Track::number);
  if (found == all.end()) return std::nullopt;
  c->track = track;
  c->state = as_case(found->state);
  c->owner = found->owner;
  c->step = found->step;
  c->due_at = found->due_at;
  c->services = {found->service};
  return c;
}

std::vector<FacilityId> owners_of(storage::Tx& tx, CaseId id) {
  return tx.all(select_owners, [](const storage::Row& row) { return row.get<FacilityId>(0); }, id);
}

std::optional<Referral> part_in_hand(storage::Tx& tx, CaseId id, const std::vector<FacilityId>& facilities) {
  const auto owners = owners_of(tx, id);
  for (const Referral& r : referrals(tx, id)) {
    const bool is_theirs = std::ranges::find(facilities, r.facility) != facilities.end();
    const bool has_it = std::ranges::find(owners, r.facility) != owners.end();
    if (is_theirs && has_it && r.state == ReferralState::accepted) return r;
  }
  return std::nullopt;
}

std::vector<std::string> own_services(storage::Tx& tx, const Case& c) {
  std::vector<std::string> own = c.services;
  if (c.track != 0) return own;
  for (const Track& t : tracks_of(tx, c.id)) std::erase(own, t.service);
  return own;
}

std::vector<TrackDue> tracks_due(storage::Tx& tx, TimePoint now, std::size_t limit) {
  return tx.all(
      select_due, [](const storage::Row& row) { return TrackDue{row.get<CaseId>(0), row.get<int>(1)}; }, now,
      limit);
}

void set_track_timer(storage::Tx& tx, const Case& c, int step, TimePoint due_at) {
  tx.run(update_timer, c.id, c.track, step, due_at);
}

bool set_track_owner(storage::Tx& tx, const Case& c, FacilityId owner, TimePoint lease_ends) {
  return tx.run(update_accepted, c.id, c.track, owner, lease_ends) == 1;
}

bool clear_track_owner(storage::Tx& tx, const Case& c, TimePoint due_at) {
  return tx.run(update_ownerless, c.id, c.track, due_at) == 1;
}

bool close_track(storage::Tx& tx, const Case& c) {
  return tx.run(update_closed, c.id, c.track) == 1;
}

void close_tracks(storage::Tx& tx, CaseId id) {
  tx.run(close_all, id);
}

}  // namespace tongdai::hotline
