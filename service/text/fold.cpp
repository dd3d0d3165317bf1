#include "text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

namespace tongdai::text {
namespace {

using icu::Normalizer2;
using icu::UnicodeString;

const Normalizer2& normalizer(const Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  const Normalizer2* found = get(error);
  if (U_FAILURE(error) || found == nullptr) throw std::runtime_error("ICU's normalisation data is missing");
  return *found;
}

UnicodeString normalized(const Normalizer2& form, const UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  UnicodeString out = form.normalize(text, error);
  return U_FAILURE(error) ? text : out;
}

UnicodeString from_utf8(std::string_view utf8) {
  return UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string to_utf8(const UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// The ASCII twin of a character that has no accent to take off; nullptr if there is none.
const char16_t* plain_twin(UChar32 c) {
  switch (c) {
    case 0x0111:  // đ
    case 0x00f0:
      return u"d";  // eth, which old fonts and keyboards give for it
    case 0x0110:
    case 0x00d0:
      return u"D";
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x02bc:
      return u"'";
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x00ab:
    case 0x00bb:
      return u"\"";
    case 0x2212:
      return u"-";
    case 0x2026:
      return u"...";
    case 0x00ad:
    case 0x200b:
    case 0xfeff:
      return u"";
    default:
      break;
  }
  switch (u_charType(c)) {
    case U_DASH_PUNCTUATION:
      return u"-";
    case U_SPACE_SEPARATOR:
      return u" ";
    default:
      return nullptr;
  }
}

bool is_mark(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK;
}

const Normalizer2& decomposition() {
  static const Normalizer2& form = normalizer(&Normalizer2::getNFDInstance);
  return form;
}

const Normalizer2& composition() {
  static const Normalizer2& form = normalizer(&Normalizer2::getNFCInstance);
  return form;
}

/// Marks off, twins in; composed again for the scripts whose letters come apart otherwise (Hangul).
UnicodeString stripped(const UnicodeString& text) {
  const UnicodeString apart = normalized(decomposition(), text);
  UnicodeString out;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (is_mark(c)) continue;
    if (const char16_t* twin = plain_twin(c)) {
      out.append(twin, -1);
    } else {
      out.append(c);
    }
  }
  return normalized(composition(), out);
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

std::string nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  return to_utf8(normalized(composition(), from_utf8(utf8)));
}

std::string strip_accents(std::string_view utf8) {
  return to_utf8(stripped(from_utf8(utf8)));
}

std::string fold(std::string_view utf8) {
  // Case first: folding it can bring up new marks and quotes (ŉ), while stripping brings up no capitals.
  const UnicodeString text = stripped(normalized(decomposition(), from_utf8(utf8)).foldCase());
  UnicodeString out;
  bool gap = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (!u_isalnum(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.isEmpty()) out.append(static_cast<UChar32>(' '));
    gap = false;
    out.append(c);
  }
  return to_utf8(out);
}

std::vector<std::string> fold_words(std::string_view utf8) {
  const std::string folded = fold(utf8);
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < folded.size()) {
    const std::size_t to = std::min(folded.find(' ', from), folded.size());
    words.push_back(folded.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

std::vector<std::string> words(std::string_view utf8) {
  const UnicodeString text =
      normalized(composition(), normalized(decomposition(), from_utf8(utf8)).foldCase());
  std::vector<std::string> out;
  UnicodeString word;
  const auto end_word = [&] {
    if (!word.isEmpty()) out.push_back(to_utf8(word));
    word.remove();
  };
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isalnum(c) || is_mark(c)) {
      word.append(c);
    } else {
      end_word();
    }
  }
  end_word();
  return out;
}

bool contains_words(std::string_view folded, std::string_view words) {
  if (words.empty()) return false;
  for (std::size_t at = folded.find(words); at != std::string_view::npos; at = folded.find(words, at + 1)) {
    const bool starts = at == 0 || folded[at - 1] == ' ';
    const std::size_t end = at + words.size();
    if (starts && (end == folded.size() || folded[end] == ' ')) return true;
  }
  return false;
}

}  // namespace tongdai::text
