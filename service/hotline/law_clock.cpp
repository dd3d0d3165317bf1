#include "hotline/law_clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hotline/notices.hpp"

namespace tongdai::hotline {
namespace {

using S = ClockState;
using E = ClockEvent;

constexpr std::string_view child_service = "child_protection";

#define CLOCK_COLUMNS "case_id, kind, state, started_at, limit_at, met_at FROM case_clock "
constexpr std::string_view select_of_case =
    "SELECT " CLOCK_COLUMNS "WHERE case_id = $1 ORDER BY started_at, kind";
constexpr std::string_view select_one = "SELECT " CLOCK_COLUMNS "WHERE case_id = $1 AND kind = $2";
constexpr std::string_view select_due = "SELECT " CLOCK_COLUMNS "WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
#undef CLOCK_COLUMNS
constexpr std::string_view insert_clock =
    "INSERT INTO case_clock (case_id, kind, state, started_at, limit_at, due_at) VALUES ($1, $2, 'running', "
    "$3, "
    "$4, $5) ON CONFLICT (case_id, kind) DO NOTHING";
constexpr std::string_view update_clock =
    "UPDATE case_clock SET state = $4, due_at = $5, met_at = CASE WHEN $4 = 'met' THEN $6 END "
    "WHERE case_id = $1 AND kind = $2 AND state = $3";

Clock to_clock(const storage::Row& row) {
  return {row.get<CaseId>(0),    row.get<ClockKind>(1), row.get<ClockState>(2),
          row.get<TimePoint>(3), row.get<TimePoint>(4), row.get<std::optional<TimePoint>>(5)};
}

std::optional<S> lookup(S from, E event) {
  switch (from) {
    case S::running:
      if (event == E::neared) return S::warned;
      [[fallthrough]];
    case S::warned:
      if (event == E::ran_out) return S::overdue;
      [[fallthrough]];
    case S::overdue:
      if (event == E::met) return S::met;
      return event == E::case_closed ? std::optional(S::ended) : std::nullopt;
    case S::ended:
      return event == E::case_reopened ? std::optional(S::running) : std::nullopt;
    case S::met:
      return std::nullopt;
  }
  std::unreachable();
}

Duration length_of(const Settings& settings, ClockKind kind) {
  switch (kind) {
    case ClockKind::forward:
      return settings.clock_forward;
    case ClockKind::child_measures:
      return settings.clock_child;
    case ClockKind::no_contact:
      return settings.clock_no_contact;
  }
  std::unreachable();
}

/// When it warns: some time before its end, and never in its first half.
TimePoint warns_at(const Settings& settings, TimePoint from, TimePoint limit) {
  return std::max(limit - settings.clock_warning, from + (limit - from) / 2);
}

bool move(storage::Tx& tx, const Clock& clock, E event, std::optional<TimePoint> due, TimePoint now) {
  const auto to = next(clock.state, event);
  return to && tx.run(update_clock, clock.case_id, clock.kind, clock.state, *to, due, now) == 1;
}

void fire(storage::Tx& tx, Desk& desk, const Clock& clock, TimePoint now) {
  const auto c = find_case(tx, clock.case_id);
  if (!c) return;
  const bool is_up = clock.limit_at <= now;
  const auto due = is_up ? std::nullopt : std::optional(clock.limit_at);
  if (!move(tx, clock, is_up ? E::ran_out : E::neared, due, now)) return;
  add_event(tx, desk.ids, c->id, is_up ? "clock_overdue" : "clock_warning", c->owner, name_of(clock.kind),
            now);
  if (is_up)
    desk.log.alarm("a legal time limit has passed", {{"case", c->id}, {"clock", name_of(clock.kind)}});
  tell_clock(tx, desk, *c, name_of(clock.kind), clock.limit_at, now);
}

}  // namespace

Result<ClockState> next(ClockState from, ClockEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a clock that is {} cannot be {}", name_of(from), name_of(event)));
}

bool start_clock(storage::Tx& tx, Desk& desk, CaseId id, ClockKind kind, TimePoint from, TimePoint now) {
  const TimePoint limit = from + length_of(desk.settings, kind);
  if (tx.run(insert_clock, id, kind, from, limit, warns_at(desk.settings, from, limit)) == 0) return false;
  add_event(tx, desk.ids, id, "clock_started", {}, name_of(kind), now);
  return true;
}

void start_clocks(storage::Tx& tx, Desk& desk, const Case& c, TimePoint from, TimePoint now) {
  if (std::ranges::find(c.services, child_service) == c.services.end()) return;
  start_clock(tx, desk, c.id, ClockKind::forward, from, now);
  start_clock(tx, desk, c.id, ClockKind::child_measures, from, now);
}

Result<void> meet_clock(storage::Tx& tx, Desk& desk, CaseId id, ClockKind kind, TimePoint now) {
  const auto clock = tx.first(select_one, to_clock, id, kind);
  if (!clock) return fail(Code::not_found, "this clock was not started");
  if (const auto allowed = next(clock->state, E::met); !allowed) return std::unexpected(allowed.error());
  move(tx, *clock, E::met, std::nullopt, now);
  add_event(tx, desk.ids, id, "clock_met", {}, name_of(kind), now);
  return {};
}

void end_clocks(storage::Tx& tx, CaseId id) {
  for (const Clock& clock : clocks_of(tx, id)) move(tx, clock, E::case_closed, std::nullopt, TimePoint{});
}

void resume_clocks(storage::Tx& tx, const Desk& desk, CaseId id) {
  for (const Clock& clock : clocks_of(tx, id))
    move(tx, clock, E::case_reopened, warns_at(desk.settings, clock.started_at, clock.limit_at), TimePoint{});
}

std::vector<Clock> clocks_of(storage::Tx& tx, CaseId id) {
  return tx.all(select_of_case, to_clock, id);
}

std::size_t fire_clocks(storage::Tx& tx, Desk& desk, TimePoint now, std::size_t limit) {
  const auto due = tx.all(select_due, to_clock, now, limit);
  for (const Clock& clock : due) fire(tx, desk, clock, now);
  return due.size();
}

}  // namespace tongdai::hotline
