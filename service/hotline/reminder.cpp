#include "hotline/reminder.hpp"

#include <algorithm>

#include "hotline/notices.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view upsert_reminder =
    "INSERT INTO lease_reminder (case_id, track, due_at) VALUES ($1, $2, $3) ON CONFLICT (case_id, track) DO "
    "UPDATE "
    "SET due_at = excluded.due_at";
constexpr std::string_view delete_reminder = "DELETE FROM lease_reminder WHERE case_id = $1 AND track = $2";
constexpr std::string_view delete_reminders = "DELETE FROM lease_reminder WHERE case_id = $1";
constexpr std::string_view select_due =
    "SELECT case_id, track FROM lease_reminder WHERE due_at <= $1 ORDER BY due_at LIMIT $2";

}  // namespace

void set_reminder(storage::Tx& tx, const Desk& desk, const Case& c, TimePoint ends, TimePoint now) {
  // Of a short lease a third is left: a reminder at its beginning would remind of nothing.
  const Duration before = std::min<Duration>(desk.settings.reminder_before(c.urgency), (ends - now) / 3);
  tx.run(upsert_reminder, c.id, c.track, ends - before);
}

void drop_reminder(storage::Tx& tx, const Case& c) {
  tx.run(delete_reminder, c.id, c.track);
}

void drop_reminders(storage::Tx& tx, CaseId id) {
  tx.run(delete_reminders, id);
}

std::size_t fire_reminders(storage::Tx& tx, Desk& desk, TimePoint now, std::size_t limit) {
  const auto due = tx.all(
      select_due, [](const storage::Row& row) { return TrackDue{row.get<CaseId>(0), row.get<int>(1)}; }, now,
      limit);
  for (const auto& [id, track] : due) {
    tx.run(delete_reminder, id, track);
    const auto c = find_on_track(tx, id, track);
    if (!c || c->state != CaseState::accepted || !c->due_at) continue;
    add_event(tx, desk.ids, id, "reminded", c->owner, "", now);
    remind_owner(tx, desk, *c, now);
  }
  return due.size();
}

}  // namespace tongdai::hotline
