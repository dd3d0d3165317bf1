#include "hotline/recognition/suggestions.hpp"

#include <algorithm>

namespace tongdai::hotline::recognition {
namespace {

constexpr std::size_t units_max = 8;  // of one name that may mean several

constexpr std::string_view select_code = "SELECT code FROM unit WHERE id = $1";
constexpr std::string_view insert_suggestion =
    "INSERT INTO case_suggestion (id, case_id, inbound_id, kind, value, from_char, length, sealed_value) "
    "SELECT $1, $2, $3, $4, '', $6, $7, seal(c.key_id, $5) FROM hotline_case c WHERE c.id = $2 AND "
    "has_key(c.key_id) = 1";
constexpr std::string_view select_suggestions =
    "SELECT s.kind, unseal(c.key_id, s.sealed_value, s.value), s.from_char, s.length, COALESCE(s.inbound_id, "
    "0) "
    "FROM case_suggestion s JOIN hotline_case c ON c.id = s.case_id WHERE s.case_id = $1 ORDER BY s.id";

Place place_of(directory::PlaceMatch::Found found) {
  switch (found) {
    case directory::PlaceMatch::Found::one:
      return Place::known;
    case directory::PlaceMatch::Found::several:
      return Place::ambiguous;
    case directory::PlaceMatch::Found::none:
      return Place::missing;
  }
  return Place::missing;
}

void add_places(storage::Tx& tx, const directory::PlaceMatch& match, const std::vector<text::Token>& tokens,
                std::vector<Finding>& findings) {
  for (const auto& name : match.names) {
    const text::Token& last = tokens[name.to - 1];
    const std::size_t from = tokens[name.from].from;
    for (std::size_t i = 0; i < std::min(name.units.size(), units_max); ++i) {
      findings.push_back({Kind::place, tx.value<std::string>(select_code, name.units[i]).value_or(""), from,
                          last.from + last.length - from});
    }
  }
}

}  // namespace

std::vector<NameRange> certain_names(const directory::PlaceMatch& match) {
  std::vector<NameRange> names;
  for (const auto& name : match.names) {
    if (name.sure && name.to - name.from > 1) names.push_back({name.from, name.to});
  }
  return names;
}

Understanding understand(storage::Tx& tx, Desk& desk, std::string_view text, TimePoint now) {
  const auto tokens = text::tokens(text, Recogniser::words_max);
  const directory::PlaceMatch match = desk.places.current(tx).recognise(tokens, now);
  Understanding u{desk.words.recogniser->recognise(tokens, certain_names(match)), place_of(match.found),
                  match.unit};
  add_places(tx, match, tokens, u.recognition.findings);
  return u;
}

void keep_suggestions(storage::Tx& tx, IdSource& ids, CaseId id, InboundId text,
                      const std::vector<Finding>& findings) {
  const auto of = text ? std::optional(text) : std::nullopt;
  for (const Finding& f : findings) {
    tx.run(insert_suggestion, ids.next<struct CaseSuggestionTag>(), id, of, f.kind, f.value, f.from,
           f.length);
  }
}

std::vector<Suggestion> suggestions(storage::Tx& tx, CaseId id) {
  return tx.all(
      select_suggestions,
      [](const storage::Row& row) {
        return Suggestion{{row.get<Kind>(0), row.text(1), static_cast<std::size_t>(row.integer(2)),
                           static_cast<std::size_t>(row.integer(3))},
                          row.get<InboundId>(4)};
      },
      id);
}

}  // namespace tongdai::hotline::recognition
