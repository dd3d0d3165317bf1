#include "outbox/reason.hpp"

#include <cstddef>

namespace tongdai::outbox {
namespace {

constexpr std::size_t digits_min = 7;  // the shortest numbers of people; codes of faults are shorter

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool may_join(char c) {
  return c == ' ' || c == '.' || c == '-';
}

}  // namespace

std::string without_numbers(std::string_view reason) {
  std::string out;
  for (std::size_t at = 0; at < reason.size();) {
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
