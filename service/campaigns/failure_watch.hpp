#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/ids.hpp"
#include "outbox/tally.hpp"

namespace tongdai::campaigns {

/// Sees a running campaign fail: of the last thousand that a gateway answered, too many came to nothing.
/// Keeps what it saw in memory; a new start, and a person who resumes, begin anew. One thread.
class FailureWatch {
 public:
  static constexpr std::int64_t judged = 1000;  ///< answers, at least; fewer prove nothing

  /// `percent_max` 0: it sees nothing.
  explicit FailureWatch(int percent_max) : percent_max_(percent_max) {}

  /// Once a turn with the campaign's tally. Why it must halt, in words for its history.
  [[nodiscard]] std::optional<std::string> look(CampaignId id, const outbox::StateCounts& counts);
  void forget(CampaignId id) { seen_.erase(id); }

 private:
  struct Seen {
    std::int64_t answered = 0;
    std::int64_t failed = 0;
  };
  int percent_max_;
  std::unordered_map<CampaignId, std::deque<Seen>> seen_;
};

}  // namespace tongdai::campaigns
