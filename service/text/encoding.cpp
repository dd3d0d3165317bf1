#include "text/encoding.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <set>

#include "text/fold.hpp"
#include "text/gsm7_table.hpp"

namespace tongdai::text {
namespace {

constexpr std::size_t gsm7_single = 160, gsm7_part = 153;
constexpr std::size_t ucs2_single = 70, ucs2_part = 67;

icu::UnicodeString composed(std::string_view utf8) {
  const std::string text = nfc(utf8);
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

bool fits(const icu::UnicodeString& text) {
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (!gsm7_find(text.charAt(i))) return false;
  }
  return true;
}

/// What the character at `i` costs; a surrogate pair is one character of two units.
std::size_t cost_at(const icu::UnicodeString& text, std::int32_t i, Encoding encoding) {
  if (encoding == Encoding::ucs2) return text.char32At(i) > 0xffff ? 2 : 1;
  const auto place = gsm7_find(text.charAt(i));
  return place && place->extended ? 2 : 1;
}

/// Where the character at `i` ends together with the marks that stand on it.
std::int32_t cluster_end(const icu::UnicodeString& text, std::int32_t i) {
  i = text.moveIndex32(i, 1);
  while (i < text.length() && u_hasBinaryProperty(text.char32At(i), UCHAR_GRAPHEME_EXTEND))
    i = text.moveIndex32(i, 1);
  return i;
}

std::size_t units_between(const icu::UnicodeString& text, std::int32_t from, std::int32_t to,
                          Encoding encoding) {
  std::size_t units = 0;
  for (std::int32_t i = from; i < to; i = text.moveIndex32(i, 1)) units += cost_at(text, i, encoding);
  return units;
}

/// The ends of the parts, cut between characters.
std::vector<std::int32_t> cuts(const icu::UnicodeString& text, Encoding encoding) {
  const bool gsm7 = encoding == Encoding::gsm7;
  if (units_between(text, 0, text.length(), encoding) <= (gsm7 ? gsm7_single : ucs2_single))
    return {text.length()};
  const std::size_t room = gsm7 ? gsm7_part : ucs2_part;
  std::vector<std::int32_t> ends;
  std::size_t used = 0;
  const auto put = [&](std::int32_t at, std::size_t cost) {
    if (used + cost > room) {
      ends.push_back(at);
      used = 0;
    }
    used += cost;
  };
  for (std::int32_t i = 0, end = 0; i < text.length(); i = end) {
    end = cluster_end(text, i);
    const std::size_t cost = units_between(text, i, end, encoding);
    if (cost <= room) {
      put(i, cost);
    } else {  // more marks than a part can hold
      for (; i < end; i = text.moveIndex32(i, 1)) put(i, cost_at(text, i, encoding));
    }
  }
  ends.push_back(text.length());
  return ends;
}

/// How most texts are measured: in one part of GSM-7, each character for itself.
std::optional<Measure> measure_short_ascii(std::string_view text) {
  if (text.size() > gsm7_single || !is_ascii(text)) return std::nullopt;
  std::size_t units = 0;
  for (const char c : text) {
    const auto place = gsm7_find(static_cast<char16_t>(c));
    if (!place) return std::nullopt;
    units += place->extended ? 2 : 1;
  }
  if (units > gsm7_single) return std::nullopt;
  return Measure{Encoding::gsm7, units, 1};
}

}  // namespace

bool is_valid_utf8(std::string_view text) noexcept {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::size_t parts_of(std::size_t units, Encoding encoding) noexcept {
  const bool gsm7 = encoding == Encoding::gsm7;
  if (units <= (gsm7 ? gsm7_single : ucs2_single)) return 1;
  const std::size_t room = gsm7 ? gsm7_part : ucs2_part;
  return (units + room - 1) / room;
}

std::size_t units_left(const Measure& measure) noexcept {
  const bool gsm7 = measure.encoding == Encoding::gsm7;
  const std::size_t room = measure.parts <= 1 ? (gsm7 ? gsm7_single : ucs2_single)
                                              : measure.parts * (gsm7 ? gsm7_part : ucs2_part);
  return room > measure.units ? room - measure.units : 0;
}

bool fits_gsm7(std::string_view utf8) {
  return fits(composed(utf8));
}

std::vector<Outsider> outside_gsm7(std::string_view utf8) {
  const icu::UnicodeString text = composed(utf8);
  std::vector<Outsider> outsiders;
  std::set<char32_t> seen;
  std::size_t at = 0;
  for (std::int32_t i = 0, end = 0; i < text.length(); i = end) {
    end = text.moveIndex32(i, 1);
    ++at;
    const UChar32 c = text.char32At(i);
    if (c <= 0xffff && gsm7_find(static_cast<char16_t>(c))) continue;
    if (!seen.insert(static_cast<char32_t>(c)).second) continue;
    Outsider outsider{"", at};
    icu::UnicodeString(c).toUTF8String(outsider.character);
    outsiders.push_back(std::move(outsider));
  }
  return outsiders;
}

Measure measure(std::string_view utf8) {
  if (const auto plain = measure_short_ascii(utf8)) return *plain;
  const icu::UnicodeString text = composed(utf8);
  Measure m;
  m.encoding = fits(text) ? Encoding::gsm7 : Encoding::ucs2;
  m.units = units_between(text, 0, text.length(), m.encoding);
  m.parts = cuts(text, m.encoding).size();
  return m;
}

Result<std::vector<std::string>> split(std::string_view utf8) {
  const icu::UnicodeString text = composed(utf8);
  const auto ends = cuts(text, fits(text) ? Encoding::gsm7 : Encoding::ucs2);
  if (ends.size() > parts_max) {
    return fail(Code::limit,
                "must fit into " + std::to_string(parts_max) + " parts, got " + std::to_string(ends.size()));
  }
  std::vector<std::string> parts;
  std::int32_t from = 0;
  for (const std::int32_t to : ends) {
    std::string part;
    text.tempSubStringBetween(from, to).toUTF8String(part);
    parts.push_back(std::move(part));
    from = to;
  }
  return parts;
}

Result<std::vector<std::uint8_t>> to_gsm7(std::string_view utf8) {
  const icu::UnicodeString text = composed(utf8);
  std::vector<std::uint8_t> septets;
  septets.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const auto place = gsm7_find(text.charAt(i));
    if (!place)
      return fail(Code::invalid, "character " + std::to_string(i + 1) + " is not in the GSM 7-bit alphabet");
    if (place->extended) septets.push_back(gsm7_escape);
    septets.push_back(place->septet);
  }
  return septets;
}

std::string from_gsm7(const std::vector<std::uint8_t>& septets) {
  icu::UnicodeString text;
  for (std::size_t i = 0; i < septets.size(); ++i) {
    const bool escaped = septets[i] == gsm7_escape && i + 1 < septets.size();
    text.append(escaped ? gsm7_extension(septets[++i]) : gsm7_character(septets[i]));
  }
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::vector<std::uint8_t> to_ucs2(std::string_view utf8) {
  const icu::UnicodeString text = composed(utf8);
  std::vector<std::uint8_t> octets;
  octets.reserve(static_cast<std::size_t>(text.length()) * 2);
  for (std::int32_t i = 0; i < text.length(); ++i) {
    octets.push_back(static_cast<std::uint8_t>(text.charAt(i) >> 8));
    octets.push_back(static_cast<std::uint8_t>(text.charAt(i) & 0xff));
  }
  return octets;
}

std::string from_ucs2(const std::vector<std::uint8_t>& octets) {
  icu::UnicodeString text;
  for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
    text.append(static_cast<char16_t>(octets[i] << 8 | octets[i + 1]));
  }
  if (octets.size() % 2 == 1) text.append(u'\ufffd');
  std::string out;
  text.toUTF8String(out);  // lone surrogates become U+FFFD
  return out;
}

}  // namespace tongdai::text
