#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/on_behalf.hpp"
#include "hotline/store.hpp"

/// What a facility's own people see of the cases they are asked for, and what they answer, not by text but
/// signed in. No reporter's number, no words, and no other facility is in these views. A case in which the
/// facility was not asked, gave it on, or is in conflict with the reporter is for it as one that is not
/// there.
namespace tongdai::hotline {

struct OwnReferral {
  std::string code;
  ReferralState state = ReferralState::alerted;  ///< of the facility's part
  bool is_live = false;                          ///< asked, or has it: only then what follows is told
  Urgency urgency = Urgency::normal;
  std::string unit_code;
  std::string unit_name;
  std::vector<std::string> services;
  std::optional<TimePoint> due_at;  ///< of the owner: the lease's end
};

/// Those that are asked or in hand, newest first, each case once. Any transaction.
[[nodiscard]] std::vector<OwnReferral> own_referrals(storage::Tx& tx, FacilityId facility);
[[nodiscard]] std::optional<OwnReferral> own_referral(storage::Tx& tx, FacilityId facility,
                                                      std::string_view code);

/// Accepts, declines, hands back or gives a sign of life, by the rules of the facility's own text. Errors:
/// not_found (as one that is not there), not_allowed, conflict (another was faster). Writer thread.
[[nodiscard]] Result<void> answer_referral(storage::Tx& tx, Desk& desk, FacilityId facility,
                                           std::string_view code, Deed deed, std::string_view reason,
                                           TimePoint now);
/// The facility's work is done. Errors: the same.
[[nodiscard]] Result<void> finish_referral(storage::Tx& tx, Desk& desk, FacilityId facility,
                                           std::string_view code, std::string_view reason, TimePoint now);

}  // namespace tongdai::hotline
