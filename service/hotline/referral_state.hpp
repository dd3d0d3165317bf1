#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"

namespace tongdai::hotline {

/// Where one facility's part in a case stands. docs/cases.md draws it.
enum class ReferralState : std::uint8_t {
  planned,      ///< its turn has not come
  alerted,      ///< asked; a timer runs
  accepted,     ///< said yes, and has the case
  declined,     ///< said no
  timed_out,    ///< did not answer in time, or let its lease end. May still accept
  unreachable,  ///< nobody on duty, or no alert could be sent
  superseded,   ///< another took the case. May still accept, should nobody have it again
  handed_back,  ///< had the case and gave it back
  transferred,  ///< had the case and gave it on: reads and writes nothing of it any more
  closed,       ///< had the case until it was closed
};

enum class ReferralEvent : std::uint8_t {
  asked,        ///< an alert left for its people
  unreached,    ///< nobody could be alerted
  accepted,     ///< its yes won
  declined,     ///< its no, before it had the case
  ran_out,      ///< silent too long: as one that was asked, or as the owner
  superseded,   ///< the case went to another, or was closed
  handed_back,  ///< its no, as the owner
  transferred,  ///< the owner named who is to have it
  closed,       ///< the owner's case was closed
  reopened,     ///< the last owner has it again
};

/// The state after `event`, or not_allowed, which leaves the referral as it is. A late yes counts; that of
/// one who gave the case on does not (FIELD 5.14). The duty desk's part has the same states: it is asked
/// again and again, whatever it said before.
[[nodiscard]] Result<ReferralState> next(ReferralState from, ReferralEvent event);

/// May a facility whose referral stands so still take an open case?
[[nodiscard]] bool may_accept(ReferralState state) noexcept;

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::ReferralState> {
  static constexpr std::array<std::string_view, 10> names{
      "planned",     "alerted",    "accepted",    "declined",    "timed_out",
      "unreachable", "superseded", "handed_back", "transferred", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::ReferralEvent> {
  static constexpr std::array<std::string_view, 10> names{
      "asked",      "unreached",   "accepted",    "declined", "ran_out",
      "superseded", "handed_back", "transferred", "closed",   "reopened"};
};
