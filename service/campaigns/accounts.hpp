#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "campaigns/store.hpp"
#include "core/log.hpp"
#include "outbox/queries.hpp"

/// Every person of the audience in exactly one state. Any transaction.
namespace tongdai::campaigns {

struct Accounts {
  std::int64_t audience = 0;
  std::int64_t pending = 0;
  outbox::StateCounts by_state{};  ///< messages, and those who ended before they had one

  [[nodiscard]] std::int64_t sum() const;
  /// The invariant: audience = pending + queued + submitting + ... + uncertain.
  [[nodiscard]] bool add_up() const { return sum() == audience; }
  [[nodiscard]] std::int64_t of(outbox::MessageState state) const {
    return by_state[static_cast<std::size_t>(state)];
  }
};

[[nodiscard]] Accounts account(storage::Tx& tx, const Campaign& c);

/// One line of an export: masked number, state, reason, time.
struct AccountLine {
  std::int64_t seq = 0;
  Phone phone;
  std::string state;
  std::string reason;
  MessageId message;
};
void each_line(storage::Tx& tx, CampaignId id, const std::function<void(const AccountLine&)>& read);

/// Checks the accounts of all live campaigns by counting their rows. One thread at a time.
class Auditor {
 public:
  /// What does not add up is logged as an alarm. How many do not. A campaign that was sound and has not moved
  /// since is not counted again before an hour: counting ten million rows takes a second.
  std::size_t run_once(storage::Tx& tx, Log& log, TimePoint now);

 private:
  struct Sound {
    std::int64_t cursor = 0;
    outbox::StateCounts counts{};
    TimePoint at{};
  };
  std::unordered_map<CampaignId, Sound> sound_;
};

}  // namespace tongdai::campaigns
