#pragma once

#include <algorithm>
#include <string_view>

namespace tongdai::text {

/// A language by its ISO 639 code, a script or variety may follow: "vi", "hmn", "hmn-rpa". Any thread.
[[nodiscard]] constexpr bool is_language(std::string_view tag) noexcept {
  const std::size_t dash = tag.find('-');
  const std::string_view code = tag.substr(0, dash);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_of_script = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  if (code.size() < 2 || code.size() > 3 || !std::ranges::all_of(code, is_letter)) return false;
  if (dash == std::string_view::npos) return true;
  const std::string_view script = tag.substr(dash + 1);
  return script.size() >= 2 && script.size() <= 8 && std::ranges::all_of(script, is_of_script);
}

}  // namespace tongdai::text
