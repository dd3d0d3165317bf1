#include "hotline/reporter/word_hash.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

#include "text/fold.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t words_looked_at_max = 400;  // of a text
constexpr std::size_t hash_bytes = 16;

constexpr std::string_view select_key = "SELECT value FROM meta WHERE key = 'word_key'";
constexpr std::string_view insert_key = "INSERT INTO meta (key, value) VALUES ('word_key', $1)";

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string out(size * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes, size);
  out.pop_back();
  return out;
}

std::string key_of(storage::Tx& tx) {
  if (auto key = tx.value<std::string>(select_key)) return *key;
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string key = hex(bytes.data(), bytes.size());
  tx.run(insert_key, key);
  return key;
}

std::string hashed(const std::string& key, CaseId id, std::string_view folded) {
  const std::string input = fmt::format("{}:{}", id.value, folded);
  std::array<unsigned char, hash_bytes> out{};
  // NOLINTBEGIN(*-reinterpret-cast): bytes for C
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(input.data()),
                     input.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
  // NOLINTEND(*-reinterpret-cast)
  return hex(out.data(), out.size());
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
  return folded.empty() ? "" : hashed(key_of(tx), id, folded);
}

bool says(storage::Tx& tx, CaseId id, std::string_view text, std::string_view hash) {
  if (hash.empty()) return false;
  const std::string key = key_of(tx);
  const auto words = text::fold_words(text);
  const std::size_t count = std::min(words.size(), words_looked_at_max);
  for (std::size_t i = 0; i < count; ++i) {
    std::string run;
    for (std::size_t k = i; k < std::min(i + agreed_words_max, count); ++k) {
      run += (run.empty() ? "" : " ") + words[k];
      if (hashed(key, id, run) == hash) return true;
    }
  }
  return false;
}

}  // namespace tongdai::hotline
