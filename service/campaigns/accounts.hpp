#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
/// Of all campaigns whose audience is frozen or being frozen, together.
[[nodiscard]] Accounts account_of_all(storage::Tx& tx);

/// One of an audience, as an export tells it.
struct AccountLine {
  std::int64_t seq = 0;
  Phone phone;
  std::string state;
  std::string reason;
  /// What follows is not told of who is left alone for now (`held`): it could say since when, or narrow them
  /// down.
  MessageId message;  ///< 0 if there is none
  UnitId unit;
  std::string language;
  int parts = 0;                ///< 0 without a message
  std::optional<TimePoint> at;  ///< of the message's last state

  [[nodiscard]] bool is_held() const { return reason == "held"; }
};
/// Those behind `after`, in order, at most `limit`.
[[nodiscard]] std::vector<AccountLine> lines_after(storage::Tx& tx, CampaignId id, std::int64_t after,
                                                   std::int64_t limit);

/// What the last audit found.
struct AuditFindings {
  std::int64_t campaigns = 0;  ///< looked at
  std::int64_t off = 0;        ///< of them those whose accounts do not add up
  Duration took{};             ///< set by who runs it
};

/// Checks the accounts of all live campaigns by counting their rows. One thread at a time.
class Auditor {
 public:
  /// What does not add up is logged as an alarm. A campaign that was sound and has not moved since is not
  /// counted again before an hour: counting ten million rows takes a second.
  AuditFindings run_once(storage::Tx& tx, Log& log, TimePoint now);

 private:
  struct Sound {
    std::int64_t cursor = 0;
    outbox::StateCounts counts{};
    TimePoint at{};
  };
  std::unordered_map<CampaignId, Sound> sound_;
};

}  // namespace tongdai::campaigns
