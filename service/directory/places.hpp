#pragma once

#include <string_view>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"

namespace tongdai::directory {

/// Which place a text speaks of.
struct PlaceMatch {
  enum class Found : std::uint8_t {
    none,     ///< no unit is named
    one,      ///< one unit, or several that one of them contains
    several,  ///< names that mean more than one unit: asked, never guessed
  };
  Found found = Found::none;
  UnitId unit;  ///< standing at `now`; only for `one`
};

/// Finds unit names in what a citizen wrote, with or without accents and type words. The longest name wins; a
/// name of a single word counts only with its type word before it; an old name leads to its successor; of
/// several units of one name the accents decide if they were written, then a named district. Any transaction.
[[nodiscard]] PlaceMatch recognise_place(storage::Tx& tx, std::string_view text, TimePoint now);

}  // namespace tongdai::directory
