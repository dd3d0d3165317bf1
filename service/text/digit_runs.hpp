#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tongdai::text {

/// Digits that stand together: a telephone number, or a case's code.
struct DigitRun {
  std::size_t from = 0, to = 0;  ///< bytes, [from, to)
  std::size_t digits = 0;
  std::size_t at = 0;  ///< its first character's place, from 1
};

/// Runs of at least `digits_min` digits in a text in UTF-8, in order. Digits count through spaces and the
/// marks that people write between them, in any script, spelled out in Vietnamese or English ("khong chin
/// mot"), and with letters for some ("O9l2"). Days ("2021-11-25", "25/11/2021") and times ("07:30") are none.
/// Any thread.
[[nodiscard]] std::vector<DigitRun> digit_runs(std::string_view utf8, std::size_t digits_min);

/// The text with "***" in place of each run of that many.
[[nodiscard]] std::string without_digit_runs(std::string_view utf8, std::size_t digits_min);

}  // namespace tongdai::text
