#pragma once

#include "outbox/door.hpp"
#include "outbox/message_state.hpp"

namespace tongdai::campaigns {

/// How one ends in the accounts whom the door refused: who a rule stopped is suppressed; what cannot be sent
/// at all has failed.
[[nodiscard]] inline outbox::MessageState state_for(outbox::Refusal why) {
  switch (why) {
    case outbox::Refusal::opted_out:
    case outbox::Refusal::held:
    case outbox::Refusal::do_not_call:
    case outbox::Refusal::no_consent:
    case outbox::Refusal::invalid_number:
    case outbox::Refusal::machine:
      return outbox::MessageState::suppressed;
    default:
      return outbox::MessageState::failed;
  }
}

}  // namespace tongdai::campaigns
