#include "outbox/handover.hpp"

#include <vector>

#include "outbox/messages.hpp"
#include "outbox/tally.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::string_view insert_range =
    "INSERT INTO message_handover (id, campaign_id, first_seq, last_seq, gateway, at, open) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view take_off =
    "UPDATE message_handover SET open = open - $2 WHERE id = $1 RETURNING open";
constexpr std::string_view delete_range = "DELETE FROM message_handover WHERE id = $1";

class Settled final : public storage::Closing {
 public:
  void add(MessageId range) {
    for (auto& [id, n] : settled_) {
      if (id == range) {
        ++n;
        return;
      }
    }
    settled_.emplace_back(range, 1);
  }
  void close(storage::Tx& tx) override {
    for (const auto& [id, n] : settled_) {
      if (tx.value<std::int64_t>(take_off, id, n).value_or(0) <= 0) tx.run(delete_range, id);
    }
  }

 private:
  std::vector<std::pair<MessageId, std::int64_t>> settled_;
};

}  // namespace

void note_handover(storage::Tx& tx, const HandoverRange& range, TimePoint now) {
  tx.run(insert_range, range.first, range.campaign, range.first_seq, range.last_seq, range.gateway, now,
         range.messages);
  tally(tx, range.campaign, std::nullopt, MessageState::submitting, range.messages);
  changed(tx, {}, range.campaign);
}

void settle_handover(storage::Tx& tx, MessageId range) {
  tx.closing<Settled>().add(range);
}

}  // namespace tongdai::outbox
