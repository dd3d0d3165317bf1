#include "text/hints.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t fewer_max = 20;   // characters: whoever must lose more writes the text anew
constexpr std::size_t dropped_max = 3;  // different signs that may be left out: more of them are a script
constexpr std::array<std::string_view, 2> labels{"[QC]", "[AD]"};  // Decree 91/2020: stay as they are

/// One character as people count them, with the marks on it.
struct Sign {
  std::string written;
  std::string plain;         ///< without accents, typography in ASCII
  bool is_letter = false;    ///< or a digit
  bool is_in_label = false;  ///< of "[QC]"
};

std::string utf8_of(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// Marks, selectors and what a joiner puts together belong to the character before them.
bool continues(const icu::UnicodeString& text, std::int32_t i) {
  constexpr UChar32 joiner = 0x200D;
  const UChar32 c = text.char32At(i);
  return u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) || c == joiner ||
         (i > 0 && text.char32At(i - 1) == joiner);
}

std::vector<Sign> signs_of(const std::string& composed) {
  const auto text = icu::UnicodeString::fromUTF8(composed);
  const bool labelled = std::ranges::any_of(labels, [&](auto l) { return composed.starts_with(l); });
  std::vector<Sign> signs;
  for (std::int32_t i = 0, end = 0; i < text.length(); i = end) {
    end = text.moveIndex32(i, 1);
    while (end < text.length() && continues(text, end)) end = text.moveIndex32(end, 1);
    Sign s{utf8_of(icu::UnicodeString(text, i, end - i)), "", u_isalnum(text.char32At(i)) != 0, false};
    s.plain = strip_accents(s.written);
    s.is_in_label = labelled && signs.size() < labels.front().size();
    signs.push_back(std::move(s));
  }
  return signs;
}

/// What an extension character (two septets) may be written as in one.
std::optional<std::string_view> one_septet(std::string_view sign) {
  if (sign.size() != 1) return std::nullopt;
  constexpr std::string_view costly = "[]{}\\~|", cheap = "()()/-/";
  const std::size_t at = costly.find(sign.front());
  if (at == std::string_view::npos) return std::nullopt;
  return cheap.substr(at, 1);
}

enum Trick : unsigned { typography = 1, brackets = 2, drop = 4, accents = 8, shorter = 16 };

/// What becomes of a sign; nullopt if the trick leaves it as it is.
std::optional<std::string> change(const Sign& sign, Trick trick) {
  switch (trick) {
    case typography:
      if (sign.is_letter || sign.plain == sign.written || !fits_gsm7(sign.plain)) return std::nullopt;
      return sign.plain;
    case brackets:
      if (const auto cheap = one_septet(sign.written); cheap && !sign.is_in_label) return std::string(*cheap);
      return std::nullopt;
    case drop:
      if (sign.is_letter || fits_gsm7(sign.plain)) return std::nullopt;
      return "";
    case accents:
      if (sign.plain == sign.written) return std::nullopt;
      return sign.plain;
    case shorter:
      break;
  }
  return std::nullopt;
}

/// "“ ” by \", – by -": the signs that a trick changes, by what they become.
std::string list_of(const std::vector<Sign>& signs, Trick trick) {
  std::vector<std::pair<std::string, std::string>> groups;  // what it becomes, and the signs
  std::vector<std::string> seen;
  for (const Sign& s : signs) {
    const auto becomes = change(s, trick);
    if (!becomes || std::ranges::find(seen, s.written) != seen.end()) continue;
    seen.push_back(s.written);
    auto group = std::ranges::find(groups, *becomes, &std::pair<std::string, std::string>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {*becomes, ""});
    group->second += (group->second.empty() ? "" : " ") + s.written;
  }
  std::string list;
  for (const auto& [becomes, from] : groups) {
    if (!list.empty()) list += ", ";
    if (trick == drop) {
      list += from;
    } else if (becomes == " ") {
      list += "special spaces by spaces";
    } else if (becomes.empty()) {
      list += "characters without width by nothing";
    } else {
      list += fmt::format("{} by {}", from, becomes);
    }
  }
  return list;
}

struct Variant {
  std::string text;
  std::size_t touched = 0;  ///< characters
  std::size_t parts = 0;
};

Variant with(const std::vector<Sign>& signs, unsigned tricks) {
  Variant v;
  for (const Sign& s : signs) {
    std::optional<std::string> changed;
    for (const Trick t : {drop, accents, typography, brackets}) {
      if ((tricks & t) != 0 && !changed) changed = change(s, t);
    }
    v.touched += changed ? 1 : 0;
    v.text += changed.value_or(s.written);
  }
  v.parts = measure(v.text).parts;
  return v;
}

