#include <algorithm>
#include <array>

#include "outbox/discretion.hpp"
#include "text/seen_words.hpp"

namespace tongdai::outbox {
namespace {

// Those in use here and those of shortened links. "co", "la", "be" and the like are words of the language,
// and a full stop without a blank behind it is common.
constexpr std::array<std::string_view, 30> domains{
    "vn",  "com", "net",   "org",  "gov",    "edu",  "info", "biz",  "me",   "io",
    "ly",  "gl",  "gg",    "cc",   "tv",     "app",  "dev",  "link", "page", "site",
    "xyz", "top", "click", "shop", "online", "asia", "club", "live", "mobi", "tinyurl"};
constexpr std::array<std::string_view, 3> schemes{"http", "www.", "://"};
constexpr std::array<std::array<std::string_view, 2>, 8> in_words{{{"cham", "vn"},
                                                                   {"cham", "com"},
                                                                   {"cham", "net"},
                                                                   {"cham", "org"},
                                                                   {"dot", "com"},
                                                                   {"dot", "vn"},
                                                                   {"dot", "net"},
                                                                   {"dot", "org"}}};

/// The text as it looks, a byte a character: letters that look like no ASCII letter are '\1'.
struct Line {
  std::string bytes;
  std::vector<std::size_t> at;
};

Line line_of(std::string_view text) {
  Line line;
  for (const text::SeenChar& c : text::seen_chars(text)) {
    line.bytes += c.c < 0x80 ? static_cast<char>(c.c) : '\1';
    line.at.push_back(c.at);
  }
  return line;
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_label(char c) {
  return is_letter(c) || is_digit(c) || c == '-';
}

/// What stands before the dot: its first byte, or nothing. One blank may stand between, for who hides a link
/// so.
std::optional<std::size_t> label_before(std::string_view bytes, std::size_t dot) {
  std::size_t end = dot;
  if (end > 0 && bytes[end - 1] == ' ') --end;
  std::size_t from = end;
  while (from > 0 && (is_label(bytes[from - 1]) || bytes[from - 1] == '.')) --from;
  if (from == end) return std::nullopt;
  return from;
}

/// Is what follows the dot a domain in use, or anything with a path behind it?
bool domain_after(std::string_view bytes, std::size_t dot) {
  std::size_t end = dot + 1;
  while (end < bytes.size() && is_letter(bytes[end])) ++end;
  const std::string_view label = bytes.substr(dot + 1, end - dot - 1);
  const bool ends = end == bytes.size() || !(is_label(bytes[end]) || bytes[end] == '\1');
  if (std::ranges::find(domains, label) != domains.end()) return ends;
  return !label.empty() && end < bytes.size() && bytes[end] == '/';
}

bool four_numbers(std::string_view bytes, std::size_t from) {
  int dots = 0;
  std::size_t i = from;
  while (i < bytes.size() &&
         (is_digit(bytes[i]) || (bytes[i] == '.' && i + 1 < bytes.size() && is_digit(bytes[i + 1])))) {
    dots += bytes[i] == '.' ? 1 : 0;
    ++i;
  }
  return dots == 3;
}

}  // namespace

std::optional<std::size_t> link_in(std::string_view text) {
  const Line line = line_of(text);
  const std::string_view bytes = line.bytes;
  for (const std::string_view scheme : schemes) {
    if (const auto found = bytes.find(scheme); found != std::string_view::npos) return line.at[found];
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '.') {
      const auto from = label_before(bytes, i);
      if (from && domain_after(bytes, i)) return line.at[*from];
    }
    const bool begins = i == 0 || !(is_digit(bytes[i - 1]) || bytes[i - 1] == '.');
    if (is_digit(bytes[i]) && begins && four_numbers(bytes, i)) return line.at[i];
  }
  const auto words = text::seen_words(text);
  for (const auto& [dot, domain] : in_words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i].letters == dot && words[i + 1].letters == domain) return words[i].at;
    }
  }
  return std::nullopt;
}

}  // namespace tongdai::outbox
