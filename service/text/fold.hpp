#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tongdai::text {

/// One byte a character: composed already, and no accents to take off.
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// Canonical composition (UAX #15). Invalid UTF-8 becomes U+FFFD. Any thread.
[[nodiscard]] std::string nfc(std::string_view utf8);

/// The same text without accents, letters' case and everything else kept: "Đoàn Kết" -> "Doan Ket".
/// NFD, marks off, đ (and the eth that stands for it in old texts) -> d; typographic quotes, dashes, no-break
/// spaces and the ellipsis become their ASCII twins, characters of no width go. What still is not GSM-7 stays
/// as it is.
[[nodiscard]] std::string strip_accents(std::string_view utf8);

/// For comparing: strip_accents, lower case, every run of anything but letters and digits becomes one
/// space, trimmed. "  Xã Than-Uyên! " -> "xa than uyen".
[[nodiscard]] std::string fold(std::string_view utf8);

/// fold, cut at the spaces.
[[nodiscard]] std::vector<std::string> fold_words(std::string_view utf8);

/// Cut where fold_words cuts, in lower case and NFC, accents kept: word by word the writing behind
/// fold_words.
[[nodiscard]] std::vector<std::string> words(std::string_view utf8);

/// Does `words` (folded) stand in `folded` as whole words, one after the other?
[[nodiscard]] bool contains_words(std::string_view folded, std::string_view words);

}  // namespace tongdai::text
