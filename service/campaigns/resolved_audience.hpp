#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/audience_query.hpp"
#include "storage/tx.hpp"

namespace tongdai::campaigns {

/// A term of an audience, as campaign_audience and saved_audience_part keep it.
struct AudiencePart {
  std::string role;            ///< one of the schema's: 'group', 'exclude_unit', ...
  std::int64_t target_id = 0;  ///< of the group, tag, list or unit; 0 for a language
  std::string target;          ///< the language; "" for all others
};

/// An audience whose names were looked up.
struct ResolvedAudience {
  std::vector<AudiencePart> parts;
  int one_in = 1;
};

/// The names as the directory knows them now. A saved audience gives its terms, as they stand at this moment:
/// what becomes of it later changes nothing. What is not there is a fault at its place behind `path`
/// ("audience.", or "" where the terms are the document itself). Any transaction.
[[nodiscard]] ResolvedAudience resolve(storage::Tx& tx, const AudienceQuery& query, std::string_view path,
                                       config::Faults& faults);

}  // namespace tongdai::campaigns
