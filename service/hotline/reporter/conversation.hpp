#pragma once

#include "hotline/reporter/conversation_state.hpp"
#include "hotline/store.hpp"
#include "inbox/inbox.hpp"

/// The guided conversation with a reporter. It stands in a table, so a restart goes on where it was; silence
/// ends it and does nothing else. Writer thread.
namespace tongdai::hotline {

/// Asks the first question of the line's flow, as the one automatic answer to `text`. False if the line has
/// none, if the door says no, if one runs, if the person said that it is not safe, or if they need not be
/// asked: a safe contact is recorded and has not run out, or they fell silent before.
bool begin_conversation(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text,
                        TimePoint now);

/// Is `text` an answer to the question that is out? Then it is taken, and the next question follows or what
/// was settled is recorded. A text that reads like news is none, and the question stays out.
bool take_answer(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text, TimePoint now);

/// Something else overtook it.
void stop_conversation(storage::Tx& tx, CaseId id);

/// Ends those that nobody answered in time. How many.
std::size_t end_silent_conversations(storage::Tx& tx, TimePoint now);

}  // namespace tongdai::hotline
