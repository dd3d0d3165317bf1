#pragma once

#include "hotline/store.hpp"
#include "inbox/recognise.hpp"

/// What facilities answer by reply. Writer thread.
namespace tongdai::hotline {

/// Obeys a command of somebody whose number belongs to `facilities`, sent at `at`: a late one acts as of
/// then, so what the facility itself did since stands, and a "done" of who had the case then closes it unless
/// another has it by now. A command without a code counts only if it can mean one case; else a hint with the
/// codes is sent, and nothing is guessed. Returns the case, if it was about one of theirs.
CaseId obey(storage::Tx& tx, Desk& desk, const Phone& sender, const std::vector<FacilityId>& facilities,
            const inbox::Command& command, TimePoint at, TimePoint now);

}  // namespace tongdai::hotline
