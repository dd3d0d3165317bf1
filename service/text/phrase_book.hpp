#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/tokens.hpp"

namespace tongdai::text {

/// Phrases, to be found in what people write: without accents or with, in short forms, with the keys of an
/// input method left in, with a slip in a long word, with the blanks forgotten. Built once (add..., finish),
/// then immutable and for any thread.
class PhraseBook {
 public:
  using Number = std::uint32_t;

  /// How the accents of the text stand to those of the phrase.
  enum class Accents : std::uint8_t {
    same,   ///< each word as the phrase has it
    plain,  ///< some have none, or a tone or a letter's mark less; what they have is the phrase's
    other,  ///< a word has accents that are not the phrase's: perhaps another word ("từ từ", "tự tử")
  };
  /// What had to be forgiven beside accents.
  enum class Mend : std::uint8_t {
    none,
    mended,   ///< keys left in, a stretched letter, a slip in a long word, forgotten blanks
    sounded,  ///< a letter was taken for another that sounds alike: the weakest ground
  };
  struct Hit {
    Number phrase = 0;
    std::uint32_t from = 0;  ///< tokens
    std::uint32_t to = 0;
    Accents accents = Accents::plain;
    Mend mend = Mend::none;
  };

  static constexpr std::size_t phrase_words_max = 8;
  static constexpr std::size_t gap_words_max = 2;  ///< that "~" in a phrase stands for, none included
  static constexpr std::size_t meaning_words_max = 4;
  static constexpr std::size_t slip_letters_min = 5;    ///< shorter words are not mended
  static constexpr std::size_t joined_letters_min = 6;  ///< shorter phrases are not sought within a word

  /// "cam ~ dao" is found in "cam dao" and "cam con dao". Numbers count from 0. A phrase without a word, of
  /// too many or with a gap at an end is `none`, and is not taken.
  static constexpr Number none = UINT32_MAX;
  [[nodiscard]] Number add(std::string_view phrase);
  /// "k" also means "khong". At most meaning_words_max words.
  void add_short_form(std::string_view word, std::string_view meaning);
  /// Letters that are written for others, at the beginning of a word, or at its end after a "-": ("tr",
  /// "ch").
  void add_sound(std::string_view written, std::string_view meant);
  /// A word of its own right, never mended into another.
  void add_ordinary(std::string_view word);
  void finish();

  /// All that stands in the text, in no order. The work is bounded: in a long text only the first
  /// `lenient_words_max` words are mended.
  static constexpr std::size_t lenient_words_max = 400;
  [[nodiscard]] std::vector<Hit> find(std::span<const Token> tokens) const;

 private:
  friend class PhraseSearch;
  using Word = std::uint32_t;  // 0 is the gap
  using Node = std::uint32_t;  // 0 is the root
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
  };
  template <class T>
  using ByText = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  struct Sound {
    std::string written, meant;
    bool at_end = false;
  };

  [[nodiscard]] Word word(std::string_view folded);
  [[nodiscard]] Word known(std::string_view folded) const;
  [[nodiscard]] Node child(Node node, Word word) const;
  [[nodiscard]] Node joined_child(Node node, char letter) const;
  void add_joined(std::string_view letters, Number phrase);

  std::vector<std::vector<std::string>> spelt_;  // of each phrase, its words; a gap has none
  ByText<Word> words_;
  std::unordered_map<std::uint64_t, Node> children_;  // by node and word
  std::vector<std::vector<Number>> ends_{1};          // of each node
  std::unordered_map<std::uint64_t, Node> joined_;    // by node and letter
  std::vector<std::vector<Number>> joined_ends_{1};
  ByText<std::vector<std::vector<Word>>> short_forms_;
  ByText<std::vector<std::string>> slips_;  // a word, or a word less a letter, to words
  std::unordered_set<std::string, Hash, std::equal_to<>> ordinary_;
  std::vector<Sound> sounds_;
};

}  // namespace tongdai::text
