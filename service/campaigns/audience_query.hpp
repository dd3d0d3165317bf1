#pragma once

#include <string>
#include <vector>

#include "config/reader.hpp"

namespace tongdai::campaigns {

/// Who is meant, by names, as written. A person is chosen who is of any of the groups named, lives in any of
/// the units named, speaks any of the languages named, has any of the tags named, stands in any of the lists
/// named, and is of nothing that is excluded.
struct AudienceQuery {
  static constexpr std::int64_t one_in_max = 1000;

  std::string saved;  ///< a saved audience by its name; then only `one_in` may be given besides. "" for none
  std::vector<std::string> groups;
  std::vector<std::string> units;      ///< codes: with all below, and the old ones that became part of them
  std::vector<std::string> languages;  ///< ISO 639, as contacts have them
  std::vector<std::string> tags;
  std::vector<std::string> lists;  ///< uploaded ones: contacts whose numbers stand in them
  /// "ngay_hen=2021-11-25": of whom a list of `lists` says any of these. Of a drip's steps; no file names
  /// them.
  std::vector<std::string> days;
  std::vector<std::string> exclude_groups;
  std::vector<std::string> exclude_units;  ///< as `units`
  std::vector<std::string> exclude_tags;
  std::vector<std::string> exclude_lists;
  /// A sample of them: always the same people, 1 for all, one_in_max at most; 0, with `saved` only, for the
  /// saved one's.
  int one_in = 1;

  /// The [audience] table of a campaign file: `read_terms`, or `saved` and perhaps `sample`. Every fault with
  /// its place.
  [[nodiscard]] static AudienceQuery read(config::Reader& r);
  /// The terms themselves; a saved audience has nothing else.
  [[nodiscard]] static AudienceQuery read_terms(config::Reader& r);
};

}  // namespace tongdai::campaigns
