#include "outbox/discretion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "text/digit_runs.hpp"
#include "text/fold.hpp"
#include "text/seen_words.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::size_t code_digits = 6;     // as many as a case's code has: such a number could be one
constexpr std::size_t quoted_words = 4;    // as many words of the reporter's in a row are a quotation
constexpr std::size_t in_marks_words = 2;  // in quotation marks fewer are
constexpr std::size_t quoted_digits = 3;   // a room's number, a house's
constexpr std::size_t name_chars_min = 4;  // shorter folded names ("xa") would forbid half the language

using Seen = std::vector<text::SeenWord>;

std::vector<std::string> letters_of(const Seen& words, std::size_t from, std::size_t count) {
  std::vector<std::string> letters;
  for (std::size_t i = from; i < from + count; ++i) letters.push_back(words[i].letters);
  return letters;
}

bool is_number(const std::string& word) {
  return word.size() >= quoted_digits &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands in quotation marks, typographic ones made plain.
std::vector<std::string> in_marks(std::string_view text) {
  const std::string plain = text::strip_accents(text);
  std::vector<std::string> passages;
  std::size_t open = plain.find('"');
  while (open != std::string::npos) {
    const std::size_t close = plain.find('"', open + 1);
    if (close == std::string::npos) break;
    passages.push_back(plain.substr(open + 1, close - open - 1));
    open = plain.find('"', close + 1);
  }
  return passages;
}

std::optional<std::size_t> repeats(const Seen& text, const Seen& inbound) {
  for (std::size_t i = 0; i < inbound.size(); ++i) {
    if (is_number(inbound[i].letters)) {
      if (const auto at = text::find_seen(text, {inbound[i].letters})) return at;
    }
    if (i + quoted_words > inbound.size()) continue;
    if (const auto at = text::find_seen(text, letters_of(inbound, i, quoted_words))) return at;
  }
  return std::nullopt;
}

}  // namespace

std::string Objection::print() const {
  switch (offence) {
    case Offence::word:
      return fmt::format("the word \"{}\" at character {} is on the sensitive list: say it without that word",
                         found, at);
    case Offence::name:
      return fmt::format("it names \"{}\" at character {}: say it without the name", found, at);
    case Offence::link:
      return fmt::format("there is a link at character {}: leave it out", at);
    case Offence::code:
      return fmt::format(
          "there is a number of six digits or more at character {}, which may be a case's code or somebody's "
          "number: leave it out",
          at);
    case Offence::quote:
      return fmt::format("at character {} it repeats what the person wrote: use other words", at);
  }
  return {};
}

Discretion::Discretion(const std::vector<std::string>& words) {
  std::set<std::string> folded;
  for (const std::string& word : words) {
    if (std::string f = text::fold(word); !f.empty()) folded.insert(std::move(f));
  }
  for (const std::string& word : folded) words_.emplace_back(word, text::seen_letters(word));
}

std::optional<Objection> Discretion::objection(std::string_view text, const std::vector<std::string>& names,
                                               const std::vector<std::string>& inbound) const {
  auto all = objections(text, names, inbound);
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::vector<Objection> Discretion::objections(std::string_view text, const std::vector<std::string>& names,
                                              const std::vector<std::string>& inbound) const {
  std::vector<Objection> all;
  const Seen seen = text::seen_words(text);
  for (const auto& [word, letters] : words_) {
    if (const auto at = text::find_seen(seen, letters)) all.push_back({Offence::word, word, *at});
  }
  for (const std::string& name : names) {
    if (text::fold(name).size() < name_chars_min) continue;
    if (const auto at = text::find_seen(seen, text::seen_letters(name)))
      all.push_back({Offence::name, name, *at});
  }
  if (const auto at = link_in(text)) all.push_back({Offence::link, "", *at});
  for (const auto& run : text::digit_runs(text, code_digits)) all.push_back({Offence::code, "", run.at});
  if (auto quoted = quotation(text, inbound)) all.push_back(std::move(*quoted));
  return all;
}

std::optional<Objection> quotation(std::string_view text, const std::vector<std::string>& inbound) {
  const Seen seen = text::seen_words(text);
  const auto marked = in_marks(text);
  for (const std::string& theirs : inbound) {
    const Seen words = text::seen_words(theirs);
    if (const auto at = repeats(seen, words)) return Objection{Offence::quote, "", *at};
    for (const std::string& passage : marked) {
      const auto letters = text::seen_letters(passage);
      if (letters.size() < in_marks_words || !text::find_seen(words, letters)) continue;
      return Objection{Offence::quote, "", text::find_seen(seen, letters).value_or(1)};
    }
  }
  return std::nullopt;
}

}  // namespace tongdai::outbox
