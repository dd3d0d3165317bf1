#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::text {

/// A change to a text that makes it cheaper.
struct Hint {
  std::string change;     ///< in words: "replace “ ” by \"", "without accents", "2 characters fewer"
  std::size_t parts = 0;  ///< with the change; fewer than without
};

/// What would save parts, the smallest change first. Each is minimal: none of them holds something that could
/// be left out at the same price. Empty for a text of one part, or if nothing helps. Any thread.
[[nodiscard]] std::vector<Hint> hints(std::string_view utf8);

}  // namespace tongdai::text
