#include "hotline/recognition/recogniser.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tongdai::hotline::recognition {

using text::PhraseBook;

Recogniser::Recogniser(const std::vector<Language>& languages) {
  for (const Language& language : languages) {
    for (const auto& each : language.urgency) {
      add(each.phrases, {Role::urgency, each.flag, each.level});
      for (const auto& service : each.services) add(each.phrases, {Role::service, service});
    }
    for (const auto& [service, phrases] : language.services) add(phrases, {Role::service, service});
    add(language.self, {Role::self, "self"});
    add(language.asking, {Role::asking, "self"});
    add(language.other, {Role::other, "other"});
    add(language.harmless, {Role::harmless, ""});
    add(language.markers, {Role::marker, language.code});
    for (const auto& [written, meant] : language.short_forms) book_.add_short_form(written, meant);
    for (const auto& [written, meant] : language.sounds) book_.add_sound(written, meant);
    for (const auto& word : language.ordinary) book_.add_ordinary(word);
    together_.insert(together_.end(), language.together.begin(), language.together.end());
  }
  book_.finish();
}

void Recogniser::add(const std::vector<std::string>& phrases, const Meaning& meaning) {
  for (const std::string& written : phrases) {
    if (book_.add(written) == PhraseBook::none) continue;  // a fault of the file, told where it was read
    Meaning each = meaning;
    each.strict = written.starts_with('!');
    const auto words = text::tokens(written, PhraseBook::phrase_words_max);
    each.accented = std::ranges::any_of(words, [](const text::Token& t) { return !t.is_plain(); });
    meanings_.push_back(std::move(each));
  }
}

/// One text being read.
class Reading {
 public:
  using Hit = PhraseBook::Hit;
  using Role = Recogniser::Role;
  using Meaning = Recogniser::Meaning;

  Reading(const Recogniser& recogniser, std::span<const text::Token> tokens, std::span<const NameRange> names)
      : recogniser_(recogniser), tokens_(tokens) {
    for (const Hit& hit : recogniser.book_.find(tokens)) {
      const Meaning& m = meaning(hit);
      const bool another_word = (m.accented && hit.accents == PhraseBook::Accents::other) ||
                                (m.strict && hit.accents != PhraseBook::Accents::same);
      // "Giang" in a name is no "đang" that sounds like it, whatever follows.
      const bool named = std::ranges::any_of(names, [&](const NameRange& name) {
        const bool within = hit.from >= name.from && hit.to <= name.to;
        const bool touches = hit.from < name.to && hit.to > name.from;
        return within || (touches && hit.mend == PhraseBook::Mend::sounded);
      });
      if (another_word || named) continue;
      (m.role == Role::harmless ? harmless_ : hits_).push_back(hit);
    }
    drop_harmless();
  }

  Recognition result() {
    take(Role::urgency, Kind::urgency);
    take(Role::service, Kind::service);
    put_together();
    tell_whom();
    tell_language();
    out_.flags.assign(flags_.begin(), flags_.end());
    out_.services.assign(services_.begin(), services_.end());
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Meaning& meaning(const Hit& hit) const { return recogniser_.meanings_[hit.phrase]; }

  void drop_harmless() {
    if (harmless_.empty()) return;
    std::vector<bool> calm(tokens_.size(), false);
    for (const Hit& hit : harmless_) {
      for (std::size_t i = hit.from; i < hit.to; ++i) calm[i] = true;
    }
    std::erase_if(hits_, [&](const Hit& hit) {
      for (std::size_t i = hit.from; i < hit.to; ++i) {
        if (calm[i]) return meaning(hit).role != Role::marker;
      }
      return false;
    });
  }

  /// The hits of a role, the longest first of those that begin together; of one value none lies within
  /// another.
  std::vector<Hit> of_role(Role role) const {
    std::vector<Hit> found;
    for (const Hit& hit : hits_) {
      if (meaning(hit).role == role) found.push_back(hit);
    }
    std::ranges::sort(found, [](const Hit& a, const Hit& b) {
      return std::tuple(a.from, b.to, a.phrase) < std::tuple(b.from, a.to, b.phrase);
    });
    return found;
  }

  void take(Role role, Kind kind) {
    std::map<std::string_view, std::size_t> ends;  // of each value, how far its words reach
    for (const Hit& hit : of_role(role)) {
      const Meaning& m = meaning(hit);
      (kind == Kind::urgency ? flags_ : services_).insert(m.value);
      if (kind == Kind::urgency) out_.urgency = std::min(out_.urgency, m.level);
      std::size_t& end = ends[m.value];
      if (hit.to <= end) continue;
      end = hit.to;
      note(kind, m.value, hit);
    }
  }

  void put_together() {
    for (const Together& rule : recogniser_.together_) {
      const bool all = std::ranges::all_of(rule.flags, [&](const auto& f) { return flags_.contains(f); });
      if (!all) continue;
      out_.urgency = std::min(out_.urgency, rule.level);
      if (flags_.insert(rule.flag).second) out_.findings.push_back({Kind::urgency, rule.flag, 0, 0});
    }
  }

  /// "chi toi bi" holds "toi bi": what lies within a longer phrase of the other side does not count.
  void tell_whom() {
    const auto self = of_role(Role::self), other = of_role(Role::other), asking = of_role(Role::asking);
    const auto stands = [](const Hit& hit, const std::vector<Hit>& against) {
      return std::ranges::none_of(against, [&](const Hit& longer) {
        return longer.from <= hit.from && longer.to >= hit.to && longer.to - longer.from > hit.to - hit.from;
      });
    };
    const auto first = [&](const std::vector<Hit>& hits, const std::vector<Hit>& against) -> const Hit* {
      const auto found = std::ranges::find_if(hits, [&](const Hit& hit) { return stands(hit, against); });
      return found == hits.end() ? nullptr : &*found;
    };
    if (const Hit* hit = first(self, other)) return tell_whom(ForWhom::self, *hit);
    if (const Hit* hit = first(other, self)) return tell_whom(ForWhom::other, *hit);
    if (const Hit* hit = first(asking, other)) tell_whom(ForWhom::self, *hit);
  }

  void tell_whom(ForWhom whom, const Hit& hit) {
    out_.for_whom = whom;
    note(Kind::for_whom, std::string(name_of(whom)), hit);
  }

  void tell_language() {
    std::map<std::string_view, std::size_t> counts;
    for (const Hit& hit : hits_) {
      if (meaning(hit).role == Role::marker && hit.mend == PhraseBook::Mend::none)
        ++counts[meaning(hit).value];
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
    if (most == counts.end()) return;
    out_.language = most->first;
    out_.findings.push_back({Kind::language, out_.language, 0, 0});
  }

  void note(Kind kind, std::string value, const Hit& hit) {
    if (out_.findings.size() >= Recogniser::findings_max) return;
    const text::Token& last = tokens_[hit.to - 1];
    const std::size_t from = tokens_[hit.from].from;
    out_.findings.push_back({kind, std::move(value), from, last.from + last.length - from});
  }

  const Recogniser& recogniser_;
  std::span<const text::Token> tokens_;
  std::vector<Hit> hits_, harmless_;
  std::set<std::string> flags_, services_;
  Recognition out_;
};

Recognition Recogniser::recognise(std::span<const text::Token> tokens,
                                  std::span<const NameRange> names) const {
  return Reading(*this, tokens, names).result();
}

Recognition Recogniser::recognise(std::string_view text) const {
  return recognise(text::tokens(text, words_max));
}

}  // namespace tongdai::hotline::recognition
