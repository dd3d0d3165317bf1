#include "campaigns/failure_watch.hpp"

#include <fmt/format.h>

namespace tongdai::campaigns {

std::optional<std::string> FailureWatch::look(CampaignId id, const outbox::StateCounts& counts) {
  using outbox::MessageState;
  if (percent_max_ == 0) return std::nullopt;
  const auto of = [&](MessageState s) { return counts[static_cast<std::size_t>(s)]; };
  const std::int64_t failed =
      of(MessageState::undelivered) + of(MessageState::failed) + of(MessageState::uncertain);
  // Not every gateway sends receipts: there `accepted` is as far as a message gets.
  const std::int64_t answered = failed + of(MessageState::accepted) + of(MessageState::delivered);
  std::deque<Seen>& seen = seen_[id];
  if (seen.empty() || seen.back().answered != answered || seen.back().failed != failed)
    seen.push_back({answered, failed});
  while (seen.size() > 1 && answered - seen[1].answered >= judged) seen.pop_front();
  const std::int64_t last = answered - seen.front().answered, bad = failed - seen.front().failed;
  if (last < judged || bad * 100 < last * percent_max_) return std::nullopt;
  return fmt::format("of the last {}, {} failed ({} % halt it): look into it before you resume", last, bad,
                     percent_max_);
}

}  // namespace tongdai::campaigns
