#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dispatch/decide.hpp"
#include "dispatch/surroundings.hpp"

namespace tongdai::dispatch {

/// A submission that ended, and what that means.
struct Answered {
  outbox::Claimed message;
  gateway::SubmitResult result;
  Decision decision;
};

/// What one turn of a line is to do in one transaction, decided on the loop: the writer's thread must not
/// look at the line's state.
struct TurnOrder {
  const std::string& gateway;
  std::vector<Answered> answers{};
  std::vector<gateway::Receipt> receipts{};
  bool claim = false;
  bool urgent_only = false;         ///< replies and alerts alone
  bool move = false;                ///< may the queue go elsewhere?
  bool keep_bulk = false;           ///< but for the blasts
  std::vector<std::string> able{};  ///< the gateways that can send now
  std::int64_t budget = 0;          ///< parts of the rate that bulk may take
  std::int64_t reply_budget = 0;    ///< what is urgent may run ahead of the rate
  std::int64_t alert_budget = 0;    ///< less than replies may, which therefore wait for no storm of alerts
  std::size_t free = 0;             ///< messages of the window that this turn may fill
  std::size_t window = 0;
  bool reports_delivery = true;
};

struct TurnResult {
  std::vector<outbox::Claimed> claimed;  ///< marked `submitting`: to be submitted once this is committed
  std::optional<TimePoint> next_due;
  bool more = false;  ///< some of what was asked for may be left
};

/// Most messages a turn claims, and most answers and receipts it writes down: bounds how long a report waits.
inline constexpr std::size_t turn_max = 128;

/// Of a window, what stays free of bulk, for answers and alerts: a fifth.
[[nodiscard]] constexpr std::size_t kept_from_bulk(std::size_t window) noexcept {
  return window / 5;
}

/// Writes down what came back, takes what may leave. Writer thread.
[[nodiscard]] TurnResult run_turn(storage::Tx& tx, const Surroundings& around, const TurnOrder& order,
                                  TimePoint now);

}  // namespace tongdai::dispatch
