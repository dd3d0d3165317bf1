#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/time.hpp"
#include "hotline/referral_state.hpp"

namespace tongdai::hotline {

/// Where a case stands. docs/cases.md draws it.
enum class CaseState : std::uint8_t {
  open,      ///< nobody has it; its timer goes to the next step
  accepted,  ///< a facility has it; its timer is the end of the lease
  closed,    ///< ended, with an outcome
};

enum class CaseEvent : std::uint8_t {
  accepted,     ///< a facility took it
  renewed,      ///< its owner gave a sign of life
  lease_ended,  ///< its owner was silent too long
  handed_back,  ///< its owner gave it back
  transferred,  ///< its owner named who is to have it
  closed,
  reopened,  ///< it was closed too early
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

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::CaseState> {
  static constexpr std::array<std::string_view, 3> names{"open", "accepted", "closed"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::CaseEvent> {
  static constexpr std::array<std::string_view, 7> names{
      "accepted", "renewed", "lease_ended", "handed_back", "transferred", "closed", "reopened"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Urgency> {
  static constexpr std::array<std::string_view, 3> names{"critical", "high", "normal"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::Place> {
  static constexpr std::array<std::string_view, 3> names{"known", "missing", "ambiguous"};
};
