#include "hotline/commands.hpp"

#include <algorithm>
#include <set>

#include "directory/capacity.hpp"
#include "hotline/handing_on.hpp"
#include "hotline/notices.hpp"
#include "hotline/ownership.hpp"
#include "hotline/tracks.hpp"
#include "hotline/without_numbers.hpp"

namespace tongdai::hotline {
namespace {

using inbox::Verb;

constexpr std::string_view select_unread =
    "SELECT 1 FROM message WHERE case_id = $1 AND purpose = 'relay_to_facility' AND state IN ('queued', "
    "'submitting') LIMIT 1";
constexpr std::string_view select_since =
    "SELECT 1 FROM hotline_case c JOIN case_text t ON t.case_id = c.id JOIN inbound i ON i.id = "
    "t.inbound_id WHERE c.id = $1 AND i.sender = c.reporter AND i.received_at >= $2 LIMIT 1";

constexpr std::size_t reason_bytes_max = 120;  // of a facility's words in the timeline

/// Who said what about which case, and when.
struct Order {
  const Case& c;
  const Referral& r;
  const Phone& sender;
  const inbox::Command& command;
  TimePoint at;
  std::string reason;
  [[nodiscard]] Act act() const { return {c, r, at, reason}; }
};

bool fits(Verb verb, ReferralState state) {
  switch (verb) {
    case Verb::accept:
    case Verb::decline:
      return state == ReferralState::alerted || state == ReferralState::timed_out;
    case Verb::done:
    case Verb::transfer:
    case Verb::hand_back:
    case Verb::progress:
      return state == ReferralState::accepted;
    case Verb::reopen:
      return state == ReferralState::closed;
    case Verb::beds:
      return false;
  }
  return false;
}

/// A yes or no is about what they are asked, though they have another part of the case already.
bool means_asked(Verb verb) {
  return verb == Verb::accept || verb == Verb::decline;
}

/// A timeline has neither numbers nor long stories. Whom a case is given to stands in the plan.
std::string reason_of(const inbox::Command& command) {
  if (command.verb != Verb::decline && command.verb != Verb::hand_back && command.verb != Verb::done)
    return "";
  return without_numbers(command.words.substr(0, reason_bytes_max));
}

void say(storage::Tx& tx, Desk& desk, const Order& o, std::string_view key, TimePoint now) {
  tell(tx, desk, o.sender, key, o.c.code, nullptr, now);
}

/// Why it could not be, to the facility: another has it, or it is not theirs.
void say_no(storage::Tx& tx, Desk& desk, const Order& o, const Error& error, TimePoint now) {
  say(tx, desk, o, error.code == Code::conflict ? "taken" : "not_yours", now);
}

void accept(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  if (const auto done = accept_case(tx, desk, o.act(), now); !done)
    return say_no(tx, desk, o, done.error(), now);
  if (const auto accepted = find_on_track(tx, o.c.id, o.c.track))
    send_details(tx, desk, *accepted, o.sender, now);
}

void decline(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  say(tx, desk, o, "declined", now);
  (void)decline_case(tx, desk, o.act(), now);  // a no to what is gone changes nothing
}

void hand_back(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  const auto done = hand_back_case(tx, desk, o.act(), now);
  if (!done) return say_no(tx, desk, o, done.error(), now);
  say(tx, desk, o, "handed_back", now);
}

void transfer(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  const auto to = whom_to_ask(tx, desk, o.c, o.r.facility, o.command.words, now);
  if (!to)
    return say(tx, desk, o, to.error().code == Code::refused ? "consent_missing" : "transfer_unknown", now);
  if (const auto done = transfer_case(tx, desk, o.act(), *to, now); !done)
    return say_no(tx, desk, o, done.error(), now);
  say(tx, desk, o, "transferred", now);
}

/// The owner's, or of who was it when they wrote and whose case nobody took since: they have it again.
bool has_it_still(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  if (o.c.state == CaseState::accepted) return o.c.owner == o.r.facility;
  return had_case(o.r, o.at) && accept_case(tx, desk, o.act(), now).has_value();
}

void progress(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  if (!has_it_still(tx, desk, o, now)) return say(tx, desk, o, "not_yours", now);
  const auto c = find_on_track(tx, o.c.id, o.c.track);
  if (c && renew_lease(tx, desk, *c, o.at, now)) tell(tx, desk, o.sender, "progress", c->code, &*c, now);
}

/// The reporter wrote after the case was theirs, and it is still on its way to them; or while it was
/// nobody's.
bool has_unread_words(storage::Tx& tx, const Order& o) {
  const bool has_it = o.c.state == CaseState::accepted;
  const auto since = has_it ? o.r.accepted_at : o.r.left_at;
  if (!since || !tx.value<int>(select_since, o.c.id, *since)) return false;
  return !has_it || tx.value<int>(select_unread, o.c.id).has_value();
}

void done(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  if (!has_it_still(tx, desk, o, now)) return say(tx, desk, o, "not_yours", now);
  const auto c = find_on_track(tx, o.c.id, o.c.track);
  // Closed now, those would reach nobody: they are told again, all of them, and may close then.
  if (c && c->track == 0 && has_unread_words(tx, o)) return send_details(tx, desk, *c, o.sender, now);
  const auto r = find_referral(tx, o.r.id);
  if (c && r && finish_part(tx, desk, {*c, *r, o.at, o.reason}, now)) say(tx, desk, o, "closed", now);
}

void reopen(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  const auto done = reopen_case(tx, desk, o.c, o.r.facility, o.reason, now);
  if (!done) return say(tx, desk, o, o.c.state == CaseState::closed ? "closed" : "not_yours", now);
  if (const auto again = find_case(tx, o.c.id)) send_details(tx, desk, *again, o.sender, now);
}

void count_beds(storage::Tx& tx, Desk& desk, const Phone& sender, const std::vector<FacilityId>& facilities,
                int beds, TimePoint at, TimePoint now) {
  const auto with_beds = directory::facilities_with_beds(tx, facilities, desk.settings.bed_services);
  if (with_beds.size() != 1) return tell(tx, desk, sender, "beds_unclear", "", nullptr, now);
  directory::set_beds(tx, with_beds.front(), beds, at);
  tell_beds(tx, desk, sender, beds, now);
}

/// The case a command without a code must mean, or nothing after a hint was sent.
std::optional<Case> only_case(storage::Tx& tx, Desk& desk, const Phone& sender,
                              const std::vector<FacilityId>& facilities, Verb verb, TimePoint now) {
  std::set<CaseId> fitting, live;
  for (const Referral& r : referrals_of(tx, facilities)) {
    const auto c = find_case(tx, r.case_id);
    if (!c || !may_tell(tx, *c, sender)) continue;
    live.insert(r.case_id);
    if (fits(verb, r.state)) fitting.insert(r.case_id);
  }
  if (live.size() == 1 && fitting.size() == 1) return find_case(tx, *fitting.begin());
  std::vector<std::string> codes;
  for (const CaseId id : live) {
    if (const auto c = find_case(tx, id)) codes.push_back(c->code);
  }
  hint(tx, desk, sender, codes, now);
  return std::nullopt;
}

void follow(storage::Tx& tx, Desk& desk, const Order& o, TimePoint now) {
  // Overtaken on its way by what the same facility did after it was sent: that is its last word.
  if (o.r.answered_at && o.at < *o.r.answered_at) return say(tx, desk, o, "overtaken", now);
  if (o.command.verb == Verb::reopen) return reopen(tx, desk, o, now);
  if (o.c.state == CaseState::closed) return say(tx, desk, o, "closed", now);
  switch (o.command.verb) {
    case Verb::accept:
      return accept(tx, desk, o, now);
    case Verb::decline:
      return decline(tx, desk, o, now);
    case Verb::done:
      return done(tx, desk, o, now);
    case Verb::transfer:
      return transfer(tx, desk, o, now);
    case Verb::hand_back:
      return hand_back(tx, desk, o, now);
    case Verb::progress:
      return progress(tx, desk, o, now);
    case Verb::reopen:
    case Verb::beds:
      return;
  }
}

}  // namespace

CaseId obey(storage::Tx& tx, Desk& desk, const Phone& sender, const std::vector<FacilityId>& facilities,
            const inbox::Command& command, TimePoint at, TimePoint now) {
  if (command.verb == Verb::beds) {
    count_beds(tx, desk, sender, facilities, command.beds, at, now);
    return {};
  }
  std::optional<Case> c;
  if (command.code.empty()) {
    c = only_case(tx, desk, sender, facilities, command.verb, now);
    if (!c) return {};
  } else {
    c = find_case(tx, command.code);
  }
  const auto referral = c ? referral_of(tx, c->id, facilities, means_asked(command.verb)) : std::nullopt;
  // A code that is not theirs and one that does not exist get the same answer.
  if (!referral || !may_tell(tx, *c, sender)) {
    tell(tx, desk, sender, "unknown_code", command.code, nullptr, now);
    return {};
  }
  const auto seen = find_on_track(tx, c->id, referral->track);
  if (seen) {
    follow(tx, desk, {*seen, *referral, sender, command, at, reason_of(command)}, now);
  } else {
    tell(tx, desk, sender, "not_yours", c->code, nullptr, now);
  }
  return c->id;
}

}  // namespace tongdai::hotline
