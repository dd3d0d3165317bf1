#include "hotline/reporter/word_hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "storage/seal_functions.hpp"
#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t words_looked_at_max = 400;  // of a text

std::string hashed(storage::Tx& tx, CaseId id, std::string_view folded) {
  return storage::tag(tx, fmt::format("word:{}:{}", id.value, folded));
}

}  // namespace

std::string fault_of_word(std::string_view word) {
  const auto words = text::fold_words(word);
  if (words.empty() || words.size() > agreed_words_max)
    return fmt::format("must be one to {} words", agreed_words_max);
  if (text::fold(word).size() < agreed_letters_min)
    return fmt::format("must be {} letters or more", agreed_letters_min);
  return "";
}

std::string word_hash(storage::Tx& tx, CaseId id, std::string_view word) {
  const std::string folded = text::fold(word);
  return folded.empty() ? "" : hashed(tx, id, folded);
}

bool says(storage::Tx& tx, CaseId id, std::string_view text, std::string_view hash) {
  if (hash.empty()) return false;
  const auto words = text::fold_words(text);
  const std::size_t count = std::min(words.size(), words_looked_at_max);
  for (std::size_t i = 0; i < count; ++i) {
    std::string run;
    for (std::size_t k = i; k < std::min(i + agreed_words_max, count); ++k) {
      run += (run.empty() ? "" : " ") + words[k];
      if (hashed(tx, id, run) == hash) return true;
    }
  }
  return false;
}

}  // namespace tongdai::hotline
