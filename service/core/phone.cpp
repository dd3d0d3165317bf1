#include "core/phone.hpp"

#include <algorithm>

namespace tongdai {

bool Phone::all_digits() const noexcept {
  return std::ranges::all_of(value_, [](char c) { return c >= '0' && c <= '9'; });
}

bool Phone::is_short_code() const noexcept {
  return value_.size() >= 3 && value_.size() <= 5 && all_digits();
}

std::string Phone::masked() const {
  constexpr std::size_t head = 5;  // "+84" and the carrier's hint
  constexpr std::size_t tail = 3;
  constexpr std::size_t hidden_min = 3;
  if (value_.size() <= 5) return value_;  // a short code or a short brand names no person
  if (value_.size() < head + tail + hidden_min) return value_.substr(0, 2) + "•••";
  return value_.substr(0, head) + "•••" + value_.substr(value_.size() - tail);
}

}  // namespace tongdai
