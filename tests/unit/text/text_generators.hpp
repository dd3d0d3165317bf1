#pragma once

#include <rapidcheck.h>

#include <array>
#include <string>
#include <string_view>

namespace tongdai::text {

/// Texts as people send them: letters with and without tone marks (composed and not), extension characters,
/// emoji.
inline rc::Gen<std::string> any_text() {
  static constexpr std::array<std::string_view, 32> pieces{"a",
                                                           "b",
                                                           "Z",
                                                           "0",
                                                           " ",
                                                           "\n",
                                                           "\r",
                                                           "@",
                                                           "đ",
                                                           "Đ",
                                                           "ạ",
                                                           "a\u0323",
                                                           "ế",
                                                           "e\u0302\u0301",
                                                           "ư",
                                                           "ờ",
                                                           "à",
                                                           "é",
                                                           "ñ",
                                                           "[",
                                                           "]",
                                                           "{",
                                                           "\\",
                                                           "€",
                                                           "~",
                                                           "|",
                                                           "\f",
                                                           "😀",
                                                           "👩\u200d👩\u200d👧",
                                                           "\u0301",
                                                           "한",
                                                           "漢"};
  return rc::gen::map(rc::gen::scale(8, rc::gen::container<std::vector<std::size_t>>(
                                            rc::gen::inRange<std::size_t>(0, pieces.size()))),
                      [](const std::vector<std::size_t>& chosen) {
                        std::string text;
                        for (const std::size_t i : chosen) text += pieces[i];
                        return text;
                      });
}

/// Texts of the GSM-7 alphabet only.
inline rc::Gen<std::string> any_gsm7_text() {
  static constexpr std::array<std::string_view, 20> pieces{
      "a", "Z", "5", " ", "@", "$", "_", "Δ", "Ω", "ß", "à", "ù", "[", "]", "{", "^", "€", "|", "\f", "\n"};
  return rc::gen::map(rc::gen::scale(8, rc::gen::container<std::vector<std::size_t>>(
                                            rc::gen::inRange<std::size_t>(0, pieces.size()))),
                      [](const std::vector<std::size_t>& chosen) {
                        std::string text;
                        for (const std::size_t i : chosen) text += pieces[i];
                        return text;
                      });
}

/// Octets without any meaning.
inline rc::Gen<std::string> any_octets() {
  return rc::gen::scale(4, rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
}

}  // namespace tongdai::text
