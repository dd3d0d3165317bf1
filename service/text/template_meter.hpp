#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/encoding.hpp"
#include "text/template.hpp"

namespace tongdai::text {

/// Measures what a template makes of a million people's values: exactly as measure(render(values)) would, but
/// mostly by adding up what its pieces cost. Values come again and again: what each costs is kept. One thread
/// at a time.
class TemplateMeter {
 public:
  /// `strip`: of the text without accents, as strip_accents(render(values)).
  TemplateMeter(Template text, bool strip);

  /// `values` in the order of the template's placeholders, clean_value each.
  [[nodiscard]] Measure measure(std::span<const std::string> values);
  [[nodiscard]] const Template& text() const noexcept { return text_; }

 private:
  struct Cost {
    bool gsm7 = true;
    bool is_simple = true;  ///< each character stands for itself and costs one unit in its encoding
    std::size_t septets = 0;
    std::size_t units = 0;  ///< UTF-16
  };
  [[nodiscard]] Cost cost_of(std::string_view words) const;
  [[nodiscard]] const Cost& cost_of_value(const std::string& value);

  Template text_;
  bool strip_;
  Cost words_;  ///< of all pieces that are no placeholders
  std::unordered_map<std::string, Cost> values_;
};

}  // namespace tongdai::text
