#include "text/template.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "text/fold.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t name_bytes_max = 40;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Which character of `text` the byte at `at` belongs to, from 1.
std::size_t character_at(std::string_view text, std::size_t at) {
  return static_cast<std::size_t>(std::ranges::count_if(
             text.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })) +
         1;
}

std::unexpected<Error> fault_at(std::string_view body, std::size_t at, std::string_view what) {
  return fail(Code::invalid, fmt::format("character {}: {}", character_at(body, at), what));
}

/// "laichau.vn", "a.b.com/x": a dot between a letter or digit and two letters or more. "2.500.000" and
/// "Nguyen V.A" are none.
bool has_domain(std::string_view text) {
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    if (dot == 0 || dot + 2 >= text.size()) continue;
    if (!is_letter(text[dot - 1]) && !is_digit(text[dot - 1])) continue;
    if (is_letter(text[dot + 1]) && is_letter(text[dot + 2])) return true;
  }
  return false;
}

/// False only for what can be no link, with accents or without: most names, which then need no closer look.
/// Every mark of a link has a dot or a colon, or is "http": four letters in a row, each of h, t and p or not
/// of ASCII.
bool may_be_link(std::string_view text) {
  if (text.find_first_of(".:") != std::string_view::npos || text.find("…") != std::string_view::npos)
    return true;
  std::size_t in_a_row = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;  // of the character before
    const bool fits = byte >= 0x80U || std::string_view("hHtTpP").find(c) != std::string_view::npos;
    in_a_row = fits ? in_a_row + 1 : 0;
    if (in_a_row == 4) return true;
  }
  return false;
}

bool reads_as_link(std::string_view text) {
  if (!may_be_link(text)) return false;
  std::string lower = strip_accents(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view mark : {"://", "www.", "http"}) {
    if (lower.find(mark) != std::string::npos) return true;
  }
  return has_domain(lower);
}

bool turns_direction(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

/// A letter of the Latin script with its marks in it, as Vietnamese is written, or a sign of ASCII that is
/// seen: in NFC as it stands, whatever stands beside it.
bool is_plain_character(UChar32 c) {
  if (c < 0x7f) return c > ' ' && c != '{' && c != '}';
  return (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff);
}

/// True only for what is a clean value but for links: nearly all names, which then need no closer look.
bool is_plain_line(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());  // NOLINT(*-reinterpret-cast)
  const auto size = static_cast<std::int32_t>(text.size());
  std::size_t characters = 0;
  bool after_space = true;  // none at the begin, and never two
  for (std::int32_t at = 0; at < size; ++characters) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c == ' ' ? after_space : !is_plain_character(c)) return false;
    after_space = c == ' ';
  }
  return !after_space && characters <= value_chars_max;
}

/// In one line, and nothing that is not seen; spaces in a row are one.
icu::UnicodeString in_one_line(const icu::UnicodeString& text) {
  icu::UnicodeString line;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool is_space = u_isUWhiteSpace(c) || u_iscntrl(c);
    if (is_space) {
      if (!line.isEmpty() && !line.endsWith(u" ", 1)) line.append(u' ');
    } else if (c != '{' && c != '}' && !turns_direction(c)) {
      line.append(c);
    }
  }
  return line.trim();
}

/// Its first value_chars_max characters, the marks that stand on the last one included.
icu::UnicodeString cut(const icu::UnicodeString& text) {
  std::size_t characters = 0;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (u_hasBinaryProperty(text.char32At(i), UCHAR_GRAPHEME_EXTEND)) continue;
    if (++characters > value_chars_max) return icu::UnicodeString(text, 0, i).trim();
  }
  return text;
}

}  // namespace

bool is_placeholder(std::string_view name) noexcept {
  return !name.empty() && name.size() <= name_bytes_max &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

Result<Template> Template::parse(std::string_view body) {
  struct Place {
    std::string name;
    std::size_t piece;
  };
  Template parsed;
  std::vector<Place> places;
  std::string words;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (c != '{' && c != '}') {
      words += c;
      continue;
    }
    if (at + 1 < body.size() && body[at + 1] == c) {
      words += c;
      ++at;
      continue;
    }
    if (c == '}') return fault_at(body, at, "\"}\" closes nothing; \"}}\" stands for a brace");
    const std::size_t end = body.find_first_of("{}", at + 1);
    if (end == std::string_view::npos || body[end] == '{')
      return fault_at(body, at, "\"{\" is not closed; \"{{\" stands for a brace");
    const std::string_view name = body.substr(at + 1, end - at - 1);
    if (!is_placeholder(name)) {
      return fault_at(
          body, at,
          fmt::format("a placeholder's name is of a-z, 0-9 and _, such as {{name}}, and at most {} "
                      "characters; \"{{{{\" stands for a brace",
                      name_bytes_max));
    }
    if (!words.empty()) parsed.pieces_.push_back({std::exchange(words, {}), std::nullopt});
    places.push_back({std::string(name), parsed.pieces_.size()});
    parsed.pieces_.push_back({});
    at = end;
  }
  if (!words.empty()) parsed.pieces_.push_back({std::move(words), std::nullopt});
  for (const Place& p : places) parsed.names_.push_back(p.name);
  std::ranges::sort(parsed.names_);
  parsed.names_.erase(std::ranges::unique(parsed.names_).begin(), parsed.names_.end());
  for (const Place& p : places) {
    parsed.pieces_[p.piece].placeholder =
        static_cast<std::size_t>(std::ranges::lower_bound(parsed.names_, p.name) - parsed.names_.begin());
  }
  return parsed;
}

std::string Template::render(std::span<const std::string> values) const {
  std::string out;
  for (const Piece& piece : pieces_) out += piece.placeholder ? values[*piece.placeholder] : piece.words;
  return out;
}

std::string clean_value(std::string_view written) {
  if (written.empty()) return {};
  if (is_plain_line(written)) return reads_as_link(written) ? std::string() : std::string(written);
  const std::string composed = nfc(written);
  const auto text = in_one_line(icu::UnicodeString::fromUTF8(
      icu::StringPiece(composed.data(), static_cast<std::int32_t>(composed.size()))));
  std::string line;
  text.toUTF8String(line);
  if (reads_as_link(line)) return {};
  std::string out;
  cut(text).toUTF8String(out);
  return out;
}

}  // namespace tongdai::text
