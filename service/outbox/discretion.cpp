#include "outbox/discretion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "text/fold.hpp"

namespace tongdai::outbox {
namespace {

constexpr std::size_t code_digits = 6;     // as many as a case's code has: such a number could be one
constexpr std::size_t quoted_words = 4;    // as many words of the reporter's in a row are a quotation
constexpr std::size_t name_chars_min = 4;  // shorter folded names ("xa") would forbid half the language

constexpr std::array<std::string_view, 6> link_marks{"http", "www.", "://", ".vn", ".com", ".org"};

std::optional<std::string> link_in(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view mark : link_marks) {
    if (lower.find(mark) != std::string::npos) return "a link";
  }
  return std::nullopt;
}

bool has_code(std::string_view text) {
  std::size_t run = 0;
  for (const char c : text) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    if (run >= code_digits) return true;
  }
  return false;
}

/// Do `quoted_words` words of `inbound` stand in `folded` in a row?
bool quotes(std::string_view folded, std::string_view inbound) {
  const std::vector<std::string> words = text::fold_words(inbound);
  for (std::size_t i = 0; i + quoted_words <= words.size(); ++i) {
    std::string run = words[i];
    for (std::size_t k = 1; k < quoted_words; ++k) run += ' ' + words[i + k];
    if (text::contains_words(folded, run)) return true;
  }
  return false;
}

}  // namespace

Discretion::Discretion(const std::vector<std::string>& words) {
  std::set<std::string> folded;
  for (const std::string& word : words) {
    if (std::string f = text::fold(word); !f.empty()) folded.insert(std::move(f));
  }
  words_.assign(folded.begin(), folded.end());
}

std::optional<std::string> Discretion::objection(std::string_view text, const std::vector<std::string>& names,
                                                 std::string_view inbound) const {
  const std::string folded = text::fold(text);
  for (const std::string& word : words_) {
    if (text::contains_words(folded, word))
      return fmt::format("the word \"{}\" is on the sensitive list", word);
  }
  for (const std::string& name : names) {
    const std::string f = text::fold(name);
    if (f.size() >= name_chars_min && text::contains_words(folded, f))
      return fmt::format("it names \"{}\"", name);
  }
  if (const auto link = link_in(text)) return "it contains " + *link;
  if (has_code(text)) return "it contains a number of six digits or more, which may be a case's code";
  if (quotes(folded, inbound)) return "it quotes what the person wrote";
  return std::nullopt;
}

}  // namespace tongdai::outbox
