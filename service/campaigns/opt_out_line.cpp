#include "campaigns/opt_out_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "campaigns/spec_parts.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"

namespace tongdai::campaigns {
namespace {

constexpr std::size_t number_digits_min = 3;  // of a short code
constexpr std::size_t number_words_max = 4;   // "tc" "gui" "den" "so" "19001234"

bool is_number(std::string_view word) {
  return word.size() >= number_digits_min && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Does a number follow within some words?
bool number_follows(std::string_view folded) {
  const auto words = text::fold_words(folded);
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), number_words_max));
  return std::any_of(words.begin(), end, is_number);
}

/// For the line in a template.
std::string escaped(std::string_view line) {
  std::string out;
  for (const char c : line) out.append(c == '{' || c == '}' ? 2 : 1, c);
  return out;
}

void complete(std::vector<SpecText>& texts, const std::string& place, const WayOut& way_out,
              config::Faults& faults) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    SpecText& t = texts[i];
    if (t.body.empty() || names_way_out(t.rendered(), way_out.words)) continue;
    const std::string body = fmt::format("{}text[{}].body", place, i);
    if (way_out.line.empty()) {
      faults.push_back({body, 0,
                        "must say at its end how to refuse, such as \"Tu choi: soan TC gui 1900xxxx\": the "
                        "campaign's class is advertising (Decree 91/2020)"});
      continue;
    }
    t.body.append(t.body.ends_with('\n') ? "" : " ").append(escaped(way_out.line));
    const auto parts = text::measure(t.rendered()).parts;
    if (parts > text_parts_max) {
      faults.push_back({body, 0,
                        fmt::format("must fit into {} parts with the line \"{}\" at its end, needs {}",
                                    text_parts_max, way_out.line, parts)});
    }
  }
}

}  // namespace

bool names_way_out(std::string_view text, const std::vector<std::string>& words) {
  const std::string folded = text::fold(text);
  return std::ranges::any_of(words, [&](const std::string& word) {
    for (std::size_t at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool is_whole = (at == 0 || folded[at - 1] == ' ') && end < folded.size() && folded[end] == ' ';
      if (is_whole && number_follows(std::string_view(folded).substr(end))) return true;
    }
    return false;
  });
}

void add_way_out(Spec& spec, const WayOut& way_out, config::Faults& faults) {
  if (spec.klass != Class::advertising) return;
  complete(spec.texts, "", way_out, faults);
  for (std::size_t i = 0; i < spec.steps.size(); ++i)
    complete(spec.steps[i].texts, fmt::format("step[{}].", i), way_out, faults);
}

}  // namespace tongdai::campaigns
