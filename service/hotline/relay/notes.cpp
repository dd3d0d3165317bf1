#include "hotline/relay/notes.hpp"

#include "hotline/notices.hpp"
#include "hotline/tracks.hpp"

namespace tongdai::hotline {
namespace {

std::string phrase(const Desk& desk, std::string_view key) {
  const auto found = desk.words.relay.find(std::string(key));
  return found == desk.words.relay.end() ? std::string() : found->second;
}

}  // namespace

void note(storage::Tx& tx, Desk& desk, const Phone& to, CaseId about, std::string_view key,
          const Values& values, bool is_automatic, TimePoint now) {
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::facility_alert;
  draft.to = to;
  draft.text = fill(phrase(desk, key), values);
  draft.case_id = about;
  draft.automatic = is_automatic;
  const auto admitted = desk.door.admit(tx, draft, now);
  if (!admitted && admitted.error().why != outbox::Refusal::replied_already) {
    desk.log.warning("a note was refused at the door", {{"to", to}, {"why", name_of(admitted.error().why)}});
  }
}

void note_owners(storage::Tx& tx, Desk& desk, const Case& c, std::string_view key, TimePoint now) {
  for (const Phone& phone : phones_of(tx, desk, c, owners_of(tx, c.id), now))
    note(tx, desk, phone, c.id, key, {{"code", c.code}}, false, now);
}

void note_owner(storage::Tx& tx, Desk& desk, const Case& c, FacilityId owner, std::string_view key,
                TimePoint now) {
  if (!part_in_hand(tx, c.id, {owner})) return;
  for (const Phone& phone : phones_of(tx, desk, c, {owner}, now))
    note(tx, desk, phone, c.id, key, {{"code", c.code}}, false, now);
}

}  // namespace tongdai::hotline
