#include "gateway_adapters/smpp/codec/alphabet.hpp"

#include <algorithm>

#include "text/encoding.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::string_view unreadable = "\xef\xbf\xbd";  // U+FFFD

bool is_ascii(View octets) {
  return std::ranges::all_of(octets, [](std::uint8_t octet) { return octet < 0x80; });
}

/// Is it what ASCII text is made of: printable, or white space?
bool is_plain(View octets) {
  return std::ranges::all_of(octets, [](std::uint8_t octet) {
    return (octet >= 0x20 && octet < 0x7f) || octet == '\n' || octet == '\r' || octet == '\t';
  });
}

/// A NUL would end the text for whoever reads it next.
Words finish(std::string utf8, bool guessed) {
  while (utf8.ends_with('\0')) utf8.pop_back();
  for (auto at = utf8.find('\0'); at != std::string::npos; at = utf8.find('\0', at))
    utf8.replace(at, 1, unreadable);
  Words words{std::move(utf8), guessed, 0};
  for (auto at = words.utf8.find(unreadable); at != std::string::npos;
       at = words.utf8.find(unreadable, at + unreadable.size()))
    ++words.replaced;
  return words;
}

std::string as_is(View octets) {
  return {octets.begin(), octets.end()};
}

std::string from_latin1(View octets) {
  std::string utf8;
  for (const std::uint8_t octet : octets) {
    if (octet < 0x80) {
      utf8.push_back(static_cast<char>(octet));
    } else if (octet < 0xa0) {  // control codes
      utf8 += unreadable;
    } else {
      utf8.push_back(static_cast<char>(0xc0 | octet >> 6));
      utf8.push_back(static_cast<char>(0x80 | (octet & 0x3f)));
    }
  }
  return utf8;
}

/// Big-endian, unless a byte order mark says otherwise; a mark itself is no text.
std::string from_ucs2(View octets) {
  Bytes units(octets.begin(), octets.end());
  if (units.size() < 2) return text::from_ucs2(units);
  const bool little = units[0] == 0xff && units[1] == 0xfe;
  if (little) {
    for (std::size_t i = 0; i + 1 < units.size(); i += 2) std::swap(units[i], units[i + 1]);
  }
  if (units[0] == 0xfe && units[1] == 0xff) units.erase(units.begin(), units.begin() + 2);
  return text::from_ucs2(units);
}

/// Every high octet is one that Vietnamese and English need: basic and extended Latin, combining marks, the
/// vowels with tones, punctuation.
bool looks_ucs2(View octets) {
  if (octets.empty() || octets.size() % 2 != 0) return false;
  bool any = false;
  for (std::size_t i = 0; i < octets.size(); i += 2) {
    const std::uint8_t high = octets[i];
    if (high != 0x00 && high != 0x01 && high != 0x03 && high != 0x1e && high != 0x20) return false;
    any = any || high != 0x20;
  }
  return any;
}

Words from_eight_bits(View octets) {
  std::string utf8 = as_is(octets);
  return finish(text::is_valid_utf8(utf8) ? std::move(utf8) : from_latin1(octets), true);
}

}  // namespace

std::optional<Alphabet> alphabet_of(std::uint8_t data_coding, Alphabet default_alphabet) noexcept {
  switch (data_coding) {
    case 0x00:
      return default_alphabet;
    case 0x01:
      return Alphabet::ascii;
    case 0x03:
      return Alphabet::latin1;
    case data_coding_ucs2:
      return Alphabet::ucs2;
    default:
      break;
  }
  if (data_coding < 0x10) return std::nullopt;
  const std::uint8_t group = data_coding >> 4;
  if (group < 0x8) {  // general and automatic deletion: bit 5 compressed, bits 3 and 2 the alphabet
    if ((data_coding & 0x20) != 0) return std::nullopt;
    if ((data_coding & 0x0c) == 0x00) return default_alphabet;
    if ((data_coding & 0x0c) == 0x08) return Alphabet::ucs2;
    return std::nullopt;
  }
  if (group == 0xc || group == 0xd) return default_alphabet;               // message waiting
  if (group == 0xe) return Alphabet::ucs2;                                 // message waiting, UCS-2
  if (group == 0xf && (data_coding & 0x04) == 0) return default_alphabet;  // message class
  return std::nullopt;
}

Result<Bytes> to_alphabet(std::string_view utf8, Alphabet alphabet) {
  if (!text::is_valid_utf8(utf8)) return fail(Code::invalid, "text must be well-formed UTF-8");
  if (alphabet == Alphabet::gsm7) return text::to_gsm7(utf8);
  Bytes units = text::to_ucs2(utf8);
  if (alphabet == Alphabet::ucs2) return units;
  const std::uint8_t last = alphabet == Alphabet::ascii ? 0x7f : 0xff;
  Bytes octets;
  octets.reserve(units.size() / 2);
  for (std::size_t i = 0; i + 1 < units.size(); i += 2) {
    const bool control = units[i + 1] >= 0x80 && units[i + 1] < 0xa0;
    if (units[i] != 0 || units[i + 1] > last || control)
      return fail(Code::invalid,
                  "character " + std::to_string(i / 2 + 1) + " is not in " + std::string(name_of(alphabet)));
    octets.push_back(units[i + 1]);
  }
  return octets;
}

Words from_alphabet(View octets, Alphabet alphabet) {
  switch (alphabet) {
    case Alphabet::gsm7:
      if (is_ascii(octets)) return finish(text::from_gsm7(Bytes(octets.begin(), octets.end())), false);
      break;
    case Alphabet::ascii:
      if (is_ascii(octets)) return finish(as_is(octets), false);
      break;
    case Alphabet::latin1:
      return finish(from_latin1(octets), false);
    case Alphabet::ucs2:
      return finish(from_ucs2(octets), false);
  }
  return from_eight_bits(octets);
}

Words guess_words(View octets, Alphabet default_alphabet) {
  Words words;
  if (is_plain(octets)) {
    words = finish(as_is(octets), true);
  } else if (looks_ucs2(octets)) {
    words = from_alphabet(octets, Alphabet::ucs2);
  } else if (is_ascii(octets)) {
    words = from_alphabet(octets, default_alphabet);
  } else {
    words = from_eight_bits(octets);
  }
  words.guessed = true;
  return words;
}

}  // namespace tongdai::gateway::smpp
