#include "hotline/calls.hpp"

#include "hotline/escalation.hpp"
#include "hotline/notices.hpp"
#include "hotline/reporter/safe_contact.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view select_call_back =
    "SELECT state, calls, asked_at, made_at FROM case_call_back WHERE case_id = $1";
constexpr std::string_view upsert_asked =
    "INSERT INTO case_call_back (case_id, state, calls, asked_at) VALUES ($1, 'needed', 1, $2) "
    "ON CONFLICT (case_id) DO UPDATE SET state = 'needed', calls = case_call_back.calls + 1, "
    "asked_at = excluded.asked_at";
constexpr std::string_view update_made =
    "UPDATE case_call_back SET state = 'made', made_at = $2 WHERE case_id = $1 AND state = 'needed'";

/// What stands for the words that a call has not.
std::string words_of(const Desk& desk, CallKind kind) {
  const auto found = desk.words.facility.find(std::string(name_of(kind)));
  return found == desk.words.facility.end() ? "" : found->second;
}

void join(storage::Tx& tx, Desk& desk, const Case& c, CallKind kind, TimePoint now) {
  const auto before = call_back_of(tx, c.id);
  tx.run(upsert_asked, c.id, now);
  add_event(tx, desk.ids, c.id, name_of(kind), {}, "", now);
  stay_in_touch(tx, c.id, c.opened_at, now);
  // Who rings again and again fills no phone: who has it is told again only after a call back was made.
  const bool told = before && before->state == CallBackState::needed;
  if (!told) forward_text(tx, desk, c, words_of(desk, kind), now);
}

CaseId open(storage::Tx& tx, Desk& desk, const Phone& caller, CallKind kind, TimePoint now) {
  Opening opening;
  opening.reporter = caller;
  opening.urgency = Urgency::high;  // nobody knows why: whoever rings such a number may be in danger
  opening.note = words_of(desk, kind);
  const CaseId id = open_case(tx, desk, opening, now);
  tx.run(upsert_asked, id, now);
  add_event(tx, desk.ids, id, name_of(kind), {}, "", now);
  return id;
}

}  // namespace

Result<CallBackState> next(CallBackState from, CallBackEvent event) {
  switch (event) {
    case CallBackEvent::asked:
      return CallBackState::needed;
    case CallBackEvent::made:
      if (from == CallBackState::needed) return CallBackState::made;
      return fail(Code::not_allowed, "nobody waits for a call in this case");
  }
  return fail(Code::not_allowed, "no such event");
}

Result<CallTaken> take_call(storage::Tx& tx, Desk& desk, const Phone& caller, CallKind kind, TimePoint now) {
  if (caller.empty() || caller.is_short_code() || caller.is_alphanumeric() || desk.door.is_own(caller))
    return fail(Code::invalid, "phone: must be the number of a person, no short code and none of our own");
  if (const auto c = open_case_of(tx, caller)) {
    join(tx, desk, *c, kind, now);
    return CallTaken{c->id, false};
  }
  return CallTaken{open(tx, desk, caller, kind, now), true};
}

Result<void> call_back_made(storage::Tx& tx, Desk& desk, CaseId id, TimePoint now) {
  const auto standing = call_back_of(tx, id);
  const auto to = next(standing ? standing->state : CallBackState::made, CallBackEvent::made);
  if (!to) return std::unexpected(to.error());
  tx.run(update_made, id, now);
  add_event(tx, desk.ids, id, "called_back", {}, "", now);
  return {};
}

std::optional<CallBack> call_back_of(storage::Tx& tx, CaseId id) {
  return tx.first(
      select_call_back,
      [](const storage::Row& row) {
        return CallBack{row.get<CallBackState>(0), row.get<int>(1), row.get<TimePoint>(2),
                        row.get<std::optional<TimePoint>>(3)};
      },
      id);
}

}  // namespace tongdai::hotline
