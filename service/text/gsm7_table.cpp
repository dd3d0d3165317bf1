#include "text/gsm7_table.hpp"

#include <array>
#include <unordered_map>
#include <utility>

namespace tongdai::text {

namespace {

/// 3GPP TS 23.038 §6.2.1, by septet.
constexpr std::array<char16_t, 128> gsm7_default{
    u'@', u'£', u'$', u'¥', u'è', u'é', u'ù', u'ì',  u'ò', u'Ç', u'\n', u'Ø',    u'ø', u'\r', u'Å', u'å',
    u'Δ', u'_', u'Φ', u'Γ', u'Λ', u'Ω', u'Π', u'Ψ',  u'Σ', u'Θ', u'Ξ',  u'\x1b', u'Æ', u'æ',  u'ß', u'É',
    u' ', u'!', u'"', u'#', u'¤', u'%', u'&', u'\'', u'(', u')', u'*',  u'+',    u',', u'-',  u'.', u'/',
    u'0', u'1', u'2', u'3', u'4', u'5', u'6', u'7',  u'8', u'9', u':',  u';',    u'<', u'=',  u'>', u'?',
    u'¡', u'A', u'B', u'C', u'D', u'E', u'F', u'G',  u'H', u'I', u'J',  u'K',    u'L', u'M',  u'N', u'O',
    u'P', u'Q', u'R', u'S', u'T', u'U', u'V', u'W',  u'X', u'Y', u'Z',  u'Ä',    u'Ö', u'Ñ',  u'Ü', u'§',
    u'¿', u'a', u'b', u'c', u'd', u'e', u'f', u'g',  u'h', u'i', u'j',  u'k',    u'l', u'm',  u'n', u'o',
    u'p', u'q', u'r', u's', u't', u'u', u'v', u'w',  u'x', u'y', u'z',  u'ä',    u'ö', u'ñ',  u'ü', u'à'};

/// §6.2.1.1.
constexpr std::array<std::pair<std::uint8_t, char16_t>, 10> extension{{{0x0a, u'\f'},
                                                                       {0x14, u'^'},
                                                                       {0x28, u'{'},
                                                                       {0x29, u'}'},
                                                                       {0x2f, u'\\'},
                                                                       {0x3c, u'['},
                                                                       {0x3d, u'~'},
                                                                       {0x3e, u']'},
                                                                       {0x40, u'|'},
                                                                       {0x65, u'€'}}};

using Index = std::unordered_map<char16_t, Gsm7Place>;

Index make_index() {
  Index index;
  for (std::size_t i = 0; i < gsm7_default.size(); ++i) {
    if (i != gsm7_escape) index.emplace(gsm7_default[i], Gsm7Place{static_cast<std::uint8_t>(i), false});
  }
  for (const auto& [septet, c] : extension) index.emplace(c, Gsm7Place{septet, true});
  return index;
}

std::optional<Gsm7Place> found_in(const Index& index, char16_t c) {
  const auto found = index.find(c);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

using Ascii = std::array<std::optional<Gsm7Place>, 128>;

/// Nearly all characters of nearly all texts.
Ascii ascii_of(const Index& index) {
  Ascii ascii;
  for (std::size_t c = 0; c < ascii.size(); ++c) ascii[c] = found_in(index, static_cast<char16_t>(c));
  return ascii;
}

}  // namespace

std::optional<Gsm7Place> gsm7_find(char16_t c) noexcept {
  static const Index index = make_index();
  static const Ascii ascii = ascii_of(index);
  return c < ascii.size() ? ascii[c] : found_in(index, c);
}

char16_t gsm7_character(std::uint8_t septet) noexcept {
  return septet < gsm7_default.size() && septet != gsm7_escape ? gsm7_default[septet] : u'\ufffd';
}

char16_t gsm7_extension(std::uint8_t septet) noexcept {
  if (septet == gsm7_escape) return u' ';
  for (const auto& [at, c] : extension) {
    if (at == septet) return c;
  }
  return gsm7_character(septet);
}

}  // namespace tongdai::text
