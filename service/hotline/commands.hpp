#pragma once

#include "hotline/store.hpp"
#include "inbox/recognise.hpp"

/// What facilities answer by reply. Writer thread.
namespace tongdai::hotline {

/// Obeys a command of somebody whose number belongs to `facilities`. A command without a code counts only if
/// it can mean one case; else a hint with the codes is sent, and nothing is guessed.
void obey(storage::Tx& tx, Desk& desk, const Phone& sender, const std::vector<FacilityId>& facilities,
          const inbox::Command& command, TimePoint now);

/// Closes a case: by its owner, or by an operator (`by` 0). Errors: not_allowed if it is closed already.
[[nodiscard]] Result<void> close_case(storage::Tx& tx, Desk& desk, const Case& c, FacilityId by,
                                      std::string_view outcome, TimePoint now);

}  // namespace tongdai::hotline
