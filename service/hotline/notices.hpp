#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hotline/alert_bundle.hpp"
#include "hotline/store.hpp"
#include "inbox/inbox.hpp"

/// What facilities and reporters are told. Every text goes through the door. Writer thread.
namespace tongdai::hotline {

/// A facility's people on duty, without whoever belongs to one in conflict as well (left out everywhere,
/// FIELD 5.24), and without the reporter's own phone.
[[nodiscard]] std::vector<Phone> people_to_tell(storage::Tx& tx, const Desk& desk, const Case& c,
                                                FacilityId facility, TimePoint now);

/// Asks a facility's people on duty: code, urgency, coarse area and service, nothing else. How many alerts
/// the door took, or will take when the bundle of this turn is sent; 0 means that nobody was reached.
int send_alerts(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now);

/// One alert, or many codes in one text, to a phone. The door's id of it; nullopt if it was refused.
std::optional<MessageId> notify_of_one(storage::Tx& tx, Desk& desk, const Phone& to, const Alert& alert,
                                       TimePoint now);
std::optional<MessageId> notify_of_many(storage::Tx& tx, Desk& desk, const Phone& to,
                                        const std::vector<std::string>& codes, bool is_page, TimePoint now);

/// An answer to a facility's person, by key of the phrases ("taken", "closed"...).
void tell(storage::Tx& tx, Desk& desk, const Phone& to, std::string_view key, std::string_view code,
          const Case* about, TimePoint now);
/// So many beds are noted.
void tell_beds(storage::Tx& tx, Desk& desk, const Phone& to, int beds, TimePoint now);
/// The owner's lease ends soon: to its people on duty.
void remind_owner(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);
/// A clock of the law nears its end, or is past it: to the owner's people on duty and to the duty officers.
void tell_clock(storage::Tx& tx, Desk& desk, const Case& c, std::string_view clock, TimePoint limit,
                TimePoint now);
/// A service is needed that nobody is asked for without the reporter's consent: to the duty officers, who
/// ask.
void ask_for_consent(storage::Tx& tx, Desk& desk, const Case& c, const std::string& service, TimePoint now);
/// As `tell`, at most once in the window of automatic replies: for what a machine might answer again.
void hint(storage::Tx& tx, Desk& desk, const Phone& to, const std::vector<std::string>& codes, TimePoint now);

/// Place and words, numbers taken out, to who holds the case.
void send_details(storage::Tx& tx, Desk& desk, const Case& c, const Phone& to, TimePoint now);
/// A later text of the reporter, to the people on duty of who has the case or a track of it.
void forward_text(storage::Tx& tx, Desk& desk, const Case& c, std::string_view words, TimePoint now);

/// May this number learn of the case? Not the reporter's own phone, nor one of a facility in conflict.
[[nodiscard]] bool may_tell(storage::Tx& tx, const Case& c, const Phone& phone);
/// Those on duty at these facilities who may learn of the case, each once.
[[nodiscard]] std::vector<Phone> phones_of(storage::Tx& tx, const Desk& desk, const Case& c,
                                           const std::vector<FacilityId>& facilities, TimePoint now);

/// The one automatic answer to a reporter's text, by key of the phrases without its language: that of the
/// line, else Vietnamese. `about` 0: none of a case, or in spite of it. True if the door took it.
bool answer_reporter(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, CaseId about,
                     std::string_view key, TimePoint now);

}  // namespace tongdai::hotline
