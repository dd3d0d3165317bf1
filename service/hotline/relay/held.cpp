#include "hotline/relay/held.hpp"

#include <set>

#include "hotline/relay/notes.hpp"
#include "hotline/reporter/thread.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

void tell_dropped(storage::Tx& tx, Desk& desk, const Case& c, FacilityId facility, TimePoint now) {
  add_event(tx, desk.ids, c.id, "not_sent", facility, "", now);
  // Who has the case no more does not read on in it, not even this.
  note_owner(tx, desk, c, facility, "dropped", now);
}

}  // namespace

void release_held(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now) {
  for (const HeldText& held : take_held(tx, c.id)) {
    const auto part = part_in_hand(tx, c.id, {held.facility});
    if (part && write_to_reporter(tx, desk, c, {held.facility, part->id}, held.text, now)) continue;
    tell_dropped(tx, desk, c, held.facility, now);
  }
}

void drop_held(storage::Tx& tx, Desk& desk, CaseId id, FacilityId of, TimePoint now) {
  const auto held = take_held(tx, id, of);
  const auto c = find_case(tx, id);
  std::set<FacilityId> told;
  for (const HeldText& text : held) {
    if (c && told.insert(text.facility).second) tell_dropped(tx, desk, *c, text.facility, now);
  }
}

void on_relay_fate(storage::Tx& tx, Desk& desk, const outbox::Fate& fate, TimePoint now) {
  using outbox::MessageState;
  if (fate.purpose != outbox::Purpose::relay_to_reporter || !fate.case_id) return;
  const bool lost = fate.state == MessageState::failed || fate.state == MessageState::undelivered ||
                    fate.state == MessageState::expired || fate.state == MessageState::suppressed;
  if (!lost) return;
  const auto c = find_case(tx, fate.case_id);
  if (!c || c->state == CaseState::closed) return;
  const auto author = find_referral(tx, fate.referral);
  tell_dropped(tx, desk, *c, author ? author->facility : FacilityId{}, now);
}

}  // namespace tongdai::hotline
