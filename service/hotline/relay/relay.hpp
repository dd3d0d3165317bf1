#pragma once

#include <string_view>
#include <vector>

#include "hotline/store.hpp"
#include "inbox/inbox.hpp"

/// A facility and a reporter write to each other through the hotline's number; neither sees the other's.
/// Writer thread.
namespace tongdai::hotline {

/// What became of a facility's text.
enum class Relayed : std::uint8_t {
  no,   ///< it was not meant for a reporter
  yes,  ///< it was: sent, held, or refused, and the sender told why
};

/// A text of somebody whose number belongs to `facilities`, which is no command: "482913 words", or words
/// alone while they have exactly one case, and it is theirs. Never guessed: with more they are asked for the
/// code. What reads like a report is none of this, unless it begins with the code of a case that they have.
Relayed relay_from_facility(storage::Tx& tx, Desk& desk, const inbox::InboundText& text,
                            const std::vector<FacilityId>& facilities, bool reads_like_report, TimePoint now);

/// A later text of the reporter, numbers taken out, to the people on duty of who has the case or a track of
/// it.
void relay_to_owners(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text,
                     TimePoint now);

/// Is this no text that people write: a picture's octets, a ring tone? Pure.
[[nodiscard]] bool is_no_text(std::string_view words);

}  // namespace tongdai::hotline
