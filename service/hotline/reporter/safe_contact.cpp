#include "hotline/reporter/safe_contact.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "hotline/service_lists.hpp"
#include "text/hours.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_contact =
    "SELECT case_id, channel, hours, content, agreed, duress, expires_at, recorded_at FROM safe_contact "
    "WHERE case_id = $1";
constexpr std::string_view upsert_contact =
    "INSERT INTO safe_contact (case_id, channel, hours, content, agreed, duress, expires_at, recorded_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (case_id) DO UPDATE SET channel = excluded.channel, "
    "hours = excluded.hours, content = excluded.content, agreed = excluded.agreed, duress = excluded.duress, "
    "expires_at = excluded.expires_at, recorded_at = excluded.recorded_at";
constexpr std::string_view select_relay =
    "SELECT case_id, state, heard_at, moved_at FROM relay WHERE case_id = $1";
constexpr std::string_view upsert_relay =
    "INSERT INTO relay (case_id, state, heard_at, moved_at) VALUES ($1, $2, $3, $4) ON CONFLICT (case_id) "
    "DO UPDATE SET state = excluded.state, heard_at = excluded.heard_at, moved_at = excluded.moved_at";
constexpr std::string_view select_idle =
    "SELECT c.id FROM hotline_case c LEFT JOIN relay r ON r.case_id = c.id "
    "WHERE c.state <> 'closed' AND c.reporter <> '' AND COALESCE(r.moved_at, c.opened_at) <= $1 LIMIT $2";
constexpr std::string_view insert_held =
    "INSERT INTO held_text (id, case_id, facility_id, sealed_text, written_at) SELECT $1, c.id, $3, "
    "seal(c.key_id, $4), $5 FROM hotline_case c WHERE c.id = $2";
constexpr std::string_view select_held =
    "SELECT h.id, h.case_id, h.facility_id, unseal(c.key_id, h.sealed_text, '') FROM held_text h JOIN "
    "hotline_case c ON c.id = h.case_id WHERE h.case_id = $1 AND ($2 = 0 OR h.facility_id = $2) ORDER BY "
    "h.id";
constexpr std::string_view delete_held =
    "DELETE FROM held_text WHERE case_id = $1 AND ($2 = 0 OR facility_id = $2)";
constexpr std::string_view select_in_vain =
    "SELECT DISTINCT h.case_id, h.facility_id FROM held_text h JOIN hotline_case c ON c.id = h.case_id "
    "LEFT JOIN safe_contact s ON s.case_id = h.case_id "
    "WHERE c.state = 'closed' OR s.expires_at <= $1 OR NOT EXISTS (SELECT 1 FROM referral r WHERE "
    "r.case_id = h.case_id AND r.facility_id = h.facility_id AND r.state = 'accepted') LIMIT $2";

Relay to_relay(const storage::Row& row) {
  return {row.get<CaseId>(0), row.get<RelayState>(1), row.get<TimePoint>(2), row.get<TimePoint>(3)};
}

/// When the hours that are open at `now` end; `now` itself if they are closed.
TimePoint closes_at(const SafeContact& contact, const text::TimeZone& zone, TimePoint now) {
  if (contact.hours.empty()) return TimePoint::max();
  auto windows = text::DayWindows::parse(contact.hours);
  if (!windows) return now;  // not to be understood: closed
  return text::Hours(std::move(*windows), zone).closes_at(now);
}

}  // namespace

Standing standing_of(const std::optional<SafeContact>& contact, const Relay& relay, Duration silence,
                     const text::TimeZone& zone, TimePoint now) {
  Standing standing;
  standing.is_recorded = contact.has_value();
  const auto barred = [&](Bar bar) {
    standing.bar = bar;
    return standing;
  };
  if (relay.state == RelayState::expired) return barred(Bar::expired);
  if (relay.state == RelayState::duress) return barred(Bar::duress);
  if (relay.state == RelayState::stopped) return barred(Bar::stopped);
  if (!contact || contact->channel != Channel::text || contact->content == Content::none)
    return barred(Bar::unrecorded);
  standing.has_agreed_word = !contact->agreed.empty();
  standing.is_explicit = contact->content == Content::explicit_;
  if (contact->expires_at <= now) return barred(Bar::lapsed);
  standing.not_after = std::min(closes_at(*contact, zone, now), contact->expires_at);
  if (standing.not_after <= now) return barred(Bar::hours);
  if (relay.state == RelayState::holding || now - relay.heard_at >= silence) return barred(Bar::silent);
  return standing;
}

std::optional<SafeContact> safe_contact(storage::Tx& tx, CaseId id) {
  return tx.first(
      select_contact,
      [](const storage::Row& row) {
        return SafeContact{row.get<CaseId>(0),    row.get<Channel>(1),  split_services(row.text(2)),
                           row.get<Content>(3),   row.text(4),          row.text(5),
                           row.get<TimePoint>(6), row.get<TimePoint>(7)};
      },
      id);
}

void save(storage::Tx& tx, const SafeContact& c) {
  tx.run(upsert_contact, c.case_id, c.channel, join_services(c.hours), c.content, c.agreed, c.duress,
         c.expires_at, c.recorded_at);
  tx.changed("case", c.case_id.value);
}

Relay relay_of(storage::Tx& tx, CaseId id, TimePoint opened_at) {
  return tx.first(select_relay, to_relay, id).value_or(Relay{id, RelayState::open, opened_at, opened_at});
}

void save(storage::Tx& tx, const Relay& relay) {
  tx.run(upsert_relay, relay.case_id, relay.state, relay.heard_at, relay.moved_at);
}

void stay_in_touch(storage::Tx& tx, CaseId id, TimePoint opened_at, TimePoint now) {
  Relay relay = relay_of(tx, id, opened_at);
  relay.moved_at = now;
  save(tx, relay);
}

std::vector<CaseId> idle_cases(storage::Tx& tx, TimePoint before, std::size_t limit) {
  return tx.all(select_idle, [](const storage::Row& row) { return row.get<CaseId>(0); }, before, limit);
}

void hold_text(storage::Tx& tx, const HeldText& text, TimePoint now) {
  tx.run(insert_held, text.id, text.case_id, text.facility, text.text, now);
}

std::vector<HeldText> take_held(storage::Tx& tx, CaseId id, FacilityId of) {
  auto held = tx.all(
      select_held,
      [](const storage::Row& row) {
        return HeldText{row.get<std::int64_t>(0), row.get<CaseId>(1), row.get<FacilityId>(2), row.text(3)};
      },
      id, of);
  tx.run(delete_held, id, of);
  return held;
}

std::vector<HeldInVain> held_in_vain(storage::Tx& tx, TimePoint now, std::size_t limit) {
  return tx.all(
      select_in_vain,
      [](const storage::Row& row) { return HeldInVain{row.get<CaseId>(0), row.get<FacilityId>(1)}; }, now,
      limit);
}

}  // namespace tongdai::hotline
