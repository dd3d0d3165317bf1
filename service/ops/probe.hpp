#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "ops/watch_settings.hpp"
#include "storage/tx.hpp"

/// The synthetic report: a text of our own, sent through a real gateway to the hotline's line, that must come
/// back as any report would. What it says is drawn anew each time and counts once, from our own number:
/// nobody else can pass a text off as one, and no report can hide in one. Writer thread for changes.
namespace tongdai::ops {

/// docs/operating.md draws it.
enum class ProbeState : std::uint8_t {
  waiting,   ///< sent, or about to be
  returned,  ///< came back in time
  missed,    ///< its time is up
  late,      ///< came back after that
};
enum class ProbeEvent : std::uint8_t { came, time_up };

/// The state after `event`, or not_allowed.
[[nodiscard]] Result<ProbeState> next(ProbeState from, ProbeEvent event);

/// A source of words that cannot be guessed. Tests hand in their own.
using NonceSource = std::function<std::string()>;
[[nodiscard]] NonceSource random_nonces();

/// Notes a probe as sent at `now`. The text to send.
[[nodiscard]] std::string begin_probe(storage::Tx& tx, const NonceSource& nonces, TimePoint now);

/// Is this text from `sender` a probe of ours, and nothing else? It is then noted as come back; a second time
/// the same one changes nothing.
[[nodiscard]] bool take_probe(storage::Tx& tx, const SyntheticSettings& settings, const Phone& sender,
                              std::string_view words, TimePoint now);

/// Probes that have waited for longer than `within` are missed. How many.
std::size_t give_up_probes(storage::Tx& tx, Duration within, TimePoint now);

struct ProbeHistory {
  std::optional<TimePoint> sent;      ///< the last one
  std::optional<TimePoint> returned;  ///< the last that came back
  std::optional<Duration> round;      ///< how long that took
  bool is_missed = false;             ///< the last that ended did not come back in time
};
/// Any transaction.
[[nodiscard]] ProbeHistory probe_history(storage::Tx& tx);
/// Is it time for another? Pure.
[[nodiscard]] bool is_probe_due(const ProbeHistory& history, Duration every, TimePoint now);
/// What is older than any gateway's memory is forgotten.
void drop_old_probes(storage::Tx& tx, TimePoint now);

}  // namespace tongdai::ops

template <>
struct tongdai::EnumNames<tongdai::ops::ProbeState> {
  static constexpr std::array<std::string_view, 4> names{"waiting", "returned", "missed", "late"};
};
template <>
struct tongdai::EnumNames<tongdai::ops::ProbeEvent> {
  static constexpr std::array<std::string_view, 2> names{"came", "time_up"};
};