/// How many characters less make it one part less; nullopt if too many.
std::optional<std::size_t> fewer(const Variant& v) {
  const auto signs = signs_of(v.text);
  std::string rest = v.text;
  for (std::size_t n = 1; n <= fewer_max && n < signs.size(); ++n) {
    rest.resize(rest.size() - signs[signs.size() - n].written.size());
    if (measure(rest).parts < v.parts) return n;
  }
  return std::nullopt;
}

std::string words(const std::vector<Sign>& signs, unsigned tricks) {
  std::vector<std::string> all;
  std::string replaced;
  for (const Trick t : {typography, brackets}) {
    if ((tricks & t) == 0) continue;
    replaced += (replaced.empty() ? "replace " : ", ") + list_of(signs, t);
  }
  if (!replaced.empty()) all.push_back(std::move(replaced));
  if ((tricks & drop) != 0) all.push_back("without " + list_of(signs, drop));
  if ((tricks & accents) != 0) all.emplace_back((tricks & drop) != 0 ? "accents" : "without accents");
  std::string out;
  for (const std::string& part : all) out += (out.empty() ? "" : " and ") + part;
  return out;
}

bool is_drop_worth_it(const std::vector<Sign>& signs) {
  std::vector<std::string> dropped;
  for (const Sign& s : signs) {
    if (change(s, drop) && std::ranges::find(dropped, s.written) == dropped.end())
      dropped.push_back(s.written);
  }
  return !dropped.empty() && dropped.size() <= dropped_max;
}

/// A set of tricks, and what it comes to.
struct Option {
  unsigned tricks = 0;
  std::size_t parts = 0;
  std::size_t touched = 0;
  std::string words;

  /// Does `other` do all of this, and more? Without accents there is no typography left either.
  [[nodiscard]] bool is_part_of(const Option& other) const {
    const unsigned all = other.tricks | ((other.tricks & accents) != 0 ? typography : 0U);
    return tricks != other.tricks && (tricks & ~all) == 0;
  }
};

std::optional<Option> tried(const std::vector<Sign>& signs, unsigned tricks) {
  if ((tricks & accents) != 0 && (tricks & typography) != 0) return std::nullopt;
  if ((tricks & drop) != 0 && !is_drop_worth_it(signs)) return std::nullopt;
  const unsigned changes = tricks & ~static_cast<unsigned>(shorter);
  const Variant v = with(signs, changes);
  if ((tricks & accents) != 0 && !fits_gsm7(v.text)) return std::nullopt;  // its marks are no accents
  Option option{tricks, v.parts, v.touched, words(signs, changes)};
  if ((tricks & shorter) == 0) return option;
  const auto n = v.parts > 1 ? fewer(v) : std::nullopt;
  if (!n) return std::nullopt;
  --option.parts;
  option.touched += *n;
  option.words +=
      fmt::format("{}{} character{} fewer", option.words.empty() ? "" : " and ", *n, *n == 1 ? "" : "s");
  return option;
}

/// Is it to be told, beside the others? To cut words away is not, where fewer signs do as much.
bool is_worth_telling(const Option& option, const std::vector<Option>& others) {
  if ((option.tricks & shorter) == 0) return true;
  return std::ranges::none_of(others, [&](const Option& other) {
    return (other.tricks & shorter) == 0 && other.touched <= option.touched && other.parts <= option.parts;
  });
}

}  // namespace

std::vector<Hint> hints(std::string_view utf8) {
  const std::string composed = nfc(utf8);
  if (measure(composed).parts == 1) return {};
  const auto signs = signs_of(composed);
  std::vector<Option> known, found;
  for (unsigned tricks = 0; tricks < 2 * shorter; ++tricks) {  // what is part of another comes before it
    const auto option = tried(signs, tricks);
    if (!option) continue;
    const bool saves = std::ranges::all_of(
        known, [&](const Option& less) { return !less.is_part_of(*option) || option->parts < less.parts; });
    if (saves && tricks != 0) found.push_back(*option);
    known.push_back(*option);
  }
  std::ranges::sort(found, {}, [](const Option& o) { return std::pair(o.touched, o.tricks); });
  std::vector<Hint> all;
  for (const Option& f : found) {
    if (is_worth_telling(f, found)) all.push_back({f.words, f.parts});
  }
  return all;
}

}  // namespace tongdai::text
