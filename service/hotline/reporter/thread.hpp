#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/reporter/safe_contact.hpp"
#include "hotline/store.hpp"
#include "inbox/inbox.hpp"

/// The written thread between a reporter and those who help, through the hotline's number: what may pass, and
/// what the other side is told when it may not. Writer thread.
namespace tongdai::hotline {

/// What a counsellor agreed with the reporter.
struct Agreement {
  Channel channel = Channel::text;
  std::vector<std::string> hours{};
  Content content = Content::neutral;
  bool has_consented = false;  ///< explicit content needs it
  std::string agreed{};        ///< in clear; "" for none
  std::string duress{};
  std::optional<TimePoint> expires_at{};  ///< else Settings::contact_kept from now
};

/// Records it; the thread is open again, whatever stopped it. Errors: invalid, naming the field; not_allowed
/// for a case that is closed, has no number or whose thread expired.
[[nodiscard]] Result<void> record_contact(storage::Tx& tx, Desk& desk, const Case& c,
                                          const Agreement& agreement, TimePoint now);

/// Who wrote a text to a reporter.
struct Author {
  FacilityId facility{};  ///< none: a counsellor at the desk
  ReferralId referral{};  ///< of the facility
};

/// Why a text was not sent.
struct NotSent {
  std::optional<Bar> bar{};             ///< the person may not be written to now
  std::optional<outbox::Refused> no{};  ///< or the door said no to the text
  /// For people.
  [[nodiscard]] std::string print() const;
};

/// Sends a typed text to the case's reporter. A counsellor may also answer what the reporter has just
/// written, if nothing is recorded that forbids it; a facility needs a recorded safe contact. Nothing is put
/// off: what cannot go now is refused.
[[nodiscard]] std::expected<MessageId, NotSent> write_to_reporter(storage::Tx& tx, Desk& desk, const Case& c,
                                                                  const Author& author,
                                                                  std::string_view words, TimePoint now);

/// Would `write_to_reporter` send it now? By the same rules, and nothing is changed: asked while people type.
[[nodiscard]] std::expected<outbox::Door::Passage, NotSent> rehearse(storage::Tx& tx, const Desk& desk,
                                                                     const Case& c, const Author& author,
                                                                     std::string_view words, TimePoint now);

/// For the door: how the reporter of a case may be written to.
[[nodiscard]] std::expected<outbox::ReporterTerms, outbox::Refused> reporter_terms(
    storage::Tx& tx, const Desk& desk, CaseId id, const Phone& to, outbox::Purpose purpose, TimePoint now);

/// What a reporter's text did to the thread.
enum class Heard : std::uint8_t { text, word, duress };
/// Notes a text of the reporter, who has an open case. The agreed word releases what was held. The duress
/// word stops the thread, raises the urgency, tells who has the case and the desk, and gets the cover text.
Heard hear(storage::Tx& tx, Desk& desk, Case& c, const inbox::InboundText& text, TimePoint now);

/// The reporter asked not to be written to: texts stop, the case goes on.
void stop_writing(storage::Tx& tx, Desk& desk, const Case& c, TimePoint now);

/// Ends idle threads, and drops held texts that wait in vain; whoever wrote them is told. How many of both.
std::size_t tend_threads(storage::Tx& tx, Desk& desk, TimePoint now);

}  // namespace tongdai::hotline
