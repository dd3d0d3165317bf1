#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace tongdai::inbox {

/// What a facility's person can tell us by a reply.
enum class Verb : std::uint8_t {
  accept,   ///< "nhan 482913"
  decline,  ///< "tu choi 482913"
  done,     ///< "xong 482913"
};

/// The words that commands and refusals are made of, folded. Data, from the configuration.
struct Words {
  std::vector<std::string> accept;
  std::vector<std::string> decline;
  std::vector<std::string> done;
  std::vector<std::string> opt_out;
  std::vector<std::string> opt_in;
};

struct Command {
  Verb verb = Verb::accept;
  std::string code;  ///< digits; "" if none was written
};

/// What a text could mean. Which of it holds depends on who sent it: to a citizen "tu choi" is a refusal of
/// campaigns, to a facility an answer, and any text may be a report.
struct Recognised {
  std::optional<Command> command;
  bool opt_out = false;  ///< the whole message is an opt-out word
  bool opt_in = false;   ///< likewise
};

/// Case, accents, spaces and punctuation are forgiven. A command is a verb with a code behind or before it,
/// or a verb and nothing else; "stop" inside a report is text. Pure.
[[nodiscard]] Recognised recognise(std::string_view text, const Words& words);

}  // namespace tongdai::inbox

template <>
struct tongdai::EnumNames<tongdai::inbox::Verb> {
  static constexpr std::array<std::string_view, 3> names{"accept", "decline", "done"};
};
