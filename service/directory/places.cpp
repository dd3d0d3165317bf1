#include "directory/places.hpp"

#include <algorithm>
#include <tuple>

namespace tongdai::directory {
namespace {

constexpr int successors_max = 8;      // reforms in a row
constexpr std::size_t above_max = 64;  // units above one, of all vintages
constexpr std::size_t names_max = 64;  // of one text

constexpr std::string_view select_units =
    "SELECT id, COALESCE(parent_id, 0), COALESCE(successor_id, 0), valid_from, valid_to FROM unit";
constexpr std::string_view select_names =
    "SELECT written, unit_id, bare, 0 FROM unit_name UNION ALL SELECT written, unit_id, bare, 1 FROM "
    "place_name";
constexpr std::string_view select_revision = "SELECT revision FROM place_revision";
constexpr std::string_view update_revision =
    "UPDATE place_revision SET revision = CASE WHEN revision < $1 THEN $1 ELSE revision + 1 END";

/// What one name in the text may mean.
struct Target {
  UnitId unit;  // standing, without units below it
  std::set<UnitId> above;
};
struct Name {
  std::size_t from = 0;  // tokens
  std::size_t to = 0;
  std::vector<Target> targets;
  std::set<UnitId> areas;  // districts and provinces of that name, standing or not
  bool minor = false;      // villages and landmarks only
  bool sure = false;
};

}  // namespace

/// One text.
class PlaceSearch {
 public:
  using Hit = text::PhraseBook::Hit;
  using Accents = text::PhraseBook::Accents;
  using Mend = text::PhraseBook::Mend;

  PlaceSearch(const Places& places, std::span<const text::Token> tokens, TimePoint now)
      : places_(places), now_(now), hits_(places.book_.find(tokens)) {
    std::erase_if(hits_, [&](const Hit& hit) { return !counts(hit); });
    std::ranges::sort(hits_, [](const Hit& a, const Hit& b) {
      return std::tuple(a.from, b.to, a.phrase) < std::tuple(b.from, a.to, b.phrase);
    });
  }

  /// From the left, the longest name at each word. One that reaches beyond it counts as well: "bản Giang Ma"
  /// may be Bản Giang or Giang Ma.
  std::vector<Name> names() {
    std::vector<Name> found;
    std::size_t at = 0;
    for (auto it = hits_.begin(); it != hits_.end() && found.size() < names_max;) {
      const auto end =
          std::find_if(it, hits_.end(), [&](const Hit& h) { return h.from != it->from || h.to != it->to; });
      if (it->to > at) {
        Name name = name_of({it, end});
        if (!name.targets.empty() || !name.areas.empty()) {
          at = name.to;
          found.push_back(std::move(name));
        }
      }
      it = end;
    }
    return found;
  }

 private:
  [[nodiscard]] bool counts(const Hit& hit) const {
    const Places::Named& named = places_.named_[hit.phrase];
    // Beside a type word a slip in the accents is forgiven; alone, other accents are another word ("bản
    // làng").
    if (named.bare && hit.accents == Accents::other) return false;
    // "xin ho tro" asks for support, and is no Sìn Hồ.
    if (named.bare && hit.mend == Mend::sounded) return false;
    // Villages are called as many other things are.
    return !named.minor || !named.bare || hit.accents == Accents::same;
  }

  Name name_of(std::vector<Hit> hits) const {
    const auto best = std::ranges::min(hits, {}, [](const Hit& h) { return std::pair(h.mend, h.accents); });
    std::erase_if(hits, [&](const Hit& h) {
      return h.mend != best.mend || (best.accents == Accents::same && h.accents != best.accents);
    });
    // "Than Uyên" is the commune, not the market of that name.
    const auto is_village_by_its_bare_name = [&](const Hit& h) {
      const Places::Named& named = places_.named_[h.phrase];
      return named.minor && named.bare;
    };
    if (!std::ranges::all_of(hits, is_village_by_its_bare_name))
      std::erase_if(hits, is_village_by_its_bare_name);
    Name name;
    name.from = best.from;
    name.to = best.to;
    name.minor = true;
    name.sure = best.mend == Mend::none && best.accents != Accents::other;
    for (const Hit& hit : hits) add(name, places_.named_[hit.phrase]);
    return name;
  }

  void add(Name& name, const Places::Named& named) const {
    if (unit(named.unit).from > now_) return;  // a reform that is still to come
    name.minor = name.minor && named.minor;
    const auto standing = successor(named.unit);
    const auto stands = [&](UnitId id) { return unit(id).stands(now_); };
    if (!standing || std::ranges::any_of(unit(*standing).below, stands)) {
      name.areas.insert(named.unit);
      return;
    }
    Target target{*standing, above(named.unit)};
    const auto same = std::ranges::find(name.targets, target.unit, &Target::unit);
    if (same == name.targets.end()) {
      name.targets.push_back(std::move(target));
    } else {
      same->above.merge(target.above);
    }
  }

  [[nodiscard]] const Places::Unit& unit(UnitId id) const { return places_.units_.at(id); }

