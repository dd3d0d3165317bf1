#pragma once

#include <string>
#include <string_view>

namespace tongdai::hotline {

/// `words` with every run of digits that could be a phone number made unreadable: neither party's number goes
/// to the other. Digits count through spaces and marks, spelled out, and in letters that look like them
/// (text/digit_runs.hpp).
[[nodiscard]] std::string without_numbers(std::string_view words);

}  // namespace tongdai::hotline
