#pragma once

#include <string>
#include <vector>

#include "config/reader.hpp"

namespace tongdai::campaigns {

/// Who is meant, by names, as written. A person is chosen who is of any of the groups (tags, lists) named and
/// lives in any of the units named, speaks any of the languages named, and is of nothing that is excluded.
struct AudienceQuery {
  std::vector<std::string> groups;
  std::vector<std::string> tags;
  std::vector<std::string> lists;  ///< uploaded ones: their people need not be contacts
  std::vector<std::string> units;  ///< codes: with all below, and the old ones that became part of them
  std::vector<std::string> languages;
  std::vector<std::string> exclude_groups;
  std::vector<std::string> exclude_tags;
  std::vector<std::string> exclude_lists;
  std::vector<std::string> exclude_units;
  std::string saved;  ///< a query by its name, in place of all above
  int one_in = 1;     ///< a sample of them: always the same people, 1 for all

  /// The [audience] table. Every fault with its place.
  [[nodiscard]] static AudienceQuery read(config::Reader& r);
};

}  // namespace tongdai::campaigns
