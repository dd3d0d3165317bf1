#include "hotline/without_numbers.hpp"

#include <cstddef>

namespace tongdai::hotline {
namespace {

constexpr std::size_t phone_digits_min = 7;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool joins_digits(char c) {
  return std::string_view(" .,-/_*()+").contains(c);
}

}  // namespace

std::string without_numbers(std::string_view words) {
  std::string out;
  std::size_t i = 0;
  while (i < words.size()) {
    std::size_t end = i, digits = 0, last_digit = i;
    while (end < words.size() && (is_digit(words[end]) || (digits > 0 && joins_digits(words[end])))) {
      if (is_digit(words[end])) {
        ++digits;
        last_digit = end;
      }
      ++end;
    }
    if (digits >= phone_digits_min) {
      out += "***";
      i = last_digit + 1;
    } else {
      out += words[i++];
    }
  }
  return out;
}

}  // namespace tongdai::hotline
