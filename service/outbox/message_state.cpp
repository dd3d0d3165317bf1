#include "outbox/message_state.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tongdai::outbox {
namespace {

using S = MessageState;
using E = MessageEvent;

std::optional<S> from_queued(E event) {
  switch (event) {
    case E::claimed:
      return S::submitting;
    case E::time_up:
      return S::expired;
    case E::taken_back:
      return S::cancelled;
    case E::stopped_by_rule:
      return S::suppressed;
    default:
      return std::nullopt;
  }
}

std::optional<S> from_submitting(E event) {
  switch (event) {
    case E::taken:
      return S::accepted;
    case E::put_back:
      return S::queued;
    case E::refused:
      return S::failed;
    case E::lost_sight:
      return S::uncertain;
    case E::all_delivered:
      return S::delivered;  // the receipt was faster than the answer, which was lost
    case E::not_delivered:
      return S::undelivered;
    case E::time_up:
      return S::expired;
    default:
      return std::nullopt;
  }
}

std::optional<S> from_accepted(E event) {
  switch (event) {
    case E::all_delivered:
      return S::delivered;
    case E::not_delivered:
      return S::undelivered;
    default:
      return std::nullopt;
  }
}

std::optional<S> from_uncertain(E event) {
  switch (event) {
    case E::taken:
      return S::accepted;  // a late answer
    case E::all_delivered:
      return S::delivered;
    case E::not_delivered:
      return S::undelivered;
    case E::resent:
      return S::queued;
    case E::written_off:
      return S::failed;
    default:
      return std::nullopt;
  }
}

std::optional<S> lookup(S from, E event) {
  switch (from) {
    case S::queued:
      return from_queued(event);
    case S::submitting:
      return from_submitting(event);
    case S::accepted:
      return from_accepted(event);
    case S::uncertain:
      return from_uncertain(event);
    case S::delivered:
    case S::undelivered:
    case S::failed:
    case S::expired:
    case S::cancelled:
    case S::suppressed:
      return std::nullopt;
  }
  std::unreachable();
}

}  // namespace

Result<MessageState> next(MessageState from, MessageEvent event) {
  if (const auto to = lookup(from, event)) return *to;
  return fail(Code::not_allowed,
              fmt::format("a message that is {} cannot be {}", name_of(from), name_of(event)));
}

bool is_final(MessageState state) noexcept {
  switch (state) {
    case S::queued:
    case S::submitting:
    case S::accepted:
    case S::uncertain:
      return false;
    default:
      return true;
  }
}

}  // namespace tongdai::outbox
