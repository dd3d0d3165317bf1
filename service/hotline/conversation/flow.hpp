#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/reader.hpp"
#include "hotline/reporter/safe_contact.hpp"
#include "hotline/words.hpp"

namespace tongdai::hotline {

/// What an answer is about.
enum class Asks : std::uint8_t {
  safety,       ///< is an answer safe? Always the first
  choice,       ///< one of the answers
  agreed_word,  ///< a word of the person's own, or one of the answers
  duress_word,
};

/// One answer that is understood, and what it settles.
struct Choice {
  std::vector<std::string> words;  ///< folded
  std::string next;                ///< a question's id; "" ends the flow
  bool is_unsafe = false;          ///< ends it, and nothing is recorded
  std::optional<Channel> channel{};
  std::optional<Content> content{};
  std::optional<std::vector<std::string>> hours{};
};

struct Question {
  std::string id;
  Asks asks = Asks::choice;
  std::map<std::string, std::string> texts;  ///< by language
  std::vector<Choice> choices;
  std::string next;  ///< behind a word; "" ends the flow
};

/// A guided conversation, from config/hotline/flows/*.toml: asks a reporter how they may be written to.
/// Immutable.
struct Flow {
  static constexpr std::size_t questions_max = 8;  ///< texts that one flow can send

  std::string name;
  Duration patience = 1h;              ///< a silence so long ends it quietly
  std::vector<std::string> languages;  ///< every question has a text in each
  std::vector<Question> questions;     ///< the first begins

  /// Every fault with its place: a text that could not be sent, an answer that leads nowhere, a way round in
  /// a circle, a first question that is not about safety.
  [[nodiscard]] static Flow read(const config::Node& document, const Words& words, config::Faults& faults);

  [[nodiscard]] const Question* find(std::string_view id) const noexcept;
  /// `language` if the flow speaks it, else its first.
  [[nodiscard]] const std::string& language_for(const std::string& language) const noexcept;
};

/// Which of the answers a text gives: the whole of it, or the only one that stands in a text of a few words;
/// nullptr for none, or more than one. Pure.
[[nodiscard]] const Choice* choice_in(const Question& question, std::string_view text);

}  // namespace tongdai::hotline

template <>
struct tongdai::EnumNames<tongdai::hotline::Asks> {
  static constexpr std::array<std::string_view, 4> names{"safety", "choice", "agreed_word", "duress_word"};
};
