#include "text/seen_words.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

using icu::Normalizer2;
using icu::UnicodeString;

constexpr std::size_t cut_anywhere_letters_min = 6;
constexpr std::size_t syllable_letters_max = 7;  // "nghieng"; what is longer was written without spaces

const Normalizer2& compatibility() {
  UErrorCode error = U_ZERO_ERROR;
  static const Normalizer2* const form = Normalizer2::getNFKDInstance(error);
  if (form == nullptr) throw std::runtime_error("ICU's normalisation data is missing");
  return *form;
}

const USpoofChecker& spoof_checker() {
  struct Closer {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
  };
  static const std::unique_ptr<USpoofChecker, Closer> checker = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<USpoofChecker, Closer> opened(uspoof_open(&error));
    if (U_FAILURE(error)) throw std::runtime_error("ICU's confusables data are missing");
    return opened;
  }();
  return *checker;
}

bool is_ascii_alnum(UChar32 c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The ASCII letter or digit that a foreign one looks like (UTS #39), else itself.
UChar32 look_alike(UChar32 c) {
  if (c >= 0x1f1e6 && c <= 0x1f1ff) return 'a' + (c - 0x1f1e6);  // flags' letters
  if (c >= 0x1f150 && c <= 0x1f169) return 'a' + (c - 0x1f150);  // white on black, round and square
  if (c >= 0x1f170 && c <= 0x1f189) return 'a' + (c - 0x1f170);
  if (const std::int32_t digit = u_charDigitValue(c); digit >= 0) return '0' + digit;
  UErrorCode error = U_ZERO_ERROR;
  UnicodeString like;
  uspoof_getSkeletonUnicodeString(&spoof_checker(), 0, UnicodeString(c), like, &error);
  if (U_FAILURE(error) || like.isEmpty()) return c;
  const UChar32 first = like.char32At(0);
  return is_ascii_alnum(first) ? first : c;
}

bool has_no_width(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_FORMAT_CHAR;
}
bool is_mark(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/// The letter that a sign between letters stands for; 0 for none.
UChar32 sign_as_letter(UChar32 c) {
  switch (c) {
    case '@':
      return 'a';
    case '$':
      return 's';
    case '!':
    case '|':
      return 'i';
    case 0xa9:  // ©
    case 0xa2:  // ¢
      return 'c';
    case 0x20ac:
      return 'e';
    default:
      return 0;
  }
}

char digit_as_letter(char c) {
  constexpr std::string_view letters = "oizeasgtbg";
  return letters[static_cast<std::size_t>(c - '0')];
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One spelling for what looks alike.
std::string settled(std::string word) {
  const bool mixed = std::ranges::any_of(word, is_digit) && !std::ranges::all_of(word, is_digit);
  for (char& c : word) {
    if (mixed && is_digit(c)) c = digit_as_letter(c);
    if (c == 'l') c = 'i';
  }
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t end = std::min(word.find_first_not_of(word[i], i), word.size());
    const bool is_drawn_out = end - i >= 3 && is_ascii_alnum(word[i]) && !is_digit(word[i]);
    out.append(is_drawn_out ? 1 : end - i, word[i]);
    i = end;
  }
  return out;
}

struct Glyph {
  UChar32 c = 0;  ///< looked through; 0xfffd for what is no letter and no ASCII sign
  std::size_t at = 0;
};

std::vector<Glyph> glyphs(std::string_view utf8) {
  const std::string composed = nfc(utf8);
  const UnicodeString text = UnicodeString::fromUTF8(composed);
  std::vector<Glyph> out;
  std::size_t at = 0;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 written = text.char32At(i);
    ++at;
    if (written < 0x80) {
      out.push_back({u_tolower(written), at});
      continue;
    }
    if (has_no_width(written)) continue;
    UErrorCode error = U_ZERO_ERROR;
    const UnicodeString apart = compatibility().normalize(UnicodeString(written), error);
    for (std::int32_t k = 0; k < apart.length(); k = apart.moveIndex32(k, 1)) {
      UChar32 c = apart.char32At(k);
      if (is_mark(c) || has_no_width(c)) continue;
      if (c == 0x3002) c = '.';                            // the ideographs' full stop
      if (c == 0x111 || c == 0x110 || c == 0xf0) c = 'd';  // đ, and the eth of old texts
      if (c >= 0x80 && (u_isalnum(c) || c >= 0x1f000)) c = look_alike(c);
      out.push_back({u_foldCase(c, U_FOLD_CASE_DEFAULT), at});
    }
  }
  return out;
}

/// Letters that look like no ASCII letter are kept as they are: names may be written so.
void append(std::string& word, UChar32 c) {
  UnicodeString(c).toUTF8String(word);
}

bool equal_from(const std::vector<SeenWord>& text, std::size_t from, std::string_view letters, bool is_long) {
  std::size_t word = from;
  bool single = true;
  while (!letters.empty() && word < text.size()) {
    const std::string& next = text[word].letters;
    if (!letters.starts_with(next)) return false;
    letters.remove_prefix(next.size());
    single = single && next.size() == 1;
    ++word;
  }
  return letters.empty() && (is_long || single || word == from + 1);
}

bool words_from(const std::vector<SeenWord>& text, std::size_t from, const std::vector<std::string>& phrase) {
  if (from + phrase.size() > text.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (text[from + i].letters != phrase[i]) return false;
  }
  return true;
}

}  // namespace

std::vector<SeenChar> seen_chars(std::string_view utf8) {
  std::vector<SeenChar> out;
  for (const Glyph& g : glyphs(utf8)) {
    out.push_back({g.c < 0x80 ? static_cast<char32_t>(g.c) : U'\uFFFD', g.at});
  }
  return out;
}

std::vector<SeenWord> seen_words(std::string_view utf8) {
  const std::vector<Glyph> text = glyphs(utf8);
  std::vector<SeenWord> words;
  SeenWord word;
  const auto end_word = [&] {
    if (!word.letters.empty()) words.push_back({settled(std::move(word.letters)), word.at});
    word = {};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    UChar32 c = text[i].c;
    const bool goes_on = i + 1 < text.size() && u_isalnum(text[i + 1].c);
    const bool ends_sentences = c == '!' || c == '|';  // at a word's end no letters
    const bool inside = !word.letters.empty() && (goes_on || !ends_sentences);
    if (const UChar32 letter = sign_as_letter(c); letter != 0 && inside) c = letter;
    if (!u_isalnum(c)) {
      end_word();
      continue;
    }
    if (word.letters.empty()) word.at = text[i].at;
    append(word.letters, c);
  }
  end_word();
  return words;
}

std::vector<std::string> seen_letters(std::string_view utf8) {
  std::vector<std::string> letters;
  for (SeenWord& w : seen_words(utf8)) letters.push_back(std::move(w.letters));
  return letters;
}

std::optional<std::size_t> find_seen(const std::vector<SeenWord>& text,
                                     const std::vector<std::string>& phrase) {
  std::string letters;
  for (const std::string& word : phrase) letters += word;
  if (letters.empty()) return std::nullopt;
  const bool is_long = letters.size() >= cut_anywhere_letters_min;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (words_from(text, i, phrase) || equal_from(text, i, letters, is_long)) return text[i].at;
    const bool run_together = is_long && text[i].letters.size() > syllable_letters_max;
    if (run_together && phrase.size() > 1 && text[i].letters.contains(letters)) return text[i].at;
  }
  return std::nullopt;
}

}  // namespace tongdai::text
