#include "hotline/without_numbers.hpp"

#include "text/digit_runs.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::size_t phone_digits_min = 7;

}  // namespace

std::string without_numbers(std::string_view words) {
  return text::without_digit_runs(words, phone_digits_min);
}

}  // namespace tongdai::hotline
