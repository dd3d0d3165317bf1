#pragma once

#include <string>
#include <string_view>

namespace tongdai::outbox {

/// What a gateway said, as it may be kept: seven or more digits in a row, signs between them or not, may be
/// the number it was about and become "(...)" (the do-no-harm list, 26).
[[nodiscard]] std::string without_numbers(std::string_view reason);

}  // namespace tongdai::outbox
