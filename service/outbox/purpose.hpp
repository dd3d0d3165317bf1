#pragma once

#include <cstdint>

#include "core/enum_names.hpp"
#include "core/time.hpp"

namespace tongdai::outbox {

/// Why a text leaves. The purpose's policy decides at the door.
enum class Purpose : std::uint8_t {
  campaign,           ///< a blast: opt-outs, holds, caps and hours apply
  reporter_reply,     ///< an answer to a text that was just received and is committed; discreet
  facility_alert,     ///< to a facility's people: a case waits, or what became of their answer
  relay_to_reporter,  ///< from a facility to a reporter; only with recorded safe contact
  relay_to_facility,  ///< details of a case to the facility that accepted it
  operator_code,      ///< to our own staff: pages, sign-in codes
};

/// Which queue it stands in. `reply` and `alert` go before `bulk`, with a reserved share of each gateway.
enum class Lane : std::uint8_t { reply, alert, bulk };

/// What holds for all messages of one purpose.
struct PurposeRules {
  Lane lane;
  Duration lifetime;     ///< void this long after admission unless the draft says otherwise
  int attempts_max;      ///< submissions that were answered with "later"
  bool resend_in_doubt;  ///< after a crash or a lost link: send again (true) or call it uncertain (false)
  bool needs_discreet;   ///< only through a gateway whose sender is discreet
};

[[nodiscard]] const PurposeRules& rules_of(Purpose purpose) noexcept;

}  // namespace tongdai::outbox

template <>
struct tongdai::EnumNames<tongdai::outbox::Purpose> {
  static constexpr std::array<std::string_view, 6> names{"campaign",          "reporter_reply",
                                                         "facility_alert",    "relay_to_reporter",
                                                         "relay_to_facility", "operator_code"};
};

template <>
struct tongdai::EnumNames<tongdai::outbox::Lane> {
  static constexpr std::array<std::string_view, 3> names{"reply", "alert", "bulk"};
};
