#include "gateway_adapters/smpp/codec/message_id.hpp"

#include <algorithm>
#include <cstdint>

namespace tongdai::gateway::smpp {
namespace {

constexpr std::size_t id_characters_max = 65;
constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_decimal(std::string_view id) {
  return !id.empty() && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

/// Of any length: divides by 16 on paper.
std::string decimal_to_hex(std::string digits) {
  std::string hex;
  while (!digits.empty()) {
    unsigned rest = 0;
    std::string quotient;
    for (const char digit : digits) {
      const unsigned value = rest * 10 + static_cast<unsigned>(digit - '0');
      rest = value % 16;
      if (!quotient.empty() || value >= 16) quotient.push_back(static_cast<char>('0' + value / 16));
    }
    hex.push_back(hex_digits[rest]);
    digits = std::move(quotient);
  }
  std::ranges::reverse(hex);
  return hex;
}

/// "" if it is no hexadecimal number.
std::string lower_hex(std::string_view id) {
  if (id.starts_with("0x") || id.starts_with("0X")) id.remove_prefix(2);
  std::string hex;
  for (const char c : id) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (hex_digits.find(lower) == std::string_view::npos) return "";
    hex.push_back(lower);
  }
  return hex;
}

}  // namespace

std::string canonical_id(std::string_view id, IdForm form) {
  if (id.size() <= id_characters_max) {
    if (form == IdForm::decimal && is_decimal(id))
      return without_leading_zeros(decimal_to_hex(std::string(id)));
    if (form == IdForm::hexadecimal) {
      if (std::string hex = lower_hex(id); !hex.empty()) return without_leading_zeros(std::move(hex));
    }
  }
  return std::string(id);
}

}  // namespace tongdai::gateway::smpp
