#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/recognition/language.hpp"
#include "text/phrase_book.hpp"

namespace tongdai::hotline::recognition {

/// For whom help is asked.
enum class ForWhom : std::uint8_t {
  unknown,
  self,   ///< the writer needs it; perhaps others too
  other,  ///< somebody else does: a report of a neighbour, a teacher, a child about its mother
};

/// What a finding is of.
enum class Kind : std::uint8_t {
  urgency,   ///< value: a flag
  service,   ///< value: a service
  for_whom,  ///< value: self or other
  place,     ///< value: a unit's code
  language,  ///< value: a language's code; no words of its own
};

/// One suggestion, with the words that led to it as places in the text: nothing of the text itself.
struct Finding {
  Kind kind = Kind::urgency;
  std::string value;
  std::size_t from = 0;    ///< characters (code points) of the text as stored
  std::size_t length = 0;  ///< characters; 0 where the whole text tells it
};

/// What a text suggests. The text itself is always kept.
struct Recognition {
  Urgency urgency = Urgency::normal;
  std::vector<std::string> flags;     ///< in alphabetical order
  std::vector<std::string> services;  ///< in alphabetical order
  ForWhom for_whom = ForWhom::unknown;
  std::string language;  ///< "" if no marker of any was found
  std::vector<Finding> findings;
};

/// Words of a text that are the name of a place, and so nothing else: tokens [from, to).
struct NameRange {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// What is recognised, in all languages at once: a text may mix them. Immutable; any thread.
class Recogniser {
 public:
  explicit Recogniser(const std::vector<Language>& languages);

  static constexpr std::size_t words_max = 5'000;   ///< of a text; a text of 10,000 characters has no more
  static constexpr std::size_t findings_max = 200;  ///< of one text that have words of their own

  /// `tokens` as text::tokens(text, words_max) gives them; `names` are passed over.
  [[nodiscard]] Recognition recognise(std::span<const text::Token> tokens,
                                      std::span<const NameRange> names = {}) const;
  [[nodiscard]] Recognition recognise(std::string_view text) const;

 private:
  friend class Reading;
  enum class Role : std::uint8_t { urgency, service, self, asking, other, harmless, marker };
  struct Meaning {
    Role role = Role::marker;
    std::string value;  ///< flag, service or language
    Urgency level = Urgency::normal;
    bool accented = false;  ///< other accents are another word
    bool strict = false;    ///< no accents are another word too
  };

  void add(const std::vector<std::string>& phrases, const Meaning& meaning);

  text::PhraseBook book_;
  std::vector<Meaning> meanings_;  // by the number of the phrase
  std::vector<Together> together_;
};

}  // namespace tongdai::hotline::recognition

template <>
struct tongdai::EnumNames<tongdai::hotline::recognition::ForWhom> {
  static constexpr std::array<std::string_view, 3> names{"unknown", "self", "other"};
};
template <>
struct tongdai::EnumNames<tongdai::hotline::recognition::Kind> {
  static constexpr std::array<std::string_view, 5> names{"urgency", "service", "for_whom", "place",
                                                         "language"};
};
