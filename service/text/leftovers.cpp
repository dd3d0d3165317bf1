#include "text/leftovers.hpp"

#include <algorithm>
#include <array>

namespace tongdai::text {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t syllable_max = 7;  // "nghieng"
constexpr std::size_t keyed_max = 14;    // a syllable with all its keys

// Longest first, so that "ngh" is tried before "ng". "gi" is both an onset and the rhyme's i.
constexpr std::array onsets{"ngh"sv, "ch"sv, "gh"sv, "gi"sv, "kh"sv, "ng"sv, "nh"sv, "ph"sv, "qu"sv,
                            "th"sv,  "tr"sv, "b"sv,  "c"sv,  "d"sv,  "g"sv,  "h"sv,  "k"sv,  "l"sv,
                            "m"sv,   "n"sv,  "p"sv,  "r"sv,  "s"sv,  "t"sv,  "v"sv,  "x"sv,  ""sv};
// Without accents: a, ă and â are one here. Sorted.
constexpr std::array rhymes{
    "a"sv,   "ac"sv,  "ach"sv,  "ai"sv,   "am"sv,   "an"sv,   "ang"sv,  "anh"sv,  "ao"sv,   "ap"sv,  "at"sv,
    "au"sv,  "ay"sv,  "e"sv,    "ec"sv,   "ech"sv,  "em"sv,   "en"sv,   "eng"sv,  "enh"sv,  "eo"sv,  "ep"sv,
    "et"sv,  "eu"sv,  "i"sv,    "ia"sv,   "ich"sv,  "iec"sv,  "iem"sv,  "ien"sv,  "ieng"sv, "iep"sv, "iet"sv,
    "ieu"sv, "im"sv,  "in"sv,   "inh"sv,  "ip"sv,   "it"sv,   "iu"sv,   "o"sv,    "oa"sv,   "oac"sv, "oach"sv,
    "oai"sv, "oam"sv, "oan"sv,  "oang"sv, "oanh"sv, "oao"sv,  "oap"sv,  "oat"sv,  "oay"sv,  "oc"sv,  "oe"sv,
    "oen"sv, "oeo"sv, "oet"sv,  "oi"sv,   "om"sv,   "on"sv,   "ong"sv,  "oong"sv, "op"sv,   "ot"sv,  "u"sv,
    "ua"sv,  "uan"sv, "uang"sv, "uat"sv,  "uay"sv,  "uc"sv,   "ue"sv,   "uech"sv, "uenh"sv, "ui"sv,  "um"sv,
    "un"sv,  "ung"sv, "uo"sv,   "uoc"sv,  "uoi"sv,  "uom"sv,  "uon"sv,  "uong"sv, "uop"sv,  "uot"sv, "uou"sv,
    "up"sv,  "ut"sv,  "uu"sv,   "uy"sv,   "uya"sv,  "uych"sv, "uyen"sv, "uyet"sv, "uynh"sv, "uyt"sv, "uyu"sv,
    "y"sv,   "yem"sv, "yen"sv,  "yet"sv,  "yeu"sv};
static_assert(std::ranges::is_sorted(rhymes));

bool is_vowel(char c) {
  return "aeiouy"sv.contains(c);
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// VNI: digits behind their letters.
std::optional<std::string> without_digits(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (!is_digit(c)) out += c;
  }
  const bool keyed = out.size() < word.size() && out.size() + 3 >= word.size();
  return keyed && is_syllable(out) ? std::optional(out) : std::nullopt;
}

/// Telex: what is left of a word when its keys go. "dd" is đ, "aa ee oo" their letters with a roof; w, s, f,
/// r, x, j and z behind the first vowel are hooks and tones; "w" before any is ư.
std::string keys_off(std::string_view word) {
  std::string out;
  bool vowel = false;
  for (const char c : word) {
    if (c == 'w' && !vowel) {
      vowel = true;
      out += 'u';
      continue;
    }
    const bool tone = vowel && "wsfrxjz"sv.contains(c);
    const bool doubled = !out.empty() && out.back() == c && "adeo"sv.contains(c);
    if (tone || doubled) continue;
    vowel = vowel || is_vowel(c);
    out += c;
  }
  return out;
}

}  // namespace

bool is_syllable(std::string_view folded) {
  if (folded.empty() || folded.size() > syllable_max) return false;
  if (folded == "gi") return true;
  return std::ranges::any_of(onsets, [&](std::string_view onset) {
    return folded.starts_with(onset) && std::ranges::binary_search(rhymes, folded.substr(onset.size()));
  });
}

std::optional<std::string> without_keys(std::string_view folded) {
  if (folded.size() < 2 || folded.size() > keyed_max || !is_letter(folded.front())) return std::nullopt;
  if (std::ranges::any_of(folded, is_digit)) return without_digits(folded);
  if (!std::ranges::all_of(folded, is_letter)) return std::nullopt;
  std::string out = keys_off(folded);
  if (out.size() == folded.size() && !folded.contains('w')) {
    // Not told from a syllable that was typed whole, unless its roof or stroke was typed last: "nhana",
    // "danhd".
    if (is_syllable(folded)) return std::nullopt;
  }
  if (!is_syllable(out) && out.size() > 2 && "adeo"sv.contains(out.back()) &&
      out.find(out.back()) + 1 < out.size()) {
    out.pop_back();
  }
  return out != folded && is_syllable(out) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> without_stretching(std::string_view folded, std::size_t kept) {
  std::string out;
  std::size_t i = 0;
  while (i < folded.size()) {
    std::size_t end = i;
    while (end < folded.size() && folded[end] == folded[i]) ++end;
    out.append(end - i >= 3 ? kept : end - i, folded[i]);
    i = end;
  }
  return out.size() < folded.size() ? std::optional(std::move(out)) : std::nullopt;
}

bool one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto differ = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  const std::string_view rest_a = a.substr(differ), rest_b = b.substr(differ);
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace tongdai::text
