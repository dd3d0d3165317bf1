#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "hotline/store.hpp"

/// Whom a facility means when it gives a case on. Writer thread.
namespace tongdai::hotline {

/// `words`, folded: nothing means whoever is next in the plan (an empty list); a service ("cong an",
/// "police") means those who offer it there, nearest first; else a part of one facility's name that serves
/// the place. Never `from`, never who is in conflict. Errors: invalid (they mean nobody, or more than one:
/// asked, never guessed), refused (a service that the reporter did not agree to).
[[nodiscard]] Result<std::vector<FacilityId>> whom_to_ask(storage::Tx& tx, const Desk& desk, const Case& c,
                                                          FacilityId from, std::string_view words,
                                                          TimePoint now);

}  // namespace tongdai::hotline
