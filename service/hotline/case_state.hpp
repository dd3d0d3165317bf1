#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/time.hpp"

namespace tongdai::hotline {

/// Where a case stands. docs/cases.md draws it.
enum class CaseState : std::uint8_t {
  open,      ///< nobody has it; its timer goes to the next step
  accepted,  ///< a facility has it; its timer is the end of the lease
  closed,    ///< ended, with an outcome. Final
};

enum class CaseEvent : std::uint8_t {
  accepted,     ///< a facility took it
  renewed,      ///< its owner gave a sign of life
  lease_ended,  ///< its owner was silent too long
  closed,
};

/// Where one facility's part in a case stands.
enum class ReferralState : std::uint8_t {
  planned,      ///< its turn has not come
  alerted,      ///< asked; the case's timer runs
  accepted,     ///< said yes, and has the case
  declined,     ///< said no
  timed_out,    ///< did not answer in time, or let its lease end. May still accept
  unreachable,  ///< nobody on duty, or no alert could be sent
  superseded,   ///< another took the case
  closed,       ///< had the case until it was closed
};

enum class Urgency : std::uint8_t {
  critical,  ///< danger to life now
  high,      ///< violence going on, a child, an injury
  normal,
};

/// How the case may have its place.
enum class Place : std::uint8_t {
  known,
  missing,    ///< no place was written
  ambiguous,  ///< several places have that name: asked, never guessed
};

/// The state after `event`, or not_allowed, which leaves the case as it is.
[[nodiscard]] Result<CaseState> next(CaseState from, CaseEvent event);

/// May a facility whose referral stands so still take an open case? A late yes counts.
[[nodiscard]] bool may_accept(ReferralState state) noexcept;

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::CaseState> {
  static constexpr std::array<std::string_view, 3> names{"open", "accepted", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::CaseEvent> {
  static constexpr std::array<std::string_view, 4> names{"accepted", "renewed", "lease_ended", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::ReferralState> {
  static constexpr std::array<std::string_view, 8> names{"planned",   "alerted",     "accepted",   "declined",
                                                         "timed_out", "unreachable", "superseded", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Urgency> {
  static constexpr std::array<std::string_view, 3> names{"critical", "high", "normal"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Place> {
  static constexpr std::array<std::string_view, 3> names{"known", "missing", "ambiguous"};
};
