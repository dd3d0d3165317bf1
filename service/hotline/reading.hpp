#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hotline/store.hpp"
#include "outbox/message_state.hpp"
#include "outbox/purpose.hpp"

/// What a case holds of a person, opened for somebody who may read it. Whoever calls this notes it in the
/// journal, in the same transaction (the do-no-harm list, 28).
namespace tongdai::hotline {

struct TextRead {
  InboundId id;
  TimePoint at{};
  std::string text;
  bool incomplete = false;  ///< a part never came
};

struct SentRead {
  MessageId id;
  TimePoint at{};
  outbox::Purpose purpose = outbox::Purpose::facility_alert;
  std::string text;
  outbox::MessageState state = outbox::MessageState::queued;
  std::string facility;  ///< who wrote it to the reporter, or whom it was for; "" for the desk's or our own
};

struct CaseRead {
  Case c;
  std::vector<TextRead> texts;  ///< of the reporter, in order
  std::vector<SentRead> sent;   ///< to facilities and to the reporter, in order
  bool erased = false;          ///< nothing of it can be read any more
};

/// Nothing if there is no such case. Writer thread.
[[nodiscard]] std::optional<CaseRead> read_case(storage::Tx& tx, std::string_view code);

}  // namespace tongdai::hotline
