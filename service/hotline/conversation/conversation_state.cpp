#include "hotline/conversation/conversation_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::hotline {
namespace {

std::optional<ConversationState> lookup(ConversationState from, ConversationEvent event) {
  const bool asks = from == ConversationState::asking;
  switch (event) {
    case ConversationEvent::begun:
      // Who said that it is not safe is not asked again.
      if (asks || from == ConversationState::unsafe) return std::nullopt;
      return ConversationState::asking;
    case ConversationEvent::answered:
      return asks ? std::optional(ConversationState::asking) : std::nullopt;
    case ConversationEvent::finished:
      return asks ? std::optional(ConversationState::completed) : std::nullopt;
    case ConversationEvent::refused:
      return asks ? std::optional(ConversationState::unsafe) : std::nullopt;
    case ConversationEvent::timed_out:
      return asks ? std::optional(ConversationState::silent) : std::nullopt;
    case ConversationEvent::overtaken:
      return asks ? std::optional(ConversationState::stopped) : std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<ConversationState> next(ConversationState from, ConversationEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a conversation that is {} cannot be {}", name_of(from), name_of(event)));
}

}  // namespace tongdai::hotline
