#include "outbox/reason.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace tongdai::outbox {
namespace {

constexpr std::size_t digits_min = 7;  // the shortest numbers of people; codes of faults are shorter

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// How many characters of `text` are a code of a fault as SMPP tells it: "0x0000000b", and nothing behind it.
std::size_t code_length(std::string_view text) {
  constexpr std::size_t length = 10;
  if (text.size() < length || !text.starts_with("0x")) return 0;
  const auto is_hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  const bool is_code = std::ranges::all_of(text.substr(2, length - 2), is_hex);
  return is_code && (text.size() == length || !is_hex(text[length])) ? length : 0;
}

bool may_join(char c) {
  return c == ' ' || c == '.' || c == '-';
}

}  // namespace

std::string without_numbers(std::string_view reason) {
  std::string out;
  for (std::size_t at = 0; at < reason.size();) {
    if (const std::size_t code = code_length(reason.substr(at)); code > 0) {
      out += reason.substr(at, code);
      at += code;
      continue;
    }
    std::size_t end = at, digits = 0, after_digit = at;
    while (end < reason.size() && (is_digit(reason[end]) || (digits > 0 && may_join(reason[end])))) {
      if (is_digit(reason[end])) {
        ++digits;
        after_digit = end + 1;
      }
      ++end;
    }
    if (digits >= digits_min) {
      out += "(...)";
      at = after_digit;
    } else if (digits > 0) {
      out += reason.substr(at, after_digit - at);
      at = after_digit;
    } else {
      out += reason[at++];
    }
  }
  return out;
}

}  // namespace tongdai::outbox
