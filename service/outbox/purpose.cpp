#include "outbox/purpose.hpp"

#include <utility>

namespace tongdai::outbox {

const PurposeRules& rules_of(Purpose purpose) noexcept {
  static constexpr PurposeRules campaign{Lane::bulk, 24h, 8, false, false};
  // An answer that comes an hour late finds the phone in whoever's hand: better none.
  static constexpr PurposeRules reply{Lane::reply, 15min, 5, true, true};
  static constexpr PurposeRules alert{Lane::alert, 1h, 20, true, false};
  static constexpr PurposeRules relay_to_reporter{Lane::reply, 15min, 5, false, true};
  static constexpr PurposeRules relay_to_facility{Lane::alert, 4h, 20, true, false};
  static constexpr PurposeRules operator_code{Lane::alert, 1h, 20, true, false};
  switch (purpose) {
    case Purpose::campaign:
      return campaign;
    case Purpose::reporter_reply:
      return reply;
    case Purpose::facility_alert:
      return alert;
    case Purpose::relay_to_reporter:
      return relay_to_reporter;
    case Purpose::relay_to_facility:
      return relay_to_facility;
    case Purpose::operator_code:
      return operator_code;
  }
  std::unreachable();
}

}  // namespace tongdai::outbox
