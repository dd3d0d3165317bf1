#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::outbox {

/// Where a message stands. Ranks only grow: a late receipt never takes a message back. docs/messages.md draws
/// it.
enum class MessageState : std::uint8_t {
  queued,       ///< due at not_before, void at expires_at; nothing has left
  submitting,   ///< marked on disk before its bytes may leave; after a crash: in doubt
  accepted,     ///< the gateway took all parts and gave their ids
  delivered,    ///< receipts of all parts say so. Final
  undelivered,  ///< a receipt says that it will not arrive. Final
  failed,       ///< the gateway refused it for good, or attempts ran out. Final
  expired,      ///< its time passed before it left. Final
  cancelled,    ///< taken back before it left. Final
  suppressed,   ///< a rule stopped it before it left. Final
  uncertain,    ///< bytes may have left, no evidence either way: waits for a receipt or an operator
};

enum class MessageEvent : std::uint8_t {
  claimed,          ///< dispatch takes it to send
  taken,            ///< the gateway accepted it
  put_back,         ///< not sent: later, throttled, unreachable, or in doubt and its purpose resends
  refused,          ///< the gateway rejected it, or attempts ran out
  lost_sight,       ///< sent, perhaps; no answer
  all_delivered,    ///< receipts of all parts
  not_delivered,    ///< a receipt says no
  time_up,          ///< expires_at passed
  taken_back,       ///< an operator or its campaign cancelled it
  stopped_by_rule,  ///< opted out, or put on hold, since it was admitted
  resent,           ///< an operator sends an uncertain one again
  written_off,      ///< an operator gives an uncertain one up
};

/// The state after `event`, or not_allowed, which leaves the message as it is.
[[nodiscard]] Result<MessageState> next(MessageState from, MessageEvent event);

[[nodiscard]] bool is_final(MessageState state) noexcept;

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::MessageState> {
  static constexpr std::array<std::string_view, 10> names{
      "queued", "submitting", "accepted",  "delivered",  "undelivered",
      "failed", "expired",    "cancelled", "suppressed", "uncertain"};
};

template <>
struct tongdai::EnumNames<tongdai::outbox::MessageEvent> {
  static constexpr std::array<std::string_view, 12> names{
      "claimed",       "taken",   "put_back",   "refused",         "lost_sight", "all_delivered",
      "not_delivered", "time_up", "taken_back", "stopped_by_rule", "resent",     "written_off"};
};
