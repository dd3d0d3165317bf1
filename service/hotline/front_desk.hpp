#pragma once

#include "hotline/desk.hpp"
#include "inbox/inbox.hpp"

/// Whom a text is for, and what follows. Writer thread.
namespace tongdai::hotline {

/// Handles one text in one transaction: a facility's command, a refusal, or a report that opens or joins a
/// case.
inbox::Kind receive_text(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now);

/// A text that could not be handled: never silence and no page.
void receive_failure(storage::Tx& tx, Desk& desk, const inbox::InboundText& text, TimePoint now);

}  // namespace tongdai::hotline
