#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "campaigns/spec.hpp"

namespace tongdai::campaigns {

/// How a person may refuse, as advertising must say at its end (Decree 91/2020). Constant while running.
struct WayOut {
  std::string line;                ///< "Tu choi: soan TC gui 19001234"; "" if every author writes it
  std::vector<std::string> words;  ///< folded: a text of one of these is a refusal
};

/// Does it name a word of refusal, and behind it the number that takes it? Pure.
[[nodiscard]] bool names_way_out(std::string_view text, const std::vector<std::string>& words);

/// Puts the line at the end of each advertising text that does not name the way out, those of steps as well.
/// A text that cannot be completed (there is no line, or it grows too long) is a fault with its place. What
/// is measured, approved and sent is the text with its line. Pure.
void add_way_out(Spec& spec, const WayOut& way_out, config::Faults& faults);

}  // namespace tongdai::campaigns
