#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::hotline {

/// Where a guided conversation stands. docs/conversation.md draws it.
enum class ConversationState : std::uint8_t {
  asking,     ///< a question is out; an answer may come or not
  completed,  ///< what was answered is recorded as safe contact
  unsafe,     ///< the person said that an answer is not safe: nothing recorded, nothing asked again
  silent,     ///< no answer in time: ends quietly
  stopped,    ///< overtaken: a wish to be left alone, a threat, a counsellor, the end of the case
};

enum class ConversationEvent : std::uint8_t {
  begun,     ///< the first question, also after an earlier conversation
  answered,  ///< the next question follows
  finished,  ///< the last was answered
  refused,   ///< not safe
  timed_out,
  overtaken,
};

/// The state after `event`, or not_allowed, which leaves the conversation as it is.
[[nodiscard]] Result<ConversationState> next(ConversationState from, ConversationEvent event);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::ConversationState> {
  static constexpr std::array<std::string_view, 5> names{"asking", "completed", "unsafe", "silent",
                                                         "stopped"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::ConversationEvent> {
  static constexpr std::array<std::string_view, 6> names{"begun",   "answered",  "finished",
                                                         "refused", "timed_out", "overtaken"};
};
