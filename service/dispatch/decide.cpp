#include "dispatch/decide.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tongdai::dispatch {
namespace {

constexpr int attempts_a_gateway = 3;     // "later" this often, then the next gateway of the route is tried
constexpr Duration throttled_wait{1000};  // the link is slowed as well
constexpr Duration unreachable_wait{1000};

using gateway::Outcome;

/// The gateway after this one in the route; `wrap` begins anew behind the last.
std::optional<std::string> following(const outbox::Claimed& message, const std::string& gateway,
                                     const std::vector<std::string>& candidates, bool wrap) {
  const auto here = std::ranges::find(candidates, gateway);
  if (message.pinned || here == candidates.end() || candidates.size() < 2) return std::nullopt;
  const auto after = std::next(here);
  if (after != candidates.end()) return *after;
  return wrap ? std::optional(candidates.front()) : std::nullopt;
}

Decision later(const outbox::Claimed& message, const gateway::SubmitResult& result,
               const std::string& gateway, const std::vector<std::string>& candidates, Duration wait) {
  if (message.attempts >= outbox::rules_of(message.purpose).attempts_max) return GiveUp{};
  std::string where = gateway;
  if (message.attempts % attempts_a_gateway == 0) {
    where = following(message, gateway, candidates, true).value_or(gateway);
  }
  return PutBack{where, std::max(wait, result.after), true};
}

}  // namespace

Decision decide(const outbox::Claimed& message, const gateway::SubmitResult& result,
                const std::string& gateway, const std::vector<std::string>& candidates, bool deduplicates,
                Duration wait) {
  switch (result.outcome) {
    case Outcome::accepted:
      return Accept{};
    case Outcome::retry_later:
      return later(message, result, gateway, candidates, wait);
    case Outcome::throttled:
      return PutBack{gateway, std::max(throttled_wait, result.after), false};
    case Outcome::unreachable: {
      const auto next = following(message, gateway, candidates, true);
      return PutBack{next.value_or(gateway), unreachable_wait, false};
    }
    case Outcome::rejected: {
      if (auto next = following(message, gateway, candidates, false))
        return PutBack{*next, Duration{0}, true};
      return GiveUp{};
    }
    case Outcome::uncertain: {
      if (!deduplicates && !outbox::rules_of(message.purpose).resend_in_doubt) return LoseSight{};
      if (message.attempts >= outbox::rules_of(message.purpose).attempts_max) return LoseSight{};
      return PutBack{gateway, wait, true};
    }
  }
  std::unreachable();
}

}  // namespace tongdai::dispatch
