#include "text/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tongdai::text {
namespace {

constexpr std::string_view wildcard = "{}";

/// The first of the UTF-8 characters in `forbidden` that stands in `text`.
std::optional<std::string> forbidden_in(std::string_view text, std::string_view forbidden) {
  const auto continues = [&](std::size_t at) {
    return at < forbidden.size() && (static_cast<unsigned char>(forbidden[at]) & 0xC0U) == 0x80U;
  };
  for (std::size_t from = 0; from < forbidden.size();) {
    std::size_t to = from + 1;
    while (continues(to)) ++to;
    const std::string_view character = forbidden.substr(from, to - from);
    if (text.find(character) != std::string_view::npos) return std::string(character);
    from = to;
  }
  return std::nullopt;
}

const std::vector<std::size_t>& ends_of_parts(const Limits& limits, Kind kind) {
  return kind == Kind::advertising && !limits.advertising_chars.empty() ? limits.advertising_chars
                                                                        : limits.chars;
}

std::optional<Misfit> too_many_characters(const Measure& measure, const Limits& limits, Kind kind) {
  const auto& ends = ends_of_parts(limits, kind);
  if (ends.empty() || measure.encoding != Encoding::gsm7 || measure.units <= ends.back()) return std::nullopt;
  return Misfit{true, fmt::format("{} characters, {} are allowed{}", measure.units, ends.back(),
                                  kind == Kind::advertising ? " for advertising" : "")};
}

}  // namespace

Limits narrowed(Limits own, const Limits& configured) {
  Limits both = configured;
  both.unicode = own.unicode && configured.unicode;
  both.parts_max = std::min(own.parts_max, configured.parts_max);
  both.forbidden = own.forbidden + configured.forbidden;
  return both;
}

std::optional<Misfit> misfit(std::string_view text, const Measure& measure, const Limits& limits, Kind kind) {
  std::size_t most = std::min(limits.parts_max, text::parts_max);
  if (const auto& ends = ends_of_parts(limits, kind); !ends.empty()) most = std::min(most, ends.size());
  if (auto longer = too_many_characters(measure, limits, kind)) return longer;
  if (measure.parts > most) return Misfit{true, fmt::format("{} parts, {} are allowed", measure.parts, most)};
  if (measure.encoding == Encoding::ucs2 && !limits.unicode)
    return Misfit{false, "the gateway takes no characters outside GSM 7-bit: strip the accents"};
  if (const auto character = forbidden_in(text, limits.forbidden))
    return Misfit{false, fmt::format("the gateway refuses the character \"{}\"", *character)};
  if (kind == Kind::other || limits.templates.empty()) return std::nullopt;
  const auto approved = [&](const std::string& pattern) { return matches_template(text, pattern); };
  if (std::ranges::any_of(limits.templates, approved)) return std::nullopt;
  return Misfit{false,
                fmt::format("it reads as none of the {} texts that the gateway's carrier approved, such as "
                            "\"{}\"",
                            limits.templates.size(), limits.templates.front())};
}

std::size_t charged_parts(const Measure& measure, const Limits& limits, Kind kind) {
  const auto& ends = ends_of_parts(limits, kind);
  if (ends.empty() || measure.encoding != Encoding::gsm7) return measure.parts;
  const auto end = std::ranges::lower_bound(ends, measure.units);
  return end == ends.end() ? measure.parts : static_cast<std::size_t>(end - ends.begin()) + 1;
}

bool matches_template(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t wild = pattern.find(wildcard);
  if (wild == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, wild))) return false;
  at = wild;
  for (pattern.remove_prefix(wild + wildcard.size());; pattern.remove_prefix(wild + wildcard.size())) {
    wild = pattern.find(wildcard);
    if (wild == std::string_view::npos) break;
    const std::size_t found = text.find(pattern.substr(0, wild), at);
    if (found == std::string_view::npos) return false;
    at = found + wild;
  }
  return text.size() - at >= pattern.size() && text.ends_with(pattern);
}

}  // namespace tongdai::text
