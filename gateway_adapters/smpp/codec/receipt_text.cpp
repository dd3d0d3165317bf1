#include "gateway_adapters/smpp/codec/receipt_text.hpp"

#include <algorithm>

namespace tongdai::gateway::smpp {
namespace {

constexpr std::size_t state_characters_max = 16;
constexpr std::size_t error_characters_max = 8;  ///< three in the standard; too few for a phone number

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

bool is_letter_or_digit(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9');
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool starts_with_key(std::string_view text, std::string_view key) {
  return text.size() > key.size() && text[key.size()] == ':' &&
         std::ranges::equal(text.substr(0, key.size()), key, {}, lower);
}

/// Where the value of `key` begins, after its colon; npos if there is no such key. A key begins a word: "id"
/// is not found in "paid:".
std::size_t find_value(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool word_begins = at == 0 || !is_letter_or_digit(text[at - 1]);
    if (word_begins && starts_with_key(text.substr(at), key)) return at + key.size() + 1;
  }
  return std::string_view::npos;
}

/// From `from`, past blanks, to the next blank. "" if what comes next is another key: "stat: err:000".
std::string_view word_at(std::string_view text, std::size_t from) {
  while (from < text.size() && is_blank(text[from])) ++from;
  std::size_t to = from;
  while (to < text.size() && !is_blank(text[to])) ++to;
  const std::string_view word = text.substr(from, to - from);
  for (const std::string_view key : {"id", "sub", "dlvrd", "stat", "err", "text"}) {
    if (starts_with_key(word, key)) return {};
  }
  return word;
}

std::string_view value_of(std::string_view text, std::string_view key) {
  const std::size_t from = find_value(text, key);
  return from == std::string_view::npos ? std::string_view() : word_at(text, from);
}

bool is_graphic(char c) {
  return c > 0x20 && c < 0x7f;
}

}  // namespace

std::string harmless(std::string_view word, std::size_t characters_max) {
  std::string kept;
  for (const char c : word) {
    if (kept.size() == characters_max) break;
    if (is_letter_or_digit(c) || c == '_' || c == '-' || c == '.') kept.push_back(c);
  }
  return kept;
}

ReceiptText parse_receipt_text(View octets) {
  std::string ascii;
  for (const std::uint8_t octet : octets) {
    if (octet != 0) ascii.push_back(static_cast<char>(octet));
  }
  std::string_view fields = ascii;
  if (const std::size_t message = find_value(fields, "text"); message != std::string_view::npos)
    fields = fields.substr(0, message);
  ReceiptText read;
  const std::string_view id = value_of(fields, "id");
  if (id.size() <= receipt_id_characters_max && std::ranges::all_of(id, is_graphic)) read.id = id;
  read.state = harmless(value_of(fields, "stat"), state_characters_max);
  std::ranges::transform(read.state, read.state.begin(), upper);
  read.error = harmless(value_of(fields, "err"), error_characters_max);
  return read;
}

}  // namespace tongdai::gateway::smpp
