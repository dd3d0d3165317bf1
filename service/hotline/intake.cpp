#include "hotline/intake.hpp"

#include <algorithm>

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

std::string join_services(const std::vector<std::string>& services) {
  std::string out;
  for (const std::string& s : services) out += (out.empty() ? "" : ";") + s;
  return out;
}

std::vector<std::string> split_services(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t to = std::min(joined.find(';'), joined.size());
    if (to > 0) out.emplace_back(joined.substr(0, to));
    joined.remove_prefix(std::min(to + 1, joined.size()));
  }
  return out;
}

std::vector<std::string> merge_services(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::ranges::sort(a);
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

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
