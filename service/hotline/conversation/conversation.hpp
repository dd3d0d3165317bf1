#pragma once

#include "hotline/conversation/conversation_state.hpp"
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

/// What a text was to the question that is out.
enum class Taken : std::uint8_t {
  no,      ///< no answer, or nothing was asked
  choice,  ///< one of its answers
  word,    ///< taken as the word to agree on; it could as well be news in few words
};
/// Is `text` an answer to the question that is out? Then the next question follows or what was settled is
/// recorded; after "not safe" nothing is written to them any more until a counsellor agrees it anew. Else the
/// question stays out.
Taken take_answer(storage::Tx& tx, Desk& desk, const Case& c, const inbox::InboundText& text, TimePoint now);

/// Something else overtook it.
void stop_conversation(storage::Tx& tx, CaseId id);

/// Ends those that nobody answered in time. How many.
std::size_t end_silent_conversations(storage::Tx& tx, TimePoint now);

}  // namespace tongdai::hotline
