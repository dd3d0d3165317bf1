#include "text/digit_runs.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t gap_chars_max = 6;  // between two digits of one number
constexpr std::size_t lettered_digits_min = 3;

constexpr std::array<std::string_view, 25> spelled_digits{
    "khong", "mot", "hai",   "ba",   "bon",  "tu",  "nam",   "lam",   "sau",  "bay", "tam",  "chin", "zero",
    "one",   "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh",  "muoi", "tram"};

enum class Kind : std::uint8_t {
  digits,   ///< written as such, or with letters that look like them
  spelled,  ///< one digit as a word
  gap,      ///< blanks and marks
  other,    ///< ends a run
};

struct Piece {
  Kind kind = Kind::other;
  std::size_t from = 0, to = 0;  ///< bytes
  std::size_t at = 0;            ///< character
  std::size_t digits = 0;        ///< of a gap its characters
};

struct Character {
  UChar32 c = 0;
  std::size_t from = 0, to = 0;
};

std::vector<Character> characters(std::string_view utf8) {
  std::vector<Character> out;
  const auto size = static_cast<std::int32_t>(utf8.size());
  std::int32_t i = 0;
  while (i < size) {
    const std::int32_t from = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(utf8.data(), i, size, c);
    out.push_back({c, static_cast<std::size_t>(from), static_cast<std::size_t>(i)});
  }
  return out;
}

bool is_digit(UChar32 c) {
  return u_charDigitValue(c) >= 0;
}
/// Struck through or accented, a digit is one all the same.
bool is_mark(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK;
}
bool is_word(UChar32 c) {
  return u_isalnum(c) || is_mark(c);
}
bool is_gap(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_SPACE_SEPARATOR || type == U_DASH_PUNCTUATION || type == U_FORMAT_CHAR ||
         (c < 0x80 && std::string_view(" .,-/_*()+:;\t\n\r").contains(static_cast<char>(c)));
}
bool looks_like_digit(UChar32 c) {
  return is_digit(c) || is_mark(c) || (c < 0x80 && std::string_view("oOlI").contains(static_cast<char>(c)));
}

Piece word_piece(std::string_view utf8, const std::vector<Character>& text, std::size_t from,
                 std::size_t to) {
  Piece piece{Kind::other, text[from].from, text[to - 1].to, from + 1, 0};
  const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(to);
  const auto digits = std::count_if(begin, end, [](const Character& c) { return is_digit(c.c); });
  const auto marks = std::count_if(begin, end, [](const Character& c) { return is_mark(c.c); });
  const bool lettered = static_cast<std::size_t>(digits) >= lettered_digits_min &&
                        std::all_of(begin, end, [](const Character& c) { return looks_like_digit(c.c); });
  if ((digits > 0 && digits + marks == end - begin) || lettered) {
    piece.kind = Kind::digits;
    piece.digits = static_cast<std::size_t>(end - begin - marks);
  } else if (digits == 0) {
    const std::string word = fold(utf8.substr(piece.from, piece.to - piece.from));
    const bool is_spelled = std::ranges::find(spelled_digits, word) != spelled_digits.end();
    piece.kind = is_spelled ? Kind::spelled : Kind::other;
    piece.digits = is_spelled ? 1 : 0;
  }
  return piece;
}

/// Where the rest of a word from `from` on is a piece: digits at the edge of letters ("goi0912...",
/// "0912...nhe") are one of their own. `like_digits`: where the word's end begins that only looks like
/// digits.
std::size_t piece_end(const std::vector<Character>& text, std::size_t from, std::size_t to,
                      std::size_t like_digits) {
  if (from >= like_digits) return to;
  std::size_t end = from;
  const bool digits = is_digit(text[from].c);
  while (end < to && (is_mark(text[end].c) || is_digit(text[end].c) == digits)) ++end;
  return end;
}

/// Each character is looked at a few times at most: the text may be a stranger's, and long.
void add_word(std::string_view utf8, const std::vector<Character>& text, std::size_t from, std::size_t to,
              std::vector<Piece>& out) {
  std::size_t like_digits = to;
  while (like_digits > from && looks_like_digit(text[like_digits - 1].c)) --like_digits;
  while (from < to) {
    const std::size_t end = piece_end(text, from, to, like_digits);
    out.push_back(word_piece(utf8, text, from, end));
    from = end;
  }
}

std::vector<Piece> pieces(std::string_view utf8) {
  const std::vector<Character> text = characters(utf8);
  std::vector<Piece> out;
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_word(text[i].c)) {
      std::size_t to = i;
      while (to < text.size() && is_word(text[to].c)) ++to;
      add_word(utf8, text, i, to, out);
      i = to;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !is_word(text[end].c)) ++end;
    const bool gap = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i),
                                 text.begin() + static_cast<std::ptrdiff_t>(end),
                                 [](const Character& c) { return is_gap(c.c); });
    out.push_back({gap && end - i <= gap_chars_max ? Kind::gap : Kind::other, text[i].from, text[end - 1].to,
                   i + 1, end - i});
    i = end;
  }
  return out;
}

