#pragma once

#include <string_view>

#include "hotline/store.hpp"
#include "inbox/inbox.hpp"

/// What facilities and reporters are told. Every text goes through the door. Writer thread.
namespace tongdai::hotline {

/// Asks a facility's people on duty: code, urgency, coarse area and service, nothing else. How many alerts
/// the door took; 0 means that nobody was reached.
int send_alerts(storage::Tx& tx, Desk& desk, const Case& c, const Referral& r, TimePoint now);

/// An answer to a facility's person, by key of the phrases ("taken", "closed"...).
void tell(storage::Tx& tx, Desk& desk, const Phone& to, std::string_view key, std::string_view code,
          const Case* about, TimePoint now);
/// As `tell`, at most once in the window of automatic replies: for what a machine might answer again.
void hint(storage::Tx& tx, Desk& desk, const Phone& to, const std::vector<std::string>& codes, TimePoint now);

/// Place and words, numbers taken out, to who holds the case.
void send_details(storage::Tx& tx, Desk& desk, const Case& c, const Phone& to, TimePoint now);
/// A later text of the reporter, to the owner's people on duty.
void forward_text(storage::Tx& tx, Desk& desk, const Case& c, std::string_view words, TimePoint now);

/// May this number learn of the case? Not the reporter's own phone, nor one of a facility in conflict.
[[nodiscard]] bool may_tell(storage::Tx& tx, const Case& c, const Phone& phone);

/// The one automatic answer to a reporter's text, by key of the phrases without its language: that of the
/// line, else Vietnamese. `about` 0: none of a case, or in spite of it. True if the door took it.
bool answer_reporter(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, CaseId about,
                     std::string_view key, TimePoint now);

}  // namespace tongdai::hotline
