#include "inbox/recognise.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::inbox {
namespace {

constexpr std::size_t code_digits_min = 4, code_digits_max = 10;
constexpr std::size_t beds_digits_max = 3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_code(std::string_view word) {
  return word.size() >= code_digits_min && word.size() <= code_digits_max &&
         std::ranges::all_of(word, is_digit);
}

/// "nhan482913" -> "nhan 482913": people forget the space.
std::string with_gaps(std::string_view folded) {
  std::string out;
  for (const char c : folded) {
    const bool edge = !out.empty() && out.back() != ' ' && c != ' ' && is_digit(c) != is_digit(out.back());
    if (edge) out += ' ';
    out += c;
  }
  return out;
}

bool is_one_of(std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::find(words, text) != words.end();
}

std::optional<Verb> verb_of(std::string_view text, const Words& words) {
  if (is_one_of(text, words.accept)) return Verb::accept;
  if (is_one_of(text, words.decline)) return Verb::decline;
  if (is_one_of(text, words.done)) return Verb::done;
  if (is_one_of(text, words.transfer)) return Verb::transfer;
  if (is_one_of(text, words.hand_back)) return Verb::hand_back;
  if (is_one_of(text, words.progress)) return Verb::progress;
  if (is_one_of(text, words.reopen)) return Verb::reopen;
  return std::nullopt;
}

/// "giuong 3", "3 giuong", "con 3 giuong": the words for beds with one number at any place among them.
std::optional<Command> beds_in(const std::string& text, const Words& words) {
  if (is_one_of(text, words.full)) return Command{Verb::beds, ""};
  const std::size_t from = text.find_first_of("0123456789");
  if (from == std::string::npos) return std::nullopt;
  const std::size_t to = std::min(text.find_first_not_of("0123456789", from), text.size());
  if (to - from > beds_digits_max) return std::nullopt;
  std::string around = text.substr(0, from) + text.substr(std::min(to + 1, text.size()));
  if (!around.empty() && around.back() == ' ') around.pop_back();
  if (!is_one_of(around, words.beds)) return std::nullopt;
  return Command{Verb::beds, "", "", std::stoi(text.substr(from, to - from))};
}

std::optional<Command> command_in(const std::string& text, const Words& words) {
  if (const auto verb = verb_of(text, words)) return Command{*verb, ""};
  if (auto beds = beds_in(text, words)) return beds;
  // The code splits the text: the verb stands before it, or the text begins with it and the verb follows.
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    const std::string_view word = std::string_view(text).substr(from, to - from);
    if (is_code(word)) {
      const std::string_view before = std::string_view(text).substr(0, from == 0 ? 0 : from - 1);
      const std::string_view after =
          to < text.size() ? std::string_view(text).substr(to + 1) : std::string_view{};
      if (const auto verb = verb_of(before, words))
        return Command{*verb, std::string(word), std::string(after)};
      if (from != 0) return std::nullopt;
      if (const auto verb = verb_of(after, words)) return Command{*verb, std::string(word)};
      return std::nullopt;
    }
    from = to + 1;
  }
  return std::nullopt;
}

}  // namespace

Recognised recognise(std::string_view text, const Words& words) {
  const std::string folded = text::fold(text);
  Recognised result;
  result.command = command_in(with_gaps(folded), words);
  result.opt_out = is_one_of(folded, words.opt_out);
  result.opt_in = is_one_of(folded, words.opt_in);
  return result;
}

}  // namespace tongdai::inbox
