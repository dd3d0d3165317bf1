#include "directory/places.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "text/fold.hpp"

namespace tongdai::directory {
namespace {

constexpr std::size_t words_max = 200;  // of a text; what follows is not searched
constexpr std::size_t name_words_max = 6;
constexpr int successors_max = 8;  // reforms in a row

constexpr std::string_view select_named = "SELECT unit_id, written, bare FROM unit_name WHERE folded = $1";
constexpr std::string_view select_end = "SELECT valid_to, successor_id FROM unit WHERE id = $1";
constexpr std::string_view select_parts =
    "SELECT 1 FROM unit WHERE parent_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1";
// All above it; also above the old units that became it, for people go on naming the old district.
constexpr std::string_view select_above =
    "WITH RECURSIVE above (id) AS ("
    "  SELECT parent_id FROM unit WHERE (id = $1 OR successor_id = $1) AND parent_id IS NOT NULL "
    "  UNION SELECT u.parent_id FROM unit u JOIN above a ON u.id = a.id WHERE u.parent_id IS NOT NULL) "
    "SELECT id FROM above";

/// What one name in the text may mean.
struct Target {
  UnitId unit;  // standing, without units below it
  std::set<UnitId> above;
};
struct Name {
  std::size_t from = 0;  // words of the text
  std::size_t to = 0;
  std::vector<Target> targets;
  std::set<UnitId> areas;  // districts and provinces of that name, standing or not
};

struct Hit {
  UnitId unit;
  bool exact = false;  // accents and all
};

/// Do the accents that were written fit? A word without any fits always.
std::optional<bool> fits(const std::vector<std::string>& raw, const std::vector<std::string>& folded,
                         const std::vector<std::string>& name, std::size_t at) {
  bool exact = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (raw[at + i] == name[i]) continue;
    if (raw[at + i] != folded[at + i]) return std::nullopt;
    exact = false;
  }
  return exact;
}

class Search {
 public:
  Search(storage::Tx& tx, std::string_view text, TimePoint now)
      : tx_(tx), now_(now), folded_(text::fold_words(text)), raw_(text::words(text)) {
    if (raw_.size() != folded_.size()) raw_ = folded_;  // characters of no width: no accents to go by
    if (folded_.size() > words_max) folded_.resize(words_max);
  }

  std::vector<Name> names() {
    std::vector<Name> found;
    for (std::size_t at = 0; at < folded_.size();) {
      std::size_t taken = 0;
      for (std::size_t n = std::min(name_words_max, folded_.size() - at); n > 0 && taken == 0; --n) {
        if (const auto hits = look_up(at, n); !hits.empty()) {
          found.push_back(name_of(hits));
          found.back().from = at;
          found.back().to = at + n;
          taken = n;
        }
      }
      at += std::max<std::size_t>(taken, 1);
    }
    return found;
  }

 private:
  std::vector<Hit> look_up(std::size_t at, std::size_t n) {
    std::string phrase = folded_[at];
    for (std::size_t i = 1; i < n; ++i) phrase += ' ' + folded_[at + i];
    std::vector<Hit> hits;
    tx_.each(
        select_named,
        [&](const storage::Row& row) {
          const auto exact = fits(raw_, folded_, text::words(row.text(1)), at);
          // Beside a type word a slip in the accents is forgiven; alone, other accents are another word ("bản
          // làng").
          if (exact || !row.get<bool>(2)) hits.push_back({row.get<UnitId>(0), exact.value_or(false)});
        },
        phrase);
    if (std::ranges::any_of(hits, &Hit::exact)) std::erase_if(hits, [](const Hit& h) { return !h.exact; });
    return hits;
  }

  Name name_of(const std::vector<Hit>& hits) {
    Name name;
    for (const Hit& hit : hits) {
      const auto standing = successor(hit.unit);
      if (!standing || tx_.value<int>(select_parts, *standing, now_)) {
        name.areas.insert(hit.unit);
        continue;
      }
      Target target{*standing, above(hit.unit)};
      const auto same = std::ranges::find(name.targets, target.unit, &Target::unit);
      if (same == name.targets.end()) {
        name.targets.push_back(std::move(target));
      } else {
        same->above.merge(target.above);
      }
    }
    return name;
  }

  std::optional<UnitId> successor(UnitId id) {
    for (int i = 0; i < successors_max; ++i) {
      std::optional<TimePoint> end;
      std::optional<UnitId> next;
      tx_.each(
          select_end,
          [&](const storage::Row& row) {
            end = row.get<std::optional<TimePoint>>(0);
            next = row.get<std::optional<UnitId>>(1);
          },
          id);
      if (!end || *end > now_) return id;
      if (!next) return std::nullopt;
      id = *next;
    }
    return std::nullopt;
  }

  std::set<UnitId> above(UnitId id) {
    std::set<UnitId> ids;
    tx_.each(select_above, [&](const storage::Row& row) { ids.insert(row.get<UnitId>(0)); }, id);
    return ids;
  }

  storage::Tx& tx_;
  TimePoint now_;
  std::vector<std::string> folded_;
  std::vector<std::string> raw_;
};

bool in_any(const Target& target, const std::set<UnitId>& areas) {
  return std::ranges::any_of(areas, [&](UnitId area) { return target.above.contains(area); });
}

/// May `area` only say where `name` lies? "huyện Than Uyên" may wherever it stands; "Than Uyên", which is a
/// commune as well, only beside it: "Tà Hừa, Than Uyên", but not "ở Than Uyên, mẹ ở Khoen On".
bool may_hint(const Name& area, const Name& name) {
  if (area.areas.empty()) return false;
  return area.targets.empty() || area.from == name.to || name.from == area.to;
}

/// A name that contains another's place only says which of that name is meant.
void narrow(std::vector<Name>& names) {
  std::vector<bool> hint(names.size(), false);
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < names.size(); ++j) {
      if (i == j || hint[i] || !may_hint(names[j], names[i])) continue;
      const auto inside = [&](const Target& t) { return in_any(t, names[j].areas); };
      if (std::ranges::none_of(names[i].targets, inside)) continue;
      std::erase_if(names[i].targets, [&](const Target& t) { return !inside(t); });
      hint[j] = true;
    }
  }
  std::size_t at = 0;
  std::erase_if(names, [&](const Name&) { return hint[at++]; });
}

}  // namespace

PlaceMatch recognise_place(storage::Tx& tx, std::string_view text, TimePoint now) {
  std::vector<Name> names = Search(tx, text, now).names();
  if (names.empty()) return {};
  narrow(names);
  std::set<UnitId> units;
  for (const Name& name : names) {
    for (const Target& target : name.targets) units.insert(target.unit);
  }
  if (units.size() == 1) return {PlaceMatch::Found::one, *units.begin()};
  return {PlaceMatch::Found::several, {}};
}

}  // namespace tongdai::directory
