#pragma once

#include <string_view>
#include <vector>

#include "hotline/desk.hpp"
#include "hotline/recognition/recogniser.hpp"
#include "storage/tx.hpp"

/// What a text suggests, and how it is kept with the case. Suggestions are never more than that: the original
/// text always stays, and people decide. Writer thread for changes, any transaction for questions.
namespace tongdai::hotline::recognition {

/// A text understood, its place in the directory included.
struct Understanding {
  Recognition recognition;
  Place place = Place::missing;
  UnitId unit;  ///< standing at the time asked for; only if the place is known
};

/// The names of places that are nothing else: "Dào San" is no knife. A name that was only guessed hides
/// nothing, nor does a single word. Pure.
[[nodiscard]] std::vector<NameRange> certain_names(const directory::PlaceMatch& match);

/// Reads `text` with the desk's words and the directory's places, as they are at `now`.
[[nodiscard]] Understanding understand(storage::Tx& tx, Desk& desk, std::string_view text, TimePoint now);

/// Keeps what was found in the text `text` of case `id`; `text` 0: in the note of the desk.
void keep_suggestions(storage::Tx& tx, IdSource& ids, CaseId id, InboundId text,
                      const std::vector<Finding>& findings);

/// A suggestion as it is kept.
struct Suggestion {
  Finding finding;
  InboundId text;  ///< in which; 0 for the desk's note
};
/// Of all texts of a case, in the order they came.
[[nodiscard]] std::vector<Suggestion> suggestions(storage::Tx& tx, CaseId id);

}  // namespace tongdai::hotline::recognition
