#include "text/tokens.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

/// What one character gives to a word.
struct Piece {
  std::string folded;  ///< "" for a mark
  std::string spelt;
  char tone = 0;             ///< of the word, 0 for none
  bool cuts_before = false;  ///< ends the word before it
  bool cuts_after = false;
};

/// The five tones of Vietnamese; 0 for what is none.
char tone_of(UChar32 mark) {
  switch (mark) {
    case 0x0300:
      return '`';
    case 0x0301:
      return '\'';
    case 0x0309:
      return '?';
    case 0x0303:
      return '~';
    case 0x0323:
      return '.';
    default:
      return 0;
  }
}

std::string utf8_of(UChar32 c) {
  std::string out;
  icu::UnicodeString(c).toUTF8String(out);
  return out;
}

/// The marks of a character apart: those of the letter stay behind it, the tone goes to the word's end.
void take_marks(UChar32 c, Piece& piece) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error) || apart == nullptr) return;
  const icu::UnicodeString letters = apart->normalize(icu::UnicodeString(c), error);
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 mark = letters.char32At(i);
    if (u_charType(mark) != U_NON_SPACING_MARK) continue;
    if (const char tone = tone_of(mark)) {
      piece.tone = tone;
    } else {
      piece.spelt += utf8_of(mark);
    }
  }
}

/// fold itself says what a character between two letters becomes.
Piece look_at(UChar32 c) {
  Piece piece;
  const std::string between = fold("a" + utf8_of(c) + "a");
  std::string_view inner(between);
  inner.remove_prefix(1);
  inner.remove_suffix(1);
  piece.cuts_before = inner.starts_with(' ');
  piece.cuts_after = inner.ends_with(' ');
  for (const char letter : inner) {
    if (letter != ' ') piece.folded += letter;
  }
  const bool stroke = c == 0x0111 || c == 0x0110;  // đ has no mark to take off
  piece.spelt = stroke ? utf8_of(0x0111) : piece.folded;
  take_marks(c, piece);
  return piece;
}

/// Latin, Greek, Thai, all that is written here: looked at once.
constexpr UChar32 known_end = 0x2000;

const Piece& piece_of(UChar32 c) {
  static const std::vector<Piece> known = [] {
    std::vector<Piece> all;
    all.reserve(known_end);
    for (UChar32 each = 0; each < known_end; ++each) all.push_back(look_at(each));
    return all;
  }();
  return known[static_cast<std::size_t>(c)];
}

/// Beyond: a letter is itself, a character of no width is nothing, the rest parts words.
Piece rare_piece(UChar32 c) {
  Piece piece;
  if (u_isalnum(c)) {
    piece.folded = utf8_of(u_foldCase(c, U_FOLD_CASE_DEFAULT));
    piece.spelt = piece.folded;
  } else {
    const auto type = u_charType(c);
    piece.cuts_before = piece.cuts_after = type != U_FORMAT_CHAR && type != U_NON_SPACING_MARK;
  }
  return piece;
}

class Cutter {
 public:
  Cutter(std::vector<Token>& out, std::size_t words_max) : out_(out), words_max_(words_max) {}

  [[nodiscard]] bool full() const { return out_.size() >= words_max_; }
  void take(const Piece& piece, std::size_t at) {
    if (piece.cuts_before) end();
    if (!piece.folded.empty()) {
      if (word_.folded.empty()) word_.from = at;
      word_.folded += piece.folded;
    }
    if (!word_.folded.empty()) {
      word_.spelt += piece.spelt;
      if (piece.tone != 0) tone_ = piece.tone;
      word_.length = at + 1 - word_.from;
    }
    if (piece.cuts_after) end();
  }
  void end() {
    if (!word_.folded.empty() && !full()) {
      if (tone_ != 0) word_.spelt += tone_;
      out_.push_back(std::move(word_));
    }
    word_ = {};
    tone_ = 0;
  }

 private:
  std::vector<Token>& out_;
  std::size_t words_max_;
  Token word_;
  char tone_ = 0;
};

}  // namespace

std::vector<Token> tokens(std::string_view utf8, std::size_t words_max) {
  std::vector<Token> out;
  Cutter cutter(out, words_max);
  const char* bytes = utf8.data();
  const auto size = static_cast<std::int32_t>(utf8.size());
  std::int32_t i = 0;
  std::size_t at = 0;
  while (i < size && !cutter.full()) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0 && c < known_end) {
      cutter.take(piece_of(c), at);
    } else {
      cutter.take(rare_piece(c < 0 ? 0xfffd : c), at);
    }
    ++at;
  }
  cutter.end();
  return out;
}

}  // namespace tongdai::text