/// The number that a piece is, if it is written in one or two, or four, ASCII digits.
std::optional<int> value_of(std::string_view utf8, const Piece& piece) {
  const std::string_view written = utf8.substr(piece.from, piece.to - piece.from);
  if (piece.kind != Kind::digits || written.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : written) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Pieces that are a day or a time are none of a number.
class Calendar {
 public:
  Calendar(std::string_view utf8, std::vector<Piece>& all) : utf8_(utf8), all_(all) {}
  void take_out() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!stands_free(i)) continue;
      if (is_day(i)) {
        drop(i, 5);
      } else if (is_time(i)) {
        drop(i, 3);
      }
    }
  }

 private:
  [[nodiscard]] bool joined(std::size_t i, std::string_view mark) const {
    return i < all_.size() && all_[i].kind == Kind::gap &&
           utf8_.substr(all_[i].from, all_[i].to - all_[i].from) == mark;
  }
  [[nodiscard]] std::optional<int> number(std::size_t i, std::size_t width_min, std::size_t width_max) const {
    if (i >= all_.size() || all_[i].digits < width_min || all_[i].digits > width_max) return std::nullopt;
    return value_of(utf8_, all_[i]);
  }
  [[nodiscard]] static bool within(std::optional<int> n, int least, int most) {
    return n && *n >= least && *n <= most;
  }
  [[nodiscard]] bool stands_free(std::size_t i) const {
    return i == 0 || all_[i - 1].kind == Kind::other ||
           utf8_.substr(all_[i - 1].from, all_[i - 1].to - all_[i - 1].from).contains(' ');
  }
  [[nodiscard]] bool is_day(std::size_t i) const {
    const bool year_first = joined(i + 1, "-") && joined(i + 3, "-") && within(number(i, 4, 4), 1900, 2100) &&
                            within(number(i + 2, 2, 2), 1, 12) && within(number(i + 4, 2, 2), 1, 31);
    const bool day_first =
        ((joined(i + 1, "/") && joined(i + 3, "/")) || (joined(i + 1, "-") && joined(i + 3, "-"))) &&
        within(number(i, 1, 2), 1, 31) && within(number(i + 2, 1, 2), 1, 12) &&
        within(number(i + 4, 4, 4), 1900, 2100);
    return year_first || day_first;
  }
  [[nodiscard]] bool is_time(std::size_t i) const {
    return joined(i + 1, ":") && within(number(i, 1, 2), 0, 24) && within(number(i + 2, 2, 2), 0, 59);
  }
  void drop(std::size_t i, std::size_t count) {
    for (std::size_t k = i; k < i + count; ++k) all_[k].kind = Kind::other;
  }

  std::string_view utf8_;
  std::vector<Piece>& all_;
};

/// A lone word among long groups is no digit: "11 nam 2021" says a year.
void keep_true_words(std::vector<Piece>& all) {
  const auto near = [&](std::size_t i, std::ptrdiff_t step) {
    const auto k = static_cast<std::ptrdiff_t>(i) + 2 * step;
    if (k < 0 || k >= static_cast<std::ptrdiff_t>(all.size())) return false;
    const auto gap = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) + step);
    const Piece& other = all[static_cast<std::size_t>(k)];
    return all[gap].kind == Kind::gap && other.digits == 1 &&
           (other.kind == Kind::spelled || other.kind == Kind::digits);
  };
  std::vector<std::size_t> lone;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind == Kind::spelled && !near(i, -1) && !near(i, 1)) lone.push_back(i);
  }
  for (const std::size_t i : lone) all[i].kind = Kind::other;
}

}  // namespace

std::vector<DigitRun> digit_runs(std::string_view utf8, std::size_t digits_min) {
  std::vector<Piece> all = pieces(utf8);
  Calendar(utf8, all).take_out();
  keep_true_words(all);
  std::vector<DigitRun> runs;
  DigitRun run;
  const auto end_run = [&] {
    if (run.digits >= digits_min) runs.push_back(run);
    run = {};
  };
  for (const Piece& piece : all) {
    if (piece.kind == Kind::other) {
      end_run();
    } else if (piece.kind != Kind::gap) {
      if (run.digits == 0) run = {piece.from, piece.to, 0, piece.at};
      run.digits += piece.digits;
      run.to = piece.to;
    }
  }
  end_run();
  return runs;
}

std::string without_digit_runs(std::string_view utf8, std::size_t digits_min) {
  std::string out;
  std::size_t done = 0;
  for (const DigitRun& run : digit_runs(utf8, digits_min)) {
    out += utf8.substr(done, run.from - done);
    out += "***";
    done = run.to;
  }
  return out += utf8.substr(done);
}

}  // namespace tongdai::text
