#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "storage/tx.hpp"
#include "text/phrase_book.hpp"
#include "text/tokens.hpp"

namespace tongdai::directory {

/// Which place a text speaks of.
struct PlaceMatch {
  enum class Found : std::uint8_t {
    none,     ///< no place is named
    one,      ///< one unit, or several that one of them contains
    several,  ///< names that mean more than one unit: asked, never guessed
  };
  /// A name that stands in the text.
  struct Name {
    std::size_t from = 0;  ///< tokens
    std::size_t to = 0;
    std::vector<UnitId> units;  ///< what it may mean, standing; none for a district that only says where
    bool sure = false;          ///< written as it is, or with its accents: no other word
  };
  Found found = Found::none;
  UnitId unit;  ///< standing at the time asked for; only for `one`
  std::vector<Name> names;
};

/// All names of units, villages and landmarks in memory, to be found in what people write. Immutable; a new
/// one is made when the directory changes.
class Places {
 public:
  using Sounds = std::vector<std::pair<std::string, std::string>>;
  /// `sounds`: letters that are written for others (written, meant). Any transaction.
  explicit Places(storage::Tx& tx, const Sounds& sounds = {});

  /// Names with or without accents and type words, with the keys of an input method left in, slips in long
  /// words and forgotten blanks. The longest name wins; a name of a single word counts only with its type
  /// word before it; an old name leads to the unit that stands for it at `now`; of several places of one name
  /// the accents decide if they were written, then a named commune or district.
  [[nodiscard]] PlaceMatch recognise(std::span<const text::Token> tokens, TimePoint now) const;

 private:
  friend class PlaceSearch;
  struct Unit {
    UnitId parent;
    UnitId successor;
    TimePoint from{};
    std::optional<TimePoint> to;
    std::vector<UnitId> below;
    std::vector<UnitId> before;  ///< those it is the successor of
    [[nodiscard]] bool stands(TimePoint now) const { return from <= now && (!to || now < *to); }
  };
  struct Named {
    UnitId unit;
    bool bare = false;   ///< without its type word
    bool minor = false;  ///< a village or a landmark in the unit
  };

  std::unordered_map<UnitId, Unit> units_;
  text::PhraseBook book_;
  std::vector<Named> named_;  // by the number of the phrase
};

/// The places as the directory has them now. Writer thread.
class PlaceIndex {
 public:
  explicit PlaceIndex(Places::Sounds sounds = {}) : sounds_(std::move(sounds)) {}
  /// Reads them anew when an import has changed them since.
  [[nodiscard]] const Places& current(storage::Tx& tx);

 private:
  Places::Sounds sounds_;
  std::unique_ptr<Places> places_;
  std::int64_t revision_ = -1;
};

/// An import has changed names or units: what was read of them is old. The revision is a time, so that one
/// that was undone is not taken for the next. Writer thread.
void places_changed(storage::Tx& tx, TimePoint now);

}  // namespace tongdai::directory
