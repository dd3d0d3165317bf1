#pragma once

#include <map>
#include <string>
#include <string_view>

#include "hotline/store.hpp"

/// What a facility is told of the thread with a reporter: texts of the table [relay] of the phrases. Writer
/// thread.
namespace tongdai::hotline {

using Values = std::map<std::string, std::string>;

/// To one person of a facility; `about` 0: of no case, or of several. `is_automatic`: at most one in the
/// window, for what a machine may answer.
void note(storage::Tx& tx, Desk& desk, const Phone& to, CaseId about, std::string_view key,
          const Values& values, bool is_automatic, TimePoint now);
/// To the people on duty of who has the case or a track of it, never to the reporter nor to who is in
/// conflict. {code} is filled in. Nothing if nobody has it.
void note_owners(storage::Tx& tx, Desk& desk, const Case& c, std::string_view key, TimePoint now);
/// To those of one of them; nothing if it has the case no more.
void note_owner(storage::Tx& tx, Desk& desk, const Case& c, FacilityId owner, std::string_view key,
                TimePoint now);

}  // namespace tongdai::hotline
