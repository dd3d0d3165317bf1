#include <algorithm>
#include <array>

#include "text/leftovers.hpp"
#include "text/phrase_book.hpp"

namespace tongdai::text {

namespace {

/// A hostile text of short forms could be read in very many ways; an honest one takes some thousands of
/// steps. When they are spent, each word is still read as it stands: nothing hides what comes behind it.
constexpr int steps_max = 50'000;
constexpr std::size_t readings_max = 8;  // of one word
constexpr std::size_t mended_letters_max = 24;
/// Do the accents that were written fit, as far as they go? "đanh" and "dánh" may be "đánh"; "đánh" is not
/// "đanh".
bool may_be(const Token& token, std::string_view spelt) {
  const auto cut = [](std::string_view word) {
    const bool toned = !word.empty() && std::string_view("`'?~.").contains(word.back());
    return std::pair(word.substr(0, word.size() - (toned ? 1 : 0)), toned ? word.back() : '\0');
  };
  const auto [letters, tone] = cut(token.spelt);
  const auto [wanted_letters, wanted_tone] = cut(spelt);
  return (letters == token.folded || letters == wanted_letters) && (tone == 0 || tone == wanted_tone);
}

constexpr std::size_t joined_starts_max = 400;  // letters of one unbroken word that are looked at

}  // namespace

/// One search through one text.
class PhraseSearch {
 public:
  PhraseSearch(const PhraseBook& book, std::span<const Token> tokens) : book_(book), tokens_(tokens) {
    readings_.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) readings_.push_back(read(i));
  }

  std::vector<PhraseBook::Hit> run() {
    for (std::uint32_t at = 0; at < tokens_.size(); ++at) {
      start_ = at;
      if (!readings_[at].empty()) {
        walk(0, at);
      } else {
        look_within(at);
      }
    }
    return std::move(hits_);
  }

 private:
  using Word = PhraseBook::Word;
  using Node = PhraseBook::Node;
  using Mend = PhraseBook::Mend;
  struct Reading {
    std::array<Word, PhraseBook::meaning_words_max> words{};
    std::size_t size = 0;
    bool literal = false;  ///< the word itself: its accents tell something
    Mend mend = Mend::none;
  };
  struct Step {
    std::uint32_t token;
    bool literal;
    Mend mend;
  };

  std::vector<Reading> read(std::size_t at) const {
    std::vector<Reading> out;
    const std::string& folded = tokens_[at].folded;
    add(out, folded, Mend::none);
    if (const auto meanings = book_.short_forms_.find(folded); meanings != book_.short_forms_.end()) {
      for (const auto& meaning : meanings->second) {
        if (out.size() >= readings_max) break;
        Reading reading;
        for (const Word w : meaning) reading.words.at(reading.size++) = w;
        out.push_back(reading);
      }
    }
    if (at < PhraseBook::lenient_words_max && folded.size() <= mended_letters_max) mend(out, folded);
    return out;
  }

  /// A word that is not known as it stands is tried as what it may have been.
  void mend(std::vector<Reading>& out, const std::string& folded) const {
    const bool whole = !out.empty();
    if (const auto plain = without_keys(folded)) add(out, *plain, Mend::mended);
    if (whole || book_.ordinary_.contains(folded)) return;
    for (const std::size_t kept : {1U, 2U}) {
      if (const auto calm = without_stretching(folded, kept)) add(out, *calm, Mend::mended);
    }
    for (const auto& sound : book_.sounds_) {
      if (out.size() >= readings_max) return;
      if (sound.at_end ? folded.ends_with(sound.written) : folded.starts_with(sound.written)) {
        const std::size_t stem = folded.size() - sound.written.size();
        add(out,
            sound.at_end ? folded.substr(0, stem) + sound.meant
                         : sound.meant + folded.substr(sound.written.size()),
            Mend::sounded);
      }
    }
    if (out.empty() && folded.size() >= PhraseBook::slip_letters_min && !is_syllable(folded))
      slips(out, folded);
  }

