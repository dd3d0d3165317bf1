#pragma once

#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "storage/tx.hpp"

/// Words agreed with a reporter are not kept, only what tells them again. Writer thread.
namespace tongdai::hotline {

inline constexpr std::size_t agreed_letters_min = 3;  ///< shorter ones stand in any text
inline constexpr std::size_t agreed_words_max = 3;

/// Why this can be no agreed word: "must be ...", "" if it can.
[[nodiscard]] std::string fault_of_word(std::string_view word);

/// The keyed hash of a word or a few, however they are spelled (case, accents); of this case only. "" for "".
[[nodiscard]] std::string word_hash(storage::Tx& tx, CaseId id, std::string_view word);

/// Do the words behind `hash` stand in `text`, whole and one after the other? False for a hash of "".
[[nodiscard]] bool says(storage::Tx& tx, CaseId id, std::string_view text, std::string_view hash);

}  // namespace tongdai::hotline