  [[nodiscard]] std::optional<UnitId> successor(UnitId id) const {
    for (int i = 0; i < successors_max; ++i) {
      const Places::Unit& u = unit(id);
      if (!u.to || *u.to > now_) return id;
      if (!u.successor) return std::nullopt;
      id = u.successor;
    }
    return std::nullopt;
  }

  /// All above it; also above the old units that became it, for people go on naming the old district.
  [[nodiscard]] std::set<UnitId> above(UnitId id) const {
    std::set<UnitId> ids;
    std::vector<UnitId> todo = unit(id).before;
    todo.push_back(id);
    for (std::size_t i = 0; i < todo.size() && i < above_max; ++i) {
      const UnitId parent = unit(todo[i]).parent;
      if (parent && ids.insert(parent).second) todo.push_back(parent);
    }
    return ids;
  }

  const Places& places_;
  TimePoint now_;
  std::vector<Hit> hits_;
};

namespace {

bool in_any(const Target& target, const std::set<UnitId>& areas) {
  return std::ranges::any_of(areas, [&](UnitId area) { return target.above.contains(area); });
}

/// May `area` only say where `name` lies? "huyện Than Uyên" may wherever it stands; "Than Uyên", which is a
/// commune as well, only beside it: "Tà Hừa, Than Uyên", but not "ở Than Uyên, mẹ ở Khoen On".
bool may_hint(const Name& area, const Name& name) {
  if (area.areas.empty()) return false;
  return area.targets.empty() || area.from == name.to || name.from == area.to;
}

/// A named commune says which of the villages of one name is meant; a commune is no hint for another.
bool commune_tells(const Name& commune, const Name& village) {
  return village.minor && !commune.minor && !commune.targets.empty();
}

/// A name that contains another's place only says which of that name is meant.
void narrow(std::vector<Name>& names) {
  std::vector<bool> hint(names.size(), false);
  const auto keep_inside = [&](std::size_t i, std::size_t j, const auto& inside) {
    if (std::ranges::none_of(names[i].targets, inside)) return;
    std::erase_if(names[i].targets, [&](const Target& t) { return !inside(t); });
    hint[j] = true;
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < names.size(); ++j) {
      if (i == j || hint[i]) continue;
      if (commune_tells(names[j], names[i])) {
        keep_inside(i, j, [&](const Target& t) {
          return std::ranges::any_of(names[j].targets, [&](const Target& c) { return c.unit == t.unit; });
        });
      }
      if (may_hint(names[j], names[i]))
        keep_inside(i, j, [&](const Target& t) { return in_any(t, names[j].areas); });
    }
  }
  std::size_t at = 0;
  std::erase_if(names, [&](const Name&) { return hint[at++]; });
}

}  // namespace

Places::Places(storage::Tx& tx, const Sounds& sounds) {
  tx.each(select_units, [&](const storage::Row& row) {
    Unit& unit = units_[row.get<UnitId>(0)];
    unit.parent = row.get<UnitId>(1);
    unit.successor = row.get<UnitId>(2);
    unit.from = row.get<TimePoint>(3);
    unit.to = row.get<std::optional<TimePoint>>(4);
  });
  for (auto& [id, unit] : units_) {
    if (unit.parent) units_.at(unit.parent).below.push_back(id);
    if (unit.successor) units_.at(unit.successor).before.push_back(id);
  }
  tx.each(select_names, [&](const storage::Row& row) {
    if (book_.add(row.text(0)) == text::PhraseBook::none) return;  // a name of more words than anybody writes
    named_.push_back({row.get<UnitId>(1), row.get<bool>(2), row.get<bool>(3)});
  });
  for (const auto& [written, meant] : sounds) book_.add_sound(written, meant);
  book_.finish();
}

PlaceMatch Places::recognise(std::span<const text::Token> tokens, TimePoint now) const {
  std::vector<Name> names = PlaceSearch(*this, tokens, now).names();
  PlaceMatch match;
  if (names.empty()) return match;
  for (const Name& name : names) match.names.push_back({name.from, name.to, {}, name.sure});
  narrow(names);
  std::set<UnitId> units;
  for (const Name& name : names) {
    const auto shown = std::ranges::find(match.names, name.from, &PlaceMatch::Name::from);
    for (const Target& target : name.targets) {
      units.insert(target.unit);
      shown->units.push_back(target.unit);
    }
  }
  match.found = units.size() == 1 ? PlaceMatch::Found::one : PlaceMatch::Found::several;
  if (units.size() == 1) match.unit = *units.begin();
  return match;
}

const Places& PlaceIndex::current(storage::Tx& tx) {
  const auto revision = tx.value<std::int64_t>(select_revision).value_or(0);
  if (!places_ || revision != revision_) {
    places_ = std::make_unique<Places>(tx, sounds_);
    revision_ = revision;
  }
  return *places_;
}

void places_changed(storage::Tx& tx, TimePoint now) {
  tx.run(update_revision, now);
}

}  // namespace tongdai::directory