  void slips(std::vector<Reading>& out, const std::string& folded) const {
    const auto look = [&](const std::string& key) {
      const auto found = book_.slips_.find(key);
      if (found == book_.slips_.end()) return;
      for (const std::string& word : found->second) {
        if (out.size() < readings_max && one_slip_apart(folded, word)) add(out, word, Mend::mended);
      }
    };
    look(folded);
    for (std::size_t i = 0; i < folded.size(); ++i) look(std::string(folded).erase(i, 1));
  }

  void add(std::vector<Reading>& out, std::string_view folded, Mend mend) const {
    const Word word = book_.known(folded);
    if (word == 0 || out.size() >= readings_max) return;
    Reading reading;
    reading.words[0] = word;
    reading.size = 1;
    reading.literal = mend == Mend::none;
    reading.mend = mend;
    out.push_back(reading);
  }

  void walk(Node node, std::uint32_t at) {
    const bool spent = ++steps_ > steps_max;
    for (const PhraseBook::Number phrase : book_.ends_[node]) keep(phrase, at);
    if (at >= tokens_.size()) return;
    for (const Reading& reading : readings_[at]) {
      if (!spent || reading.literal) follow(reading, node, at);
    }
    const Node beyond = book_.child(node, 0);
    if (beyond == 0) return;
    path_.push_back({at, false, Mend::none});
    for (std::uint32_t skipped = 0; skipped <= PhraseBook::gap_words_max; ++skipped)
      walk(beyond, at + skipped);
    path_.pop_back();
  }

  void follow(const Reading& reading, Node node, std::uint32_t at) {
    for (std::size_t i = 0; i < reading.size; ++i) {
      node = book_.child(node, reading.words.at(i));
      if (node == 0) return drop(i);
      path_.push_back({at, reading.literal, reading.mend});
    }
    walk(node, at + 1);
    drop(reading.size);
  }

  void drop(std::size_t steps) { path_.resize(path_.size() - steps); }

  void keep(PhraseBook::Number phrase, std::uint32_t to) {
    PhraseBook::Hit hit{phrase, start_, to, PhraseBook::Accents::same, Mend::none};
    const auto& spelt = book_.spelt_[phrase];
    for (std::size_t i = 0; i < path_.size(); ++i) {
      const Token& token = tokens_[path_[i].token];
      hit.mend = std::max(hit.mend, path_[i].mend);
      if (spelt[i].empty() || (path_[i].literal && token.spelt == spelt[i])) continue;
      const bool plain = !path_[i].literal || may_be(token, spelt[i]);
      hit.accents = std::max(hit.accents, plain ? PhraseBook::Accents::plain : PhraseBook::Accents::other);
    }
    add(hit);
  }

  /// "toibidanh": the blanks are forgotten. Phrases are sought among the letters.
  void look_within(std::uint32_t at) {
    const std::string_view letters = tokens_[at].folded;
    if (letters.size() < PhraseBook::joined_letters_min) return;
    for (std::size_t from = 0; from < std::min(letters.size(), joined_starts_max); ++from) {
      Node node = 0;
      for (std::size_t i = from; i < letters.size() && ++steps_ <= steps_max; ++i) {
        node = book_.joined_child(node, letters[i]);
        if (node == 0) break;
        for (const auto phrase : book_.joined_ends_[node])
          add({phrase, at, at + 1, PhraseBook::Accents::plain, Mend::mended});
      }
    }
  }

  /// Each once; the better reading of the same words stays.
  void add(const PhraseBook::Hit& hit) {
    for (auto it = hits_.rbegin(); it != hits_.rend() && it->from == hit.from; ++it) {
      if (it->phrase != hit.phrase || it->to != hit.to) continue;
      if (std::pair(it->mend, it->accents) > std::pair(hit.mend, hit.accents)) *it = hit;
      return;
    }
    hits_.push_back(hit);
  }

  const PhraseBook& book_;
  std::span<const Token> tokens_;
  std::vector<std::vector<Reading>> readings_;
  std::vector<Step> path_;
  std::vector<PhraseBook::Hit> hits_;
  std::uint32_t start_ = 0;
  int steps_ = 0;
};

std::vector<PhraseBook::Hit> PhraseBook::find(std::span<const Token> tokens) const {
  return PhraseSearch(*this, tokens).run();
}

}  // namespace tongdai::text
