#include "hotline/reporter/notes.hpp"

#include "directory/facilities.hpp"
#include "hotline/notices.hpp"

namespace tongdai::hotline {
namespace {

std::string phrase(const Desk& desk, std::string_view key) {
  const auto found = desk.words.relay.find(std::string(key));
  return found == desk.words.relay.end() ? std::string() : found->second;
}

}  // namespace

void note(storage::Tx& tx, Desk& desk, const Phone& to, std::string_view key, const Values& values,
          bool is_automatic, TimePoint now) {
  outbox::Draft draft;
  draft.purpose = outbox::Purpose::facility_alert;
  draft.to = to;
  draft.text = fill(phrase(desk, key), values);
  draft.automatic = is_automatic;
  const auto admitted = desk.door.admit(tx, draft, now);
  if (!admitted && admitted.error().why != outbox::Refusal::replied_already) {
    desk.log.warning("a note was refused at the door", {{"to", to}, {"why", name_of(admitted.error().why)}});
  }
}

void note_owner(storage::Tx& tx, Desk& desk, const Case& c, std::string_view key, TimePoint now) {
  if (c.state != CaseState::accepted) return;
  for (const Phone& phone : directory::contacts_on_duty(tx, c.owner, now, desk.zone)) {
    if (may_tell(tx, c, phone)) note(tx, desk, phone, key, {{"code", c.code}}, false, now);
  }
}

}  // namespace tongdai::hotline
