#pragma once

#include <rapidcheck.h>

#include <span>
#include <string>
#include <string_view>

namespace tongdai::text {

/// Texts of up to some 800 of `pieces`. Not shrunk: that takes minutes at this length, and small sizes come
/// first.
inline rc::Gen<std::string> text_of(std::span<const std::string_view> pieces) {
  const auto piece = rc::gen::inRange<std::size_t>(0, pieces.size());
  const auto chosen = rc::gen::scale(8, rc::gen::container<std::vector<std::size_t>>(piece));
  return rc::gen::noShrink(rc::gen::map(chosen, [pieces](const std::vector<std::size_t>& places) {
    std::string text;
    for (const std::size_t at : places) text += pieces[at];
    return text;
  }));
}

/// Texts as people send them: letters with and without tone marks (composed and not), extension characters,
/// emoji.
inline rc::Gen<std::string> any_text() {
  static constexpr std::string_view pieces[]{
      "a",  "b", "Z", "0", " ", "\n", "\r", "@",  "đ", "Đ", "ạ", "a\u0323", "ế",  "e\u0302\u0301", "ư",
      "ờ",  "à", "é", "ñ", "[", "]",  "{",  "\\", "€", "~", "|", "\f",      "😀", "👩\u200d👧",    "\u0301",
      "한", "漢"};
  return text_of(pieces);
}

/// Texts of the GSM-7 alphabet only.
inline rc::Gen<std::string> any_gsm7_text() {
  static constexpr std::string_view pieces[]{"a", "Z", "5", " ", "@", "$", "_", "Δ", "Ω",  "ß",
                                             "à", "ù", "[", "]", "{", "^", "€", "|", "\f", "\n"};
  return text_of(pieces);
}

/// Octets without any meaning.
inline rc::Gen<std::string> any_octets() {
  return rc::gen::noShrink(rc::gen::scale(4, rc::gen::container<std::string>(rc::gen::arbitrary<char>())));
}

}  // namespace tongdai::text
