#include "text/phrase_book.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

constexpr std::string_view gap = "~";

std::uint64_t edge(std::uint32_t node, std::uint32_t label) {
  return std::uint64_t{node} << 32U | label;
}

/// The words of a phrase, "" for a gap.
std::vector<Token> phrase_words(std::string_view phrase) {
  std::vector<Token> words;
  while (!phrase.empty()) {
    const std::size_t to = std::min(phrase.find(gap), phrase.size());
    for (Token& token : tokens(phrase.substr(0, to), PhraseBook::phrase_words_max + 1)) {
      words.push_back(std::move(token));
    }
    if (to == phrase.size()) break;
    words.emplace_back();
    phrase.remove_prefix(to + gap.size());
  }
  return words;
}

bool is_gap(const Token& token) {
  return token.folded.empty();
}

}  // namespace

PhraseBook::Word PhraseBook::word(std::string_view folded) {
  return words_.try_emplace(std::string(folded), static_cast<Word>(words_.size() + 1)).first->second;
}

PhraseBook::Word PhraseBook::known(std::string_view folded) const {
  const auto found = words_.find(folded);
  return found == words_.end() ? 0 : found->second;
}

PhraseBook::Node PhraseBook::child(Node node, Word word) const {
  const auto found = children_.find(edge(node, word));
  return found == children_.end() ? 0 : found->second;
}

PhraseBook::Node PhraseBook::joined_child(Node node, char letter) const {
  const auto found = joined_.find(edge(node, static_cast<unsigned char>(letter)));
  return found == joined_.end() ? 0 : found->second;
}

PhraseBook::Number PhraseBook::add(std::string_view phrase) {
  const std::vector<Token> words = phrase_words(phrase);
  if (words.empty() || words.size() > phrase_words_max || is_gap(words.front()) || is_gap(words.back()))
    return none;
  const auto number = static_cast<Number>(spelt_.size());
  std::vector<std::string> spelt;
  std::string letters;
  Node node = 0;
  for (const Token& each : words) {
    spelt.push_back(each.spelt);
    letters += each.folded;
    const Word label = is_gap(each) ? 0 : word(each.folded);
    const auto [place, fresh] = children_.try_emplace(edge(node, label), static_cast<Node>(ends_.size()));
    if (fresh) ends_.emplace_back();
    node = place->second;
  }
  ends_[node].push_back(number);
  if (words.size() > 1 && letters.size() >= joined_letters_min) add_joined(letters, number);
  spelt_.push_back(std::move(spelt));
  return number;
}

void PhraseBook::add_joined(std::string_view letters, Number phrase) {
  Node node = 0;
  for (const char letter : letters) {
    const auto [place, fresh] = joined_.try_emplace(edge(node, static_cast<unsigned char>(letter)),
                                                    static_cast<Node>(joined_ends_.size()));
    if (fresh) joined_ends_.emplace_back();
    node = place->second;
  }
  joined_ends_[node].push_back(phrase);
}

void PhraseBook::add_short_form(std::string_view written, std::string_view meaning) {
  std::vector<Word> words;
  for (const Token& token : tokens(meaning, meaning_words_max)) words.push_back(word(token.folded));
  auto& meanings = short_forms_[fold(written)];
  if (!words.empty() && std::ranges::find(meanings, words) == meanings.end())
    meanings.push_back(std::move(words));
}

void PhraseBook::add_sound(std::string_view written, std::string_view meant) {
  const bool at_end = written.starts_with('-');
  sounds_.push_back({fold(written), fold(meant), at_end});
}

void PhraseBook::add_ordinary(std::string_view word) {
  ordinary_.insert(fold(word));
}

void PhraseBook::finish() {
  for (const auto& [letters, id] : words_) {
    if (letters.size() < slip_letters_min) continue;
    slips_[letters].push_back(letters);
    for (std::size_t i = 0; i < letters.size(); ++i) {
      auto& of_less = slips_[std::string(letters).erase(i, 1)];
      if (of_less.empty() || of_less.back() != letters) of_less.push_back(letters);
    }
  }
}

}  // namespace tongdai::text
